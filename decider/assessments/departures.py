"""What becomes of the assessments of a team when somebody may edit them no more."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from decider.assessments.models import Assessment, Editor
from decider.people.models import Person, Team


def end_own_editing(team: Team, person: Person, **_more: Any) -> None:
    """Let somebody edit what belongs to a team no longer by private edit links either.

    Receives `editing_ended`; the links of the team's assessments are replaced.
    """
    for manager in (Assessment.objects, Assessment.deleted):
        owned = manager.of_team(team.pk).order_by("pk").select_for_update(of=("self",))
        keys = [assessment.pk for assessment in owned]
        Editor.objects.filter(assessment__in=keys, browser=person.pk).delete()
        manager.filter(pk__in=keys).update(edit_link_serial=F("edit_link_serial") + 1)
