"""What administrators look at; only with sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from decider.people import administration
from decider.site.system_state import system_state


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """The state of the system. Whoever is no administrator is refused by the administration."""
    context = {
        **administration.site.each_context(request),
        "title": "State of the system",
        "parts": system_state(),
    }
    return render(request, "people/administration/state.html", context)
