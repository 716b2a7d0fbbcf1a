"""The history of an assessment as pages show it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from decider.assessments.editors import UNKNOWN, names_of
from decider.assessments.forms.answers import choices_of
from decider.assessments.history import Content, content_of
from decider.assessments.models import Assessment, Change, ChangeKind
from decider.assessments.services import answers_of, questionnaire_for, weights_of
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


def _parts(assessment: Assessment, change: Any) -> list[Part]:
    if change.kind == ChangeKind.WEIGHTS:
        sections = questionnaire_for(assessment).sections
        titles = {section.key: section.title for section in sections}
        after = change.following or weights_of(assessment)
    elif change.kind == ChangeKind.DETAILS:
        titles = {"title": "Name", "context": "Context"}
        after = change.following or {name: getattr(assessment, name) for name in titles}
    else:
        return []
    before = change.before
    return [
        Part(title, str(before.get(key, "")), str(after.get(key, "")))
        for key, title in titles.items()
        if before.get(key) != after.get(key)
    ]
