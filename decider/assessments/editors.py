"""What the editors of an assessment decide for themselves."""

from __future__ import annotations

import uuid

from django.db import transaction

from decider.assessments.models import Assessment, Editor, LinkOffer
from decider.assessments.services import edit_token, lock_assessment


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
