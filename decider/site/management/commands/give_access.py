"""Give somebody access to an assessment that they can't open any more."""

from __future__ import annotations

import uuid
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from decider.assessments.editors import hand_over
from decider.assessments.models import Assessment, Editor
from decider.assessments.services import edit_token, open_edit_link, revoke_edit_links
from decider.base.addresses import absolute
from decider.base.command_line import DatabaseCommand, bad_input
from decider.people.models import Person

MOST_LISTED = 20


class Command(DatabaseCommand):
    help = (
        "Give somebody access to an assessment again, for example after they lost their browser:"
        " print its private edit link, or with --person let somebody who signs in edit it. Be sure"
        " that they may: this asks no owner."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("assessment", help="its id, as in its address, or words of its name")
        parser.add_argument("--person", metavar="EMAIL", help="who signs in with this address")
        parser.add_argument(
            "--owner",
            action="store_true",
            help="make that person its owner; without --person, whoever opened the link last",
        )

    def handle(self, *, assessment: str, person: str | None, owner: bool, **_options: Any) -> None:
        if bool(person) != settings.SIGN_IN and not (owner and not settings.SIGN_IN):
            raise bad_input(
                "Say whom, with --person EMAIL: on this server people sign in."
                if settings.SIGN_IN
                else "--person is for servers on which people sign in."
            )
        self._give(_find(assessment), person, owner)

    def _give(self, assessment: Assessment, email: str | None, owner: bool) -> None:
        if not assessment.edit_link_works:
            revoke_edit_links(assessment=assessment)
            assessment.refresh_from_db()
        token = edit_token(assessment)
        if email:
            open_edit_link(token=token, browser=_person(email).pk)
            self.stdout.write(f"{email} edits “{assessment}” now.")
        if owner:
            editor = _editor(assessment, email)
            _make_owner(assessment, editor)
            self.stdout.write(f"Editor since {editor.since:%Y-%m-%d %H:%M} is its owner now.")
        elif not email:
            link = absolute(reverse("open_edit_link", args=[token]))
            self.stdout.write(f"Whoever opens this link edits “{assessment}”:\n{link}")


def _find(text: str) -> Assessment:
    """The one assessment with this id or these words in its name; raises CommandError."""
    found = list(_candidates(text)[: MOST_LISTED + 1])
    if len(found) == 1:
        return found[0]
    if not found:
        raise bad_input(f"There is no assessment “{text}”.")
    lines = [f"  {a.pk}  {a.created_at:%Y-%m-%d}  {a.title}" for a in found[:MOST_LISTED]]
    raise bad_input("\n".join(["Several have this name. Give the id of one:", *lines]))


def _candidates(text: str) -> QuerySet[Assessment]:
    try:
        return Assessment.objects.filter(pk=uuid.UUID(text))
    except ValueError:
        return Assessment.objects.filter(title__icontains=text)


def _person(email: str) -> Person:
    found = Person.objects.filter(email=email.lower(), is_active=True).first()
    if found is None:
        raise bad_input(f"Nobody signs in as {email}.")
    return found


def _editor(assessment: Assessment, email: str | None) -> Editor:
    """The editor with this address, or the one who came last."""
    editors = assessment.editors.order_by("-since", "-pk")
    if email:
        editors = editors.filter(holder=_person(email).pk)
    found = editors.first()
    if found is None:
        raise bad_input("Nobody has opened its edit link yet.")
    return found


def _make_owner(assessment: Assessment, editor: Editor) -> None:
    if owner := assessment.editors.filter(is_owner=True).first():
        hand_over(assessment=assessment, owner=owner.holder, editor=editor)
