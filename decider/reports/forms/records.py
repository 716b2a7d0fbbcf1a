"""The form of the next entry of a decision record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from decider.presentation.requirements import Condition
from decider.reports.models import DecisionRecord, RecordEntry, Severity, Status
from decider.reports.models.record import ERASED, NAME_LENGTH, TEXT_LENGTH
from decider.reports.options import Option
from decider.web.fields import DayField, LineField, RevisionField, TextField
from decider.web.forms import RevisedForm

MOST_RISKS: Final = 10
RISK_LENGTH: Final = 400
NO_ADVICE: Final = "Nothing was recommended"
STALE: Final = (
    "Somebody added to this record in the meantime; their entry is in the history."
    " What you entered is still here: look at both, then save again to add yours."
)
CARRIED: Final = (
    *("status", "alternative", "reason", "supersedes", "deciders", "consulted", "informed"),
    *("consequences", "costs", "confirmation", "review_on"),
)
"""The fields that begin with what the newest entry says."""


@dataclass(frozen=True)
class ConfirmationRow:
    """A condition with the fields for who confirms it and by when."""

    condition: Condition
    who: forms.BoundField
    by: forms.BoundField


@dataclass(frozen=True)
class RiskRow:
    """The fields of one risk."""

    text: forms.BoundField
    severity: forms.BoundField
    owner: forms.BoundField

    @property
    def is_empty(self) -> bool:
        """Whether nothing is entered in it, so that it can wait until it is needed."""
        return not any(field.value() for field in (self.text, self.severity, self.owner))


class RecordForm(RevisedForm):
    """The next entry of a decision record; `options` are what can be chosen."""

    alternative = forms.ChoiceField(
        label="Chosen alternative",
        required=False,
        error_messages={"invalid_choice": "Choose one of the alternatives of the report."},
    )
    status = forms.ChoiceField(label="Status", error_messages={"required": "Choose a status."})
    reason = TextField(
        label="Reason for the choice",
        max_length=TEXT_LENGTH,
        required=False,
    )
    supersedes = forms.ModelChoiceField(
        label="Supersedes",
        queryset=DecisionRecord.objects.none(),
        required=False,
        empty_label="None",
        error_messages={"invalid_choice": "Choose one of the records shown, or none."},
    )
    deciders = LineField(label="Deciders", max_length=NAME_LENGTH, required=False)
    consulted = LineField(label="Consulted", max_length=NAME_LENGTH, required=False)
    informed = LineField(label="Informed", max_length=NAME_LENGTH, required=False)
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
    consequences = TextField(
        label="Consequences",
        help_text="What becomes easier or harder.",
        max_length=TEXT_LENGTH,
        required=False,
    )
    costs = TextField(
        label="Costs",
        help_text="As far as they are known.",
        rows=2,
        max_length=TEXT_LENGTH,
        required=False,
    )
    confirmation = TextField(
        label="How it will be confirmed",
        help_text="For example: a load test before the move, or a review by security.",
        rows=2,
        max_length=TEXT_LENGTH,
        required=False,
    )
    review_on = DayField(label="Review date", required=False)
    revision = RevisionField(first=1)

    def __init__(
        self,
        record: DecisionRecord,
        options: Sequence[Option],
        older: QuerySet[DecisionRecord],
        data: Any = None,
        by: str = "",
    ) -> None:
        super().__init__(data, initial=initial_of(record.state) | {"by": by})
        self.state = record.state
        self.options = options
        self.recommendation = next(
            (row.alternative.key for row in options if row.recommended), None
        )
        self._offer_status(Status(self.state.status))
        self.fields["supersedes"].queryset = older  # type: ignore[attr-defined]
        self.fields["supersedes"].disabled = self.state.is_settled
        names = [(row.alternative.key, row.alternative.name) for row in options]
        self.fields["alternative"].choices = [("", "Not chosen yet"), *names]  # type: ignore[attr-defined]
        self.fields["reason"].help_text = (
            "Needed if you choose something other than the recommendation."
            if self.recommendation
            else "Needed with any choice, because nothing was recommended."
        )
        # What the record was opened with needs no reason to be changed.
        self.fields["why"].required = self.state.number > 1
        self.fields.update(dict(_risk_fields(self.state)))
        self.fields.update(dict(_confirmation_fields(options, self.state)))

    def _offer_status(self, status: Status) -> None:
        field = self.fields["status"]
        field.choices = [(row, row.label) for row in status.following]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = (
            f"A record that is {status} can become only what is offered here."
        )

    @property
    def risks(self) -> list[RiskRow]:
        """The rows for risks; the first that is empty and those with something are shown."""
        return [
            RiskRow(*(self[f"risk-{row}-{part}"] for part in ("text", "severity", "owner")))
            for row in range(MOST_RISKS)
        ]

    @property
    def ranked(self) -> list[tuple[Option, list[ConfirmationRow]]]:
        """What can be chosen and has a rank, each with the fields for its conditions."""
        return [(row, self._confirmation_rows(row)) for row in self.options if row.place]

    @property
    def unranked(self) -> list[tuple[Option, list[ConfirmationRow]]]:
        """What else can be chosen."""
        return [(row, self._confirmation_rows(row)) for row in self.options if not row.place]

    @property
    def chooses_unranked(self) -> bool:
        """Whether what is chosen has no rank."""
        chosen = self["alternative"].value()
        return any(row.alternative.key == chosen for row, _ in self.unranked)

    def _confirmation_rows(self, option: Option) -> list[ConfirmationRow]:
        return [
            ConfirmationRow(condition, *(self[name] for name in _names(option, row)))
            for row, condition in enumerate(option.conditions)
        ]

    def clean(self) -> dict[str, Any]:
        """An accepted decision names an alternative; a departure from the advice a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("revision", self.state.number) != self.state.number:
            self.ask_again(self.state.number)
            self.add_error(None, STALE)
        chosen = cleaned.get("alternative")
        if cleaned.get("status") in (Status.ACCEPTED, Status.DEPRECATED) and not chosen:
            self.add_error("alternative", "A decision needs a chosen alternative.")
        if chosen and chosen != self.recommendation and not cleaned.get("reason"):
            advice = "This is not the recommendation" if self.recommendation else NO_ADVICE
            self.add_error("reason", f"{advice}: say why it was chosen.")
        for row in range(MOST_RISKS):
            more = cleaned.get(f"risk-{row}-severity") or cleaned.get(f"risk-{row}-owner")
            if more and not cleaned.get(f"risk-{row}-text"):
                self.add_error(f"risk-{row}-text", "Describe the risk, or clear its row.")
        return cleaned

    @property
    def entry(self) -> dict[str, Any]:
        """The fields of the entry; to be read when the form is valid."""
        fields = {name: self.cleaned_data[name] for name in (*CARRIED, "by", "why")}
        return {**fields, "risks": self._risks(), "confirmations": self._confirmations()}

    def _risks(self) -> list[dict[str, str]]:
        parts = ("text", "severity", "owner")
        rows = [
            {part: self.cleaned_data[f"risk-{row}-{part}"] for part in parts}
            for row in range(MOST_RISKS)
        ]
        return [row for row in rows if row["text"]]

    def _confirmations(self) -> list[dict[str, str]]:
        """The conditions of the chosen alternative, with what was entered about each."""
        chosen = self.cleaned_data["alternative"]
        return [
            {
                "requirement": condition.title,
                "condition": condition.text,
                "who": self.cleaned_data[who],
                "by": str(self.cleaned_data[by] or ""),
            }
            for option in self.options
            if option.alternative.key == chosen
            for row, condition in enumerate(option.conditions)
            for who, by in [_names(option, row)]
        ]

    def clean_review_on(self) -> date | None:
        """A day to come, or the one that stood there before."""
        day: date | None = self.cleaned_data["review_on"]
        if day and day != self.state.review_on and day < timezone.localdate():
            raise forms.ValidationError("That day is in the past. Choose a later one.")
        return day


def initial_of(entry: RecordEntry) -> dict[str, object]:
    """What an entry says, as the start of the next one."""
    return {"revision": entry.number, **{name: _kept(getattr(entry, name)) for name in CARRIED}}


def _kept(value: object) -> object:
    """What an entry says, without a name that was erased."""
    return "" if value == ERASED else value


def _risk_fields(entry: RecordEntry) -> Iterator[tuple[str, forms.Field]]:
    for row in range(MOST_RISKS):
        risk = entry.risks[row] if row < len(entry.risks) else {}
        # A style sheet knows by the placeholder which rows are empty.
        yield (
            f"risk-{row}-text",
            LineField(
                label="Risk",
                max_length=RISK_LENGTH,
                required=False,
                initial=risk.get("text"),
                widget=forms.TextInput(attrs={"placeholder": " "}),
            ),
        )
        yield (
            f"risk-{row}-severity",
            forms.ChoiceField(
                label="Severity",
                choices=[("", "Not rated"), *Severity.choices],
                required=False,
                initial=risk.get("severity"),
            ),
        )
        yield (
            f"risk-{row}-owner",
            LineField(
                label="Owner",
                max_length=NAME_LENGTH,
                required=False,
                initial=_kept(risk.get("owner")),
            ),
        )


def _confirmation_fields(
    options: Sequence[Option], entry: RecordEntry
) -> Iterator[tuple[str, forms.Field]]:
    recorded = {(row["requirement"], row["condition"]): row for row in entry.confirmations}
    for option in options:
        for row, condition in enumerate(option.conditions):
            known = recorded.get((condition.title, condition.text), {})
            who, by = _names(option, row)
            yield (
                who,
                LineField(
                    label="Who confirms it",
                    max_length=NAME_LENGTH,
                    required=False,
                    initial=_kept(known.get("who")),
                ),
            )
            yield (
                by,
                DayField(label="By when", required=False, initial=known.get("by")),
            )


def _names(option: Option, row: int) -> tuple[str, str]:
    """The names of the fields of a condition."""
    name = f"confirm-{option.alternative.key}-{row}"
    return f"{name}-who", f"{name}-by"
