"""The sign-offs of a report, for whoever may comment on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from decider.assessments.editors import name_browser
from decider.presentation.report import present_report
from decider.reports.forms.sign_offs import SignOffForm
from decider.reports.models import Report
from decider.reports.services.chain import RecordFull
from decider.reports.services.notices import notify_of_sign_off
from decider.reports.services.records import StaleRecord
from decider.reports.services.sign_offs import sign_off
from decider.reports.views.context import record_context
from decider.reports.views.pdf import print_ahead
from decider.reports.views.place import Place
from decider.reports.views.writers import account_name, author_of, name_to_ask, too_many
from decider.web.cookies import remember_browser
from decider.web.forms import render_form
from decider.web.limits import TooOften
from decider.web.requests import HtmxRequest, page_with_form

STALE = (
    "The decision was changed in the meantime; its present state is shown above. What you entered"
    " is still here: send it again if you still mean it."
)

FULL = "This record has as many entries as it can hold, so no sign-off can be added."


@never_cache
@page_with_form
def sign(request: HtmxRequest, place: Place) -> HttpResponse:
    """What was signed off so far, and the form for one's own."""
    record = place.report.record
    form = SignOffForm(record, name_to_ask(request), request.POST or None)
    if not form.is_valid():
        return page(request, place, form)
    chosen = form.cleaned_data
    author = author_of(request, place, chosen)
    said = {part: chosen[part] for part in ("position", "reason", "revision")}
    try:
        made = sign_off(record=record, author=author, **said)
    except TooOften as refused:
        form.add_error(None, too_many(refused))
        return page(request, place, form)
    except RecordFull:
        form.add_error(None, FULL)
        return page(request, place, form)
    except StaleRecord:
        newer = Place(Report.objects.get(pk=place.report.pk), place.can, place.link)
        form.ask_again(newer.report.record.state.number)
        form.add_error(None, STALE)
        return page(request, newer, form)
    notify_of_sign_off(made)
    print_ahead(request, Report.objects.get(pk=place.report.pk))
    messages.success(request, f"Your sign-off is part of {record}.")
    response = redirect(place.url("sign_off"))
    if not account_name(request):
        name_browser(browser=author.key, name=author.name)
        remember_browser(request, response, author.key)
    return response


def page(request: HttpRequest, place: Place, form: SignOffForm) -> HttpResponse:
    """The page with this form."""
    view = present_report(place.report.document)
    context = {
        "report": place.report,
        "form": form,
        "view": view,
        "shared": place.link is not None,
        "action": place.url("sign_off"),
        "report_url": place.url("report"),
        **record_context(view, place.report.record),
    }
    return render_form(request, "reports/sign_off.html", context)
