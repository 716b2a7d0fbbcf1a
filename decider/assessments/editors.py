"""Who edits an assessment: their names, whose it is, and the link that they keep."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from decider.assessments.models import Assessment, Browser, Editor, LinkOffer
from decider.assessments.services import edit_token, lock_assessment
from decider.people.identity import names_by_key


def link_to_offer(*, assessment: Assessment, browser: uuid.UUID, occasion: LinkOffer) -> str | None:
    """The token of the edit link where this browser should be offered it on this occasion.

    Only the owner is: others came by the link. Who wanted it later is offered it once a report is
    saved.
    """
    offers = [LinkOffer.ANSWERS]
    if occasion == LinkOffer.SAVING:
        offers.append(LinkOffer.SAVING)
    owners = assessment.editors.filter(browser=browser, is_owner=True, link_offer__in=offers)
    return edit_token(assessment) if owners.exists() else None


@transaction.atomic
def answer_link_offer(*, assessment: Assessment, browser: uuid.UUID, later: bool) -> None:
    """Remember what a browser said to the offer: to offer the link again `later`, or no more."""
    editors = Editor.objects.filter(assessment=lock_assessment(assessment), browser=browser)
    editors.update(link_offer=LinkOffer.SAVING if later else LinkOffer.NEVER)


def name_browser(*, browser: uuid.UUID, name: str) -> None:
    """Let other editors see this name for a browser; an empty one is forgotten."""
    if name:
        Browser.objects.update_or_create(key=browser, defaults={"name": name})
    else:
        Browser.objects.filter(key=browser).delete()


def name_of(browser: uuid.UUID) -> str:
    """The name that a browser goes by, or nothing."""
    found = Browser.objects.filter(key=browser).first()
    return found.name if found else ""


def editors_of(assessment: Assessment) -> QuerySet[Editor]:
    """The editors of an assessment with their names, in the order in which they came."""
    names = names_by_key(OuterRef("browser")) if settings.SIGN_IN else _names_of_browsers()
    return assessment.editors.annotate(name=Subquery(names)).order_by("pk")


def _names_of_browsers() -> QuerySet[Any, Any]:
    return Browser.objects.filter(key=OuterRef("browser")).values("name")


@transaction.atomic
def hand_over(*, assessment: Assessment, owner: uuid.UUID, editor: Editor) -> None:
    """Make an editor the owner; the browser that was goes on editing.

    Raises Editor.DoesNotExist where that browser is no longer the owner, or the editor is gone.
    """
    editors = lock_assessment(assessment).editors
    before, after = editors.get(browser=owner, is_owner=True), editors.get(pk=editor.pk)
    for row, is_owner in ((before, False), (after, True)):
        row.is_owner = is_owner
        row.save(update_fields=["is_owner"])
