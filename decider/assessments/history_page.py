"""The history of an assessment as pages show it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from decider.assessments.editors import UNKNOWN, names_of
from decider.assessments.forms.answers import choices_of
from decider.assessments.history import Content, content_of
from decider.assessments.models import Answer, Assessment, Change, ChangeKind
from decider.assessments.restoring import to_restore
from decider.assessments.services import answers_of, parts_of, questionnaire_for
from decider.engine.questionnaire.schema import Question


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer in words."""

    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """A weight, the name or the context of an assessment, before and after a change."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in words. `before` and `after` are answers, None where there was none; `parts` are
    what else it changed; `whom` names whom it was done to, and `on_self` says that these are the
    same person."""

    change: Change
    actor: str
    whom: str
    on_self: bool
    question: Question | None
    before: ShownAnswer | None
    after: ShownAnswer | None
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class EarlierState:
    """What a change replaced, beside what is there now, which has this `revision`.

    Of an answer, `present` is the one of now. Of weights, name or context, `parts` are those that
    restoring changes, each with what is there now as `after`; all, where restoring changes nothing.
    """

    entry: Entry
    revision: int
    is_present: bool
    present: ShownAnswer | None = None
    parts: list[Part] = field(default_factory=list)


def actors_of(assessment: Assessment) -> list[uuid.UUID]:
    """Those who changed an assessment, in the order of their first change."""
    changes = assessment.changes.exclude(actor=None).values("actor")
    found = changes.annotate(first=Min("pk")).order_by("first")
    return [actor for actor in found.values_list("actor", flat=True) if actor]


def changed_questions(assessment: Assessment) -> list[Question]:
    """The questions whose answers have a history, in the order in which they are asked."""
    changes = assessment.changes.filter(kind=ChangeKind.ANSWER).order_by()
    keys = set(changes.values_list("question_key", flat=True).distinct())
    return [q for key, q in questionnaire_for(assessment).questions.items() if key in keys]


def changes_of(
    assessment: Assessment, *, question_key: str = "", actor: uuid.UUID | None = None
) -> QuerySet[Change]:
    """The changes of one question, or of all, by one person, or by all, the newest first; each with
    `following`, what the next change of the same thing replaced, if there is one."""
    next_ones = Change.objects.filter(
        assessment=OuterRef("assessment"),
        kind=OuterRef("kind"),
        question_key=OuterRef("question_key"),
        pk__gt=OuterRef("pk"),
    )
    found = assessment.changes.annotate(
        following=Subquery(next_ones.order_by("pk").values("before")[:1])
    )
    if question_key:
        found = found.filter(question_key=question_key)
    return found.filter(actor=actor) if actor else found


def entries_of(
    assessment: Assessment, changes: Iterable[Any], names: Mapping[uuid.UUID, str]
) -> list[Entry]:
    """These changes, from `changes_of`, in words. `names` are those of all who made changes."""
    found = list(changes)
    whom = {uuid.UUID(c.details["whom"]) for c in found if "whom" in c.details}
    if whom - names.keys():
        names = {**names, **names_of(assessment, whom)}
    present = {key: content_of(answer) for key, answer in answers_of(assessment).items()}
    return [_entry(assessment, change, names, present) for change in found]


def _entry(
    assessment: Assessment,
    change: Any,
    names: Mapping[uuid.UUID, str],
    present: Mapping[str, Content | None],
) -> Entry:
    question = questionnaire_for(assessment).questions.get(change.question_key)
    after = change.following or present.get(change.question_key)
    whom = change.details.get("whom")
    return Entry(
        change=change,
        actor=names[change.actor] if change.actor else UNKNOWN,
        whom=names[uuid.UUID(whom)] if whom else "",
        on_self=whom == str(change.actor),
        question=question,
        before=in_words(question, change.before) if question else None,
        after=in_words(question, after) if question else None,
        parts=_parts(assessment, change),
    )


def in_words(question: Question, content: Content | None) -> ShownAnswer | None:
    """What the history kept of an answer, as people read it."""
    if content is None:
        return None
    value: str = content["value"]
    return ShownAnswer(dict(choices_of(question)).get(value, value), content["note"])


def _titles(assessment: Assessment, kind: str) -> dict[str, str]:
    """What pages call the parts of such a change."""
    if kind == ChangeKind.WEIGHTS:
        return {section.key: section.title for section in questionnaire_for(assessment).sections}
    return {"title": "Name", "context": "Context"} if kind == ChangeKind.DETAILS else {}


def _parts(assessment: Assessment, change: Any) -> list[Part]:
    titles = _titles(assessment, change.kind)
    if not titles:
        return []
    after = change.following or parts_of(assessment)[change.kind]
    return [part for part in _compared(titles, change.before, after) if part.before != part.after]


def _compared(
    titles: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Part]:
    return [Part(titles[key], str(before[key]), str(after[key])) for key in titles if key in before]


def earlier_state_of(assessment: Assessment, change: Any, entry: Entry) -> EarlierState:
    """What a change, from `changes_of` and as an entry, replaced, beside what is there now."""
    if entry.question:
        answer = Answer.objects.get(assessment=assessment, question_key=change.question_key)
        content = content_of(answer)
        shown = in_words(entry.question, content)
        return EarlierState(entry, answer.revision, content == change.before, present=shown)
    titles, present = _titles(assessment, change.kind), parts_of(assessment)[change.kind]
    parts = _compared(titles, to_restore(change), present)
    others = [part for part in parts if part.before != part.after]
    return EarlierState(entry, assessment.revision, not others, parts=others or parts)
