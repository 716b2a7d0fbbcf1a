"""What becomes of the assessments of a team when somebody leaves it, and when it ends."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import F

from decider.assessments.history import add_change
from decider.assessments.models import Assessment, ChangeKind, Editor
from decider.people.models import Membership, Person, Team


def end_own_editing(team: Team, person: Person, **_more: Any) -> None:
    """Stop somebody from editing what belongs to a team by private edit links, too.

    Receives `editing_ended`; the links of the team's assessments are replaced.
    """
    for assessment in _locked(team):
        Editor.objects.filter(assessment=assessment, holder=person.pk).delete()
    _replace_links(team)


def keep_role(team: Team, person: Person, role: str, actor: uuid.UUID | None, **_more: Any) -> None:
    """Add to the histories of a team's assessments that somebody has another role in it.

    Receives `role_changed`.
    """
    for assessment in _locked(team):
        whom = str(person.pk)
        add_change(
            assessment=assessment, actor=actor, kind=ChangeKind.ROLE, whom=whom, role=str(role)
        )


def pass_on(team: Team, heir: uuid.UUID, actor: uuid.UUID, **_more: Any) -> None:
    """Pass the assessments of a team that ends on to a person or another team.

    Receives `team_ending`. Those who edit by a private link go on; the links are replaced.
    """
    # A person or member who edits by a link, too, needs that no more.
    heirs = [heir, *Membership.objects.filter(team=heir).values_list("person", flat=True)]
    owned = _locked(team)
    _replace_links(team)
    for assessment in owned:
        assessment.editors.filter(holder__in=heirs).delete()
        assessment.editors.filter(holder=team.pk).update(holder=heir)
        add_change(assessment=assessment, actor=actor, kind=ChangeKind.OWNER, whom=str(heir))


def _locked(team: Team) -> list[Assessment]:
    """All assessments of a team, also deleted ones, kept from other writers."""
    return [
        assessment
        for manager in (Assessment.objects, Assessment.deleted)
        for assessment in manager.of_team(team.pk).order_by("pk").select_for_update(of=("self",))
    ]


def _replace_links(team: Team) -> None:
    """Invalidate the private edit links that were given out."""
    for manager in (Assessment.objects, Assessment.deleted):
        owned = manager.of_team(team.pk).values("pk")
        manager.filter(pk__in=owned).update(edit_link_serial=F("edit_link_serial") + 1)
