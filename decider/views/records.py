"""The decision record of a report: its state, its history, and the next entry."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from decider.forms.reports import RecordForm
from decider.models import DecisionRecord, RecordEntry
from decider.rendering.report_view import view_report
from decider.services.records import StaleRecord, add_entry, supersedable
from decider.views.access import report_or_404

CARRIED = (
    *("status", "alternative", "reason", "deciders", "consulted", "informed"),
    *("consequences", "confirmation", "review_on", "supersedes"),
)
STALE = (
    "Somebody added to this record in the meantime; their entry is in the history."
    " What you entered is still here: look at both, then save again to add yours."
)


@never_cache
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the record, or add an entry to it."""
    report = report_or_404(request, pk)
    form = record_form(report.record, request.POST or None)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            add_entry(record=report.record, revision=fields.pop("revision"), **fields)
        except StaleRecord:
            data = request.POST.copy()
            data["revision"] = str(report.record.state.number)
            form = record_form(report.record, data)
            form.add_error(None, STALE)
        else:
            messages.success(request, f"Added to {report.record}.")
            return redirect("record", pk=report.pk)
    context = {
        "report": report,
        "record": report.record,
        "form": form,
        "view": view_report(report.document),
    }
    status = 422 if form.is_bound else 200
    return render(request, "report/record.html", context, status=status)


def record_form(record: DecisionRecord, data: dict[str, str] | None) -> RecordForm:
    """The form of the next entry, filled with the state of the newest."""
    return RecordForm(record, supersedable(record), data, initial=state_of(record.state))


def state_of(entry: RecordEntry) -> dict[str, object]:
    """What an entry says, as the start of the next one."""
    return {"revision": entry.number, **{name: getattr(entry, name) for name in CARRIED}}
