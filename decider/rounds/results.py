"""What came out of closed rounds: what was said, what a report keeps, and settling questions."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from decider.assessments.models import Assessment
from decider.assessments.services import (
    answer_question,
    apply_tried,
    lock_assessment,
    questionnaire_for,
)
from decider.engine.report.round import Round as RoundPart
from decider.engine.report.round import RoundInputs, Sheet, build_round
from decider.presentation.round import agreed_answers
from decider.rounds.models import Round


class NothingAgreed(Exception):
    """There is no question to which all gave the same answer."""


def rounds_of(assessment: Assessment) -> QuerySet[Any]:
    """The rounds of an assessment, the newest first, each with how many take part (`joined`) and
    how many of these have `finished`."""
    taking_part = Q(participants__removed_at=None)
    has_finished = Q(participants__finished_at__isnull=False)
    rounds = Round.objects.filter(assessment=assessment).select_related("assessment")
    counts = {
        "joined": Count("participants", filter=taking_part),
        "finished": Count("participants", filter=taking_part & has_finished),
    }
    return rounds.annotate(**counts).order_by("-pk")


def kept_round(rounds: Iterable[Any]) -> Any:
    """Which of these, from `rounds_of`, reports keep that are saved now: that closed last of those
    that somebody finished; None where there is none."""
    return next((each for each in rounds if not each.is_open and each.finished), None)


def finished_part(asked: Round) -> RoundPart | None:
    """What those who have finished said, as a report keeps it; None where nobody has.

    Who may see it is for the caller to say.
    """
    prefetch_related_objects([asked], "participants", "settlements")
    sheets = [Sheet(name=p.name, **p.sheet) for p in asked.taking_part if p.finished_at]
    if not sheets:
        return None
    settled = {row.question_key: (row.value, row.note) for row in asked.settlements.all()}
    questionnaire = questionnaire_for(asked.assessment)
    return build_round(questionnaire, RoundInputs(sheets, asked.unfinished, settled))


def kept_part(assessment: Assessment) -> RoundPart | None:
    """What a report saved now keeps of its rounds; None where that is nothing."""
    asked = kept_round(rounds_of(assessment))
    return finished_part(asked) if asked else None


@transaction.atomic
def settle(
    *,
    asked: Round,
    question_key: str,
    value: str,
    note: str,
    revision: int,
    actor: uuid.UUID | None = None,
) -> None:
    """Make an answer that of the round's assessment; `revision` is that of the answer shown.

    Raises StaleAnswer and Assessment.DoesNotExist as `answer_question` does.
    """
    answer_question(
        assessment=asked.assessment,
        question_key=question_key,
        value=value,
        note=note,
        revision=revision,
        actor=actor,
    )
    _remember(asked, {question_key: value}, note)


@transaction.atomic
def take_over(*, asked: Round, token: str, actor: uuid.UUID | None = None) -> int:
    """Take over what all agree on, keeping notes; how many answers that were.

    `token` is the `state_token` of the page. Raises NothingAgreed, and StaleAssessment and
    Assessment.DoesNotExist as `apply_tried` does.
    """
    current = lock_assessment(asked.assessment)
    part = finished_part(asked)
    agreed = agreed_answers(part) if part else {}
    if not agreed:
        raise NothingAgreed
    apply_tried(
        assessment=current, answers=agreed, weights=current.weights, token=token, actor=actor
    )
    _remember(asked, agreed, "")
    return len(agreed)


def _remember(asked: Round, answers: Mapping[str, str], note: str) -> None:
    """Keep that these answers, by question, were settled."""
    for key, value in answers.items():
        saved = {"value": value, "note": note, "settled_at": timezone.now()}
        asked.settlements.update_or_create(question_key=key, defaults=saved)
