"""The page "Your assessments"."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.assessments.lifecycle import KEPT_AFTER_DELETION
from decider.base.access import Role
from decider.people.identity import key_of, person_of, teams_of
from decider.site.forms import SHOWN, ListForm
from decider.site.workspace import (
    PAGE_SIZE,
    assessments_of,
    counts_of,
    other_reports,
    rows_of,
)
from decider.web.paging import addresses_beside

MOST_REPORTS = 50
"""How many reports of others or of deleted assessments are listed."""


@never_cache
@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    """The assessments of this browser."""
    form = ListForm(request.GET, team_names(request))
    status = 200 if form.is_valid() else 422
    chosen = form.chosen
    context = {"form": form, **chosen, "days": KEPT_AFTER_DELETION.days}
    browser = key_of(request)
    if browser:
        counts = counts_of(browser)
        found = assessments_of(browser, **chosen)
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {
            "tabs": [(key, label, counts[key]) for key, label in SHOWN.items()],
            "counts": counts,
            "page": page,
            "rows": rows_of(page.object_list),  # type: ignore[arg-type]
            "addresses": addresses_beside(request, page),
            "reports": other_reports(browser)[:MOST_REPORTS] if chosen["show"] == "active" else [],
        }
    return render(request, "site/workspace.html", context, status=status)


def team_names(request: HttpRequest) -> dict[str, str]:
    """The names of the teams of whoever asks, by key."""
    if not settings.SIGN_IN:
        return {}
    return {str(team.pk): team.name for team in teams_of(person_of(request), *Role)}
