"""Forms of saved reports: comparisons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from decider.reports.models import Report


class ReportChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the reports that this browser may read."""

    def to_python(self, value: Any) -> Report | None:
        """The report; what is no id at all gets the same message as somebody else's report."""
        try:
            report: Report | None = super().to_python(value)
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["invalid_choice"]) from None
        return report

    def label_from_instance(self, obj: Report) -> str:
        """Number, title and day."""
        return f"{obj.record} · {obj.title} · {obj.saved_at:%Y-%m-%d}"


class CompareForm(forms.Form):
    """Two reports."""

    before = ReportChoiceField(
        label="First report", queryset=Report.objects.none(), empty_label="Choose a report"
    )
    after = ReportChoiceField(
        label="Second report", queryset=Report.objects.none(), empty_label="Choose a report"
    )

    def __init__(self, reports: QuerySet[Report], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            field = self.fields[name]
            field.queryset = reports.select_related("record").defer("content")  # type: ignore[attr-defined]
            field.error_messages = {
                "required": "Choose a report.",
                "invalid_choice": "That is not a report that you can read here.",
            }

    def clean_after(self) -> Report:
        """Another one than the first."""
        report: Report = self.cleaned_data["after"]
        if report == self.cleaned_data.get("before"):
            raise forms.ValidationError("That is the first report. Choose another one.")
        return report
