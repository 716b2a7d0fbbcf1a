"""Which e-mails somebody gets, and the link in each e-mail that ends them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from decider.people import notices
from decider.people.forms import NoticesForm
from decider.people.identity import person_of
from decider.web.requests import page_with_form


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember which e-mails somebody wants."""
    form = NoticesForm(person_of(request), request.POST)
    if form.is_valid():
        notices.choose(person=person_of(request), kinds=form.cleaned_data["kinds"])
        messages.success(request, "Saved.")
    else:
        messages.error(request, "Choose from the e-mails listed.")
    return redirect("account")


@csrf_exempt  # Mail programs send it themselves; all that the link can do is end these e-mails.
@login_not_required
@never_cache
@page_with_form
def off(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to end the e-mails of one kind, then end them, without signing in."""
    found = notices.read_off_token(token)
    if found is None:
        raise Http404
    person, kind = found
    if request.method == "POST":
        notices.switch_off(person=person, kind=kind)
    context = {"kind": kind, "done": not notices.wants(person, kind)}
    return render(request, "people/notices_off.html", context)
