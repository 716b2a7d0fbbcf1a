"""Forms of saved reports: share links and comparisons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from decider.reports.models import Report
from decider.reports.models.share import LABEL_LENGTH
from decider.web.fields import LineField


class ShareForm(forms.Form):
    """A new share link: for whom, and for how long."""

    LIFETIMES = {"7": "a week", "30": "a month", "90": "three months", "365": "a year"}

    label = LineField(
        label="Who is it for?",
        help_text="Only those who edit the assessment see this.",
        max_length=LABEL_LENGTH,
        required=False,
    )
    days = forms.ChoiceField(
        label="How long may it be read?",
        choices=list(LIFETIMES.items()),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of these times."),
    )

    @property
    def lifetime(self) -> timedelta:
        """How long the link is open; to be read when the form is valid."""
        return timedelta(days=int(self.cleaned_data["days"]))


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
