"""Who edits an assessment: their names, whose it is, and the link that they keep."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from decider.assessments.history import add_change
from decider.assessments.models import Assessment, Browser, ChangeKind, Editor, LinkOffer
from decider.assessments.services import edit_token, lock_assessment
from decider.assessments.signals import names_wanted
from decider.people.identity import names_by_key
from decider.people.models import Person, Team
from decider.people.teams import lock_team


def link_to_offer(*, assessment: Assessment, browser: uuid.UUID, occasion: LinkOffer) -> str | None:
    """The token of the edit link where this browser should be offered it on this occasion.

    Only the owner is: others came by the link. Who wanted it later is offered it once a report is
    saved.
    """
    offers = [LinkOffer.ANSWERS]
    if occasion == LinkOffer.SAVING:
        offers.append(LinkOffer.SAVING)
    owners = assessment.editors.filter(holder=browser, is_owner=True, link_offer__in=offers)
    is_offered = assessment.edit_link_works and owners.exists()
    return edit_token(assessment) if is_offered else None


@transaction.atomic
def answer_link_offer(*, assessment: Assessment, browser: uuid.UUID, later: bool) -> None:
    """Remember what a browser said to the offer: to offer the link again `later`, or no more."""
    editors = Editor.objects.filter(assessment=lock_assessment(assessment), holder=browser)
    editors.update(link_offer=LinkOffer.SAVING if later else LinkOffer.NEVER)


def name_browser(*, browser: uuid.UUID, name: str) -> None:
    """Set the name that other editors see for a browser; an empty one removes it."""
    if name:
        Browser.objects.update_or_create(key=browser, defaults={"name": name})
    else:
        Browser.objects.filter(key=browser).delete()


def name_of(browser: uuid.UUID) -> str:
    """The name that a browser goes by, or nothing."""
    found = Browser.objects.filter(key=browser).first()
    return found.name if found else ""


def editors_of(assessment: Assessment) -> QuerySet[Editor]:
    """The editors of an assessment with their names, in the order in which they came; a team that
    owns it is not among them."""
    editors = assessment.editors.order_by("pk")
    if settings.SIGN_IN:
        teams = Team.objects.values("pk")
        return editors.exclude(holder__in=teams).annotate(name=names_by_key("holder"))
    names = Browser.objects.filter(key=OuterRef("holder")).values("name")
    return editors.annotate(name=Subquery(names))


FORMER = "Somebody who left"
UNKNOWN = "The server’s administrator"


def names_of(assessment: Assessment, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What those with these keys are called where they edited an assessment: by the name that they
    go by now, or as a browser without one that its settings list."""
    editors: Iterable[tuple[int, Any]] = enumerate(editors_of(assessment), 1)
    names = {editor.holder: editor.name or f"Browser {number}" for number, editor in editors}
    if others := set(keys) - names.keys():
        names |= dict.fromkeys(others, FORMER)
        names |= _names_by_receivers(assessment, others) | _names_of_others(others)
    return names


def _names_by_receivers(assessment: Assessment, keys: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names that receivers of `names_wanted` know."""
    answers: list[Any] = names_wanted.send(Assessment, assessment=assessment, keys=keys)
    return {key: name for _, known in answers for key, name in known.items()}


def _names_of_others(keys: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of browsers, people and teams that have one."""
    names = dict(Browser.objects.filter(pk__in=keys).values_list("pk", "name"))
    if settings.SIGN_IN:
        names |= dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
        teams = Team.objects.filter(pk__in=keys).values_list("pk", "name")
        names |= {key: f"the team {name}" for key, name in teams}
    return names


def is_guest(assessment: Assessment, browser: uuid.UUID) -> bool:
    """Whether this browser edits by itself, and neither owns it nor only belongs to its team."""
    return assessment.editors.filter(holder=browser, is_owner=False).exists()


def team_of(assessment: Assessment) -> Team | None:
    """The team that owns it, if one does."""
    if not settings.SIGN_IN:
        return None
    return Team.objects.filter(pk__in=assessment.editors.values("holder")).first()


def owner_of(assessment: Assessment) -> uuid.UUID:
    """The key of the browser, person or team that owns it."""
    return assessment.editors.get(is_owner=True).holder


@transaction.atomic
def hand_over(
    *,
    assessment: Assessment,
    owner: uuid.UUID,
    editor: Editor,
    actor: uuid.UUID | None = None,
) -> None:
    """Make an editor the owner; the browser that was goes on editing, a team does not.

    Raises Editor.DoesNotExist where that browser is no longer the owner, or the editor is gone.
    """
    locked = lock_assessment(assessment)
    after = locked.editors.get(pk=editor.pk)
    before = locked.editors.get(holder=owner, is_owner=True)
    if Team.objects.filter(pk=owner).exists():
        before.delete()
    else:
        _set_owner(before, is_owner=False)
    _set_owner(after, is_owner=True)
    add_change(assessment=locked, actor=actor, kind=ChangeKind.OWNER, whom=str(after.holder))


@transaction.atomic
def hand_over_to_team(
    *, assessment: Assessment, owner: uuid.UUID, team: Team, actor: uuid.UUID | None = None
) -> None:
    """Hand it over to a team; its members may then do what their role in it allows.

    Raises Editor.DoesNotExist where that browser, person or team is no longer the owner, and
    Team.DoesNotExist where the team was deleted.
    """
    lock_team(team)
    locked = lock_assessment(assessment)
    locked.editors.get(holder=owner, is_owner=True).delete()
    locked.editors.filter(holder__in=team.memberships.values("person")).delete()
    locked.editors.create(holder=team.pk, is_owner=True)
    add_change(assessment=locked, actor=actor, kind=ChangeKind.OWNER, whom=str(team.pk))


@transaction.atomic
def take_from_team(*, assessment: Assessment, owner: uuid.UUID, person: uuid.UUID) -> None:
    """Hand the assessment of a team over to a person; the team can no longer open it.

    Raises Editor.DoesNotExist where the team is no longer the owner.
    """
    locked = lock_assessment(assessment)
    locked.editors.get(holder=owner, is_owner=True).delete()
    _set_owner(locked.editors.get_or_create(holder=person)[0], is_owner=True)
    add_change(assessment=locked, actor=person, kind=ChangeKind.OWNER, whom=str(person))


def _set_owner(editor: Editor, *, is_owner: bool) -> None:
    editor.is_owner = is_owner
    editor.save(update_fields=["is_owner"])
