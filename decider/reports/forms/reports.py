"""Forms of saved reports: share links, decision records, comparisons."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from decider.reports.models import DecisionRecord, Report, Status
from decider.reports.models.record import NAME_LENGTH, TEXT_LENGTH
from decider.reports.models.share import LABEL_LENGTH
from decider.web.fields import LineField, RevisionField, TextField

NO_ADVICE = "Nothing was recommended"


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


class RecordForm(forms.Form):
    """The next entry of a decision record."""

    status = forms.ChoiceField(label="Status", error_messages={"required": "Choose a status."})
    alternative = forms.ChoiceField(
        label="Chosen alternative",
        required=False,
        error_messages={"invalid_choice": "Choose one of the alternatives of the report."},
    )
    reason = TextField(
        label="Reason for this choice",
        help_text="Needed where the choice is not the recommendation, or there is none.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=TEXT_LENGTH,
        required=False,
    )
    by = LineField(
        label="Your name",
        max_length=NAME_LENGTH,
        error_messages={"required": "Say who makes this entry."},
    )
    why = LineField(
        label="Why this change",
        help_text="A line for the history of the record.",
        max_length=TEXT_LENGTH,
        error_messages={"required": "Say why, in a few words."},
    )
    deciders = LineField(label="Deciders", max_length=NAME_LENGTH, required=False)
    consulted = LineField(label="Consulted", max_length=NAME_LENGTH, required=False)
    informed = LineField(label="Informed", max_length=NAME_LENGTH, required=False)
    consequences = TextField(
        label="Consequences",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=TEXT_LENGTH,
        required=False,
    )
    confirmation = TextField(
        label="How it will be confirmed",
        help_text="For example: a load test before the move, or a review by security.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=TEXT_LENGTH,
        required=False,
    )
    review_on = forms.DateField(
        label="Look at it again on",
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
        error_messages={"invalid": "Write a date like 2027-03-31."},
    )
    supersedes = forms.ModelChoiceField(
        label="Supersedes",
        queryset=DecisionRecord.objects.none(),
        required=False,
        empty_label="None",
        error_messages={"invalid_choice": "Choose one of the records shown, or none."},
    )
    revision = RevisionField(first=1)

    def __init__(
        self,
        record: DecisionRecord,
        older: QuerySet[DecisionRecord],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        document = record.report.document
        self.state = record.state
        self.recommendation = document["result"]["recommendation"]
        status = Status(self.state.status)
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (following, following.label) for following in status.following
        ]
        self.fields["status"].error_messages["invalid_choice"] = (
            f"A record that is {status} can become only what is offered here."
        )
        self.fields["supersedes"].queryset = older  # type: ignore[attr-defined]
        self.fields["supersedes"].disabled = self.state.is_settled
        self.fields["alternative"].choices = [  # type: ignore[attr-defined]
            ("", "Nothing chosen yet"),
            *((row["key"], row["name"]) for row in document["questionnaire"]["alternatives"]),
        ]

    def clean(self) -> dict[str, Any]:
        """An accepted decision names an alternative; a departure from the advice a reason."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("alternative")
        if cleaned.get("status") in (Status.ACCEPTED, Status.DEPRECATED) and not chosen:
            self.add_error("alternative", "A decision needs a chosen alternative.")
        if chosen and chosen != self.recommendation and not cleaned.get("reason"):
            advice = "This is not the recommendation" if self.recommendation else NO_ADVICE
            self.add_error("reason", f"{advice}: say why it was chosen.")
        return cleaned

    @property
    def is_stale(self) -> bool:
        """Whether it was opened on another entry than the newest; to be read once validated."""
        return bool(self.cleaned_data.get("revision", self.state.number) != self.state.number)

    def clean_review_on(self) -> date | None:
        """A day to come, or the one that stood there before."""
        day: date | None = self.cleaned_data["review_on"]
        if day and day != self.state.review_on and day < timezone.localdate():
            raise forms.ValidationError("That day is past. Choose one to come.")
        return day


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
