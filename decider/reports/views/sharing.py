"""The share links of a report, for those who edit its assessment."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from decider.base.access import Can
from decider.base.addresses import absolute
from decider.people.identity import key_of
from decider.people.limits import SHARING, limited
from decider.reports.access import report_or_404, share_link_or_404
from decider.reports.forms.sharing import ShareForm
from decider.reports.models import ShareLink
from decider.reports.services.sharing import (
    TooLate,
    restore_share_link,
    revoke_share_link,
    share_report,
)
from decider.web.forms import render_form
from decider.web.requests import page_with_form
from decider.web.undo import done


@never_cache
@page_with_form
@limited(SHARING)
def share(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The share links of a report; a new one's address is shown this once."""
    saved = report_or_404(request, pk, needs=Can.SHARE)
    form = ShareForm(request.POST or None)
    address = None
    if form.is_valid():
        _, token = share_report(
            report=saved,
            label=form.cleaned_data["label"],
            lifetime=form.lifetime,
            follows_newest=form.follows_newest,
            may_comment=form.may_comment,
            passphrase=form.cleaned_data["passphrase"],
            actor=key_of(request),
        )
        address = absolute(reverse("open_share_link", args=[token]))
        form = ShareForm()
    context = {
        "report": saved,
        "form": form,
        "links": ShareLink.objects.leading_to(saved),
        "new_address": address,
    }
    return render_form(request, "reports/share.html", context)


@require_POST
def revoke(request: HttpRequest, pk: uuid.UUID, link_pk: int) -> HttpResponse:
    """End a share link."""
    saved = report_or_404(request, pk, needs=Can.SHARE)
    revoke_share_link(link=share_link_or_404(saved, link_pk), actor=key_of(request))
    undo = reverse("restore_share", args=[pk, link_pk])
    done(request, "That link no longer works.", undo=undo)
    return redirect("share", pk=saved.pk)


@require_POST
def restore(request: HttpRequest, pk: uuid.UUID, link_pk: int) -> HttpResponse:
    """Undo the revocation of a share link, for some minutes."""
    saved = report_or_404(request, pk, needs=Can.SHARE)
    try:
        restore_share_link(link=share_link_or_404(saved, link_pk), actor=key_of(request))
    except TooLate:
        messages.error(request, "It is too late to undo that. Make a new link instead.")
    else:
        messages.success(request, "That link works again.")
    return redirect("share", pk=saved.pk)
