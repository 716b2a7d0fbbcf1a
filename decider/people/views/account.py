"""The page of one's own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.people.forms import NameForm, NoticesForm
from decider.people.identity import person_of
from decider.people.notices import are_sent
from decider.web.forms import render_form
from decider.web.requests import page_with_form


@never_cache
@page_with_form
def account(request: HttpRequest) -> HttpResponse:
    """The name that others see, and the ways to everything else of the account."""
    person = person_of(request)
    form = NameForm(request.POST or None, initial={"name": person.name})
    if form.is_valid():
        person.name = form.cleaned_data["name"]
        person.save(update_fields=["name"])
        messages.success(request, "Saved.")
        return redirect("account")
    context = {"form": form, "notices": NoticesForm(person) if are_sent() else None}
    return render_form(request, "people/account.html", context)


@login_not_required
@require_safe
def no_mail(request: HttpRequest, what: str) -> HttpResponse:
    """What this server can't do, since it sends no e-mails, and who can."""
    return render(request, "people/no_mail.html", {"what": what})
