"""Taking work along that was begun in this browser before signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from decider.people.identity import person_of
from decider.site import taking_along
from decider.web.cookies import browser_of, forget_browser
from decider.web.requests import page_with_form


@never_cache
@page_with_form
def take_along(request: HttpRequest) -> HttpResponse:
    """Say what this browser holds; on a button, give it to whoever is signed in."""
    person, browser = person_of(request), browser_of(request)
    if request.method != "POST" or browser is None:
        assessments, reports = taking_along.work_of(browser) if browser else (0, 0)
        context = {"assessments": assessments, "reports": reports}
        return render(request, "people/take_along.html", context)
    taking_along.take_along(browser=browser, person=person.pk)
    messages.success(request, "What was begun in this browser is now yours.")
    response = redirect("workspace")
    forget_browser(response)
    return response
