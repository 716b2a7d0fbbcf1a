"""What the pages of the wizard show beside the form itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from decider.engine.questionnaire import schema
from decider.engine.questionnaire.schema import Question, Questionnaire, Section
from decider.engine.report.contradictions import contradicting
from decider.engine.scoring.flow import Walk
from decider.presentation.answers import Quotation
from decider.presentation.contradictions import Side


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement of the sources that a question touches."""

    topic: str
    a: Side
    b: Side
    resolution: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers of one person that can hardly be true together."""

    message: str
    questions: list[Question]


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """What the sources say on one choice of a question, or on the whole question: no `choice`."""

    choice: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section in the list beside the question. `state` is "done", "current" or "todo"."""

    title: str
    state: str
    answered: int
    visible: int
    url: str


def quoted(questionnaire: Questionnaire, keys: Iterable[str]) -> tuple[Quotation, ...]:
    """The quotations with these keys, each once, attributed."""
    rows = [questionnaire.quotation_by_key[key] for key in dict.fromkeys(keys)]
    sources = questionnaire.source_by_key
    return tuple(Quotation(row.key, row.text, sources[row.source], row.speaker) for row in rows)


def disputes_of(questionnaire: Questionnaire, question: Question) -> list[Dispute]:
    """Where the sources disagree on what this question asks."""

    def side(side: schema.Side) -> Side:
        return Side(side.claim, quoted(questionnaire, side.quotations), taken=False)

    return [
        Dispute(d.topic, side(d.a), side(d.b), d.resolution)
        for d in questionnaire.disagreements_of[question.key]
    ]


def sources_of(questionnaire: Questionnaire, question: Question) -> list[SourceGroup]:
    """What the sources say on this question, beyond what its disputes quote, by choice.

    A quotation that the judgement of several choices rests on is in the group of each.
    """
    disputes = questionnaire.disagreements_of[question.key]
    said = {key for d in disputes for side in (d.a, d.b) for key in side.quotations}
    groups = []
    for choice in question.choices:
        keys = [key for e in choice.evidence.values() for key in e.quotations if key not in said]
        groups.append(SourceGroup(choice.label, quoted(questionnaire, keys)))
    said |= {quotation.key for group in groups for quotation in group.quotations}
    rest = quoted(questionnaire, (key for key in question.quotations if key not in said))
    return [group for group in (SourceGroup("", rest), *groups) if group.quotations]


def contradictions(walk: Walk, keys: set[str]) -> list[Contradiction]:
    """The answers that can hardly be true together and that one of these questions is part of."""
    questions = walk.questionnaire.questions
    return [
        Contradiction(conflict.message, [questions[key] for key in conflict.when])
        for conflict in contradicting(walk.questionnaire, walk.counted)
        if keys & set(conflict.when)
    ]


def section_links(
    walk: Walk, current: Section | None, url_of: Callable[[Question], str]
) -> list[SectionLink]:
    """The list of sections; each leads to its first open question, or else to its first."""
    first: dict[str, Question] = {}
    for section_progress in walk.sections:
        asked = [q for q in section_progress.section.questions if walk.is_visible(q.key)]
        still_open = [q for q in asked if q.key not in walk.counted]
        if asked:
            first[section_progress.section.key] = (still_open or asked)[0]
    return [
        SectionLink(
            title=progress.section.title,
            state=_state(progress.section is current, progress.answered == progress.visible),
            answered=progress.answered,
            visible=progress.visible,
            url=url_of(first[progress.section.key]),
        )
        for progress in walk.sections
        if progress.section.key in first
    ]


def _state(current: bool, done: bool) -> str:
    if current:
        return "current"
    return "done" if done else "todo"
