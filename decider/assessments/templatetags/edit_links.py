"""The offer of the private edit link, on the pages where it is made."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from decider.assessments.editors import link_to_offer
from decider.assessments.models import Assessment, LinkOffer
from decider.base.addresses import absolute
from decider.web.cookies import browser_of

register = template.Library()


@register.inclusion_tag("assessments/_keep_link.html", takes_context=True)
def keep_link(context: dict[str, Any], assessment: Assessment, occasion: str) -> dict[str, Any]:
    """Offer the link to keep, unless the asking browser said that it has it.

    With sign-in nobody needs it to come back.
    `occasion` is a value of LinkOffer.
    """
    request: HttpRequest = context["request"]
    browser = None if settings.SIGN_IN else browser_of(request)
    if browser is None:
        return {}
    token = link_to_offer(assessment=assessment, browser=browser, occasion=LinkOffer(occasion))
    return {
        "assessment": assessment,
        "csrf_token": context.get("csrf_token"),
        "edit_link": absolute(reverse("open_edit_link", args=[token])) if token else "",
        "back": request.get_full_path(),
        "can_wait": occasion == LinkOffer.ANSWERS,
    }
