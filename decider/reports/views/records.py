"""The decision record of a report: its state, its history, and the next entry."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from decider.base.access import Can
from decider.people.identity import key_of
from decider.people.limits import RECORDING, limited
from decider.presentation.report import present_report
from decider.presentation.requirements import present_requirements
from decider.reports.access import report_or_404
from decider.reports.forms.records import RecordForm
from decider.reports.models import DecisionRecord, Report
from decider.reports.options import Option, options_of
from decider.reports.services.records import RecordRefused, StaleRecord, add_entry, supersedable
from decider.reports.views.context import record_context
from decider.reports.views.pdf import print_ahead
from decider.reports.views.writers import account_name, given_name
from decider.web.forms import render_form
from decider.web.requests import page_with_form


@never_cache
@page_with_form
@limited(RECORDING)
def record(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the record, or add an entry to it."""
    report = report_or_404(request, pk, needs=Can.RECORD)
    view = present_report(report.document)
    options = options_of(view, present_requirements(report.document, view))
    form = record_form(request, report.record, options)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            add_entry(record=report.record, revision=revision, actor=key_of(request), **form.entry)
        except RecordRefused as refused:
            form.add_error(refused.field, str(refused))
        except StaleRecord:
            report = report_or_404(request, pk, needs=Can.RECORD)
            form = record_form(request, report.record, options)
        else:
            print_ahead(request, Report.objects.get(pk=report.pk))
            messages.success(request, f"Added to {report.record}.")
            return redirect("record", pk=report.pk)
    context = {"report": report, "form": form, "view": view}
    context |= record_context(view, report.record)
    return render_form(request, "reports/record.html", context)


def record_form(
    request: HttpRequest, record: DecisionRecord, options: Sequence[Option]
) -> RecordForm:
    """The form of the next entry, filled with the state of the newest and the name of whoever asks,
    where they have given one."""
    name = account_name(request) or given_name(request)
    return RecordForm(record, options, supersedable(record), request.POST or None, name)
