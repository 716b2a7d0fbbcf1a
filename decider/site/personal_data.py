"""What is kept of one person: put together, and erased."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from decider.assessments.models import Answer, Assessment, Browser, Change, Editor
from decider.people.erasure import ERASED_NAME, erase_account
from decider.people.models import Person
from decider.reports.models import Report
from decider.reports.services.comments import comments_by, forget_author
from decider.reports.services.erasure import erase_name, named_in
from decider.rounds.services import forget_participants, parts_of


@dataclass(frozen=True)
class Subject:
    """A person by name; with sign-in by their account, else by the browsers that have the name."""

    name: str
    account: Person | None
    keys: tuple[uuid.UUID, ...]


def find_subject(who: str) -> Subject:
    """Who is meant by the e-mail address of an account, or else by a name."""
    if account := Person.objects.filter(email=who.strip().lower()).first():
        return Subject(account.name, account, (account.pk,))
    browsers = Browser.objects.filter(name__iexact=who.strip()).values_list("key", flat=True)
    return Subject(who.strip(), None, tuple(browsers))


def personal_data(subject: Subject) -> dict[str, Any]:
    """All that is kept of somebody, as plain data: values are text, numbers, dates and lists."""
    return {
        "name": subject.name,
        "account": _account(subject.account) if subject.account else None,
        "assessments": [_assessment(e) for e in _editors(subject)],
        "changes": list(
            Change.objects.filter(actor__in=subject.keys)
            .order_by("pk")
            .values("assessment", "at", "kind", "question_key", "details")
        ),
        "reports_saved": list(
            Report.objects.filter(saved_by__in=subject.keys)
            .order_by("saved_at")
            .values("id", "title", "number", "saved_at")
        ),
        "comments": list(
            comments_by(subject.keys).values("report", "question_key", "at", "author_name", "text")
        ),
        "rounds": list(
            parts_of(keys=subject.keys, name=subject.name)
            .order_by("joined_at")
            .values("name", "joined_at", "finished_at", "sheet")
        ),
        "named_in": [asdict(field) for field in named_in(subject.name)],
    }


def _account(person: Person) -> dict[str, Any]:
    return {
        "id": person.pk,
        "email": person.email,
        "joined_at": person.joined_at,
        "last_login": person.last_login,
        "may_sign_in": person.is_active,
        "teams": [{"team": m.team.name, "role": m.role} for m in person.memberships.all()],
    }


def _editors(subject: Subject) -> Any:
    editors = Editor.objects.filter(holder__in=subject.keys).order_by("since")
    return editors.select_related("assessment")


def _assessment(editor: Editor) -> dict[str, Any]:
    """An assessment that somebody edits; what is in it only where they own it."""
    found: Assessment = editor.assessment
    shown = {"id": found.pk, "title": found.title, "since": editor.since, "owner": editor.is_owner}
    if not editor.is_owner:
        return shown
    answers = Answer.objects.filter(assessment=found).order_by("pk")
    fields = ("question_key", "value", "note", "updated_at")
    return {**shown, "context": found.context, "answers": list(answers.values(*fields))}


@transaction.atomic
def erase_personal_data(subject: Subject) -> int:
    """Forget who somebody is; in how many fields of records their name was.

    Histories hold keys, not names: what somebody changed stays there, under no name.

    Raises people.teams.LastOwner where a team would have no owner any more.
    """
    erased = erase_name(subject.name)
    forget_author(keys=subject.keys, name=subject.name, instead=ERASED_NAME)
    forget_participants(keys=subject.keys, name=subject.name)
    Browser.objects.filter(key__in=subject.keys).delete()
    if subject.account:
        erase_account(subject.account)
    return erased
