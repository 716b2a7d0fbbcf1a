"""Where the sources disagree and where answers contradict each other, joined up for templates."""

from __future__ import annotations

from dataclasses import dataclass

from decider.engine.questionnaire import schema
from decider.presentation.answers import Answer, JoinedAnswers, Quotation


@dataclass(frozen=True, slots=True)
class Side:
    """A claim of a disagreement; `taken` where this case falls on it."""

    claim: str
    quotations: tuple[Quotation, ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the sources contradict each other; `side` is "a", "b", "both" or "neither"."""

    key: str
    topic: str
    a: Side
    b: Side
    side: str
    resolution: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that can hardly be true together."""

    message: str
    answers: tuple[Answer, ...]


def disagreements(answers: JoinedAnswers) -> tuple[Disagreement, ...]:
    """Those that choices given touch."""
    rows = {row.key: row for row in answers.questionnaire.disagreements}
    return tuple(
        Disagreement(
            key=found.key,
            topic=row.topic,
            a=_side(answers, row.a, taken=found.side in ("a", "both")),
            b=_side(answers, row.b, taken=found.side in ("b", "both")),
            side=found.side,
            resolution=row.resolution,
            answers=answers.asked(found.questions),
        )
        for found in answers.result.disagreements
        if (row := rows[found.key])
    )


def _side(answers: JoinedAnswers, row: schema.Side, *, taken: bool) -> Side:
    return Side(row.claim, answers.quoted(row.quotations), taken)


def conflicts(answers: JoinedAnswers) -> tuple[Conflict, ...]:
    """Choices that can hardly be true together."""
    messages = {row.key: row.message for row in answers.questionnaire.conflicts}
    return tuple(
        Conflict(messages[row.key], answers.asked(row.questions))
        for row in answers.result.conflicts
    )
