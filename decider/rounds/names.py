"""What those who take part in rounds are called."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from decider.assessments.models import Assessment
from decider.rounds.models import Participant


def names_in_rounds(
    assessment: Assessment, keys: Collection[uuid.UUID], **_more: Any
) -> dict[uuid.UUID, str]:
    """The names of those who joined a round of an assessment, by their keys.

    Receives `names_wanted`.
    """
    people = Participant.objects.filter(round__assessment=assessment, joined_by__in=keys)
    return {person.joined_by: person.name for person in people.order_by("pk") if person.joined_by}
