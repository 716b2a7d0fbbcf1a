"""The form of a sign-off."""

from __future__ import annotations

from typing import Any

from django import forms

from decider.reports.models import DecisionRecord, Position
from decider.reports.models.comment import AUTHOR_LENGTH
from decider.reports.models.record import TEXT_LENGTH
from decider.web.fields import CHOOSE, LineField, TextField
from decider.web.forms import RevisedForm

WHY = {
    Position.RESERVATIONS: "Say what your reservations are.",
    Position.OBJECTION: "Say why you object.",
}


class SignOffForm(RevisedForm):
    """What somebody says to a decision; `name` is as in `CommentForm`."""

    position = forms.ChoiceField(
        label="Do you agree?",
        choices=[("", "Choose …"), *Position.choices],
        error_messages=CHOOSE,
    )
    reason = TextField(
        label="Reservations or objection",
        help_text="Needed if you have reservations or object. Others read it in the record, its PDF"
        " and its files.",
        max_length=TEXT_LENGTH,
        required=False,
        rows=4,
    )
    name = LineField(
        label="Your name",
        max_length=AUTHOR_LENGTH,
        error_messages={"required": "Give your name: a sign-off needs one."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, record: DecisionRecord, name: str | None, data: Any = None) -> None:
        super().__init__(data, initial={"revision": record.state.number, "name": name})
        if name is None:
            del self.fields["name"]

    def clean(self) -> dict[str, Any]:
        """A reason from whoever doesn't simply agree."""
        cleaned = super().clean() or {}
        why = WHY.get(cleaned.get("position", ""))
        if why and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", why)
        return cleaned
