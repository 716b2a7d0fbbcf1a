"""The forms of share links: the one that makes them, and the one that asks for a passphrase."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from decider.reports.models.share import LABEL_LENGTH
from decider.web.fields import CHOOSE, DayField, LineField

SHORTEST = 8
PASSPHRASE_LENGTH = 200
NEWEST = "newest"
COMMENT = "comment"
UNTIL = "date"
NEVER = "never"


class ShareForm(forms.Form):
    """A new share link: for whom, to what, and for how long."""

    LIFETIMES = {
        "7": "7 days",
        "30": "30 days",
        "90": "90 days",
        UNTIL: "Until a date",
        NEVER: "Until it is revoked",
    }

    label = LineField(
        label="Who is it for?",
        help_text="Only those who edit the assessment see this.",
        max_length=LABEL_LENGTH,
        required=False,
    )
    shows = forms.ChoiceField(
        label="What does it show?",
        choices=[
            ("this", "This report only"),
            (NEWEST, "Always the newest report of the assessment"),
        ],
        error_messages=CHOOSE,
    )
    allows = forms.ChoiceField(
        label="What may its readers do?",
        choices=[("read", "Read"), (COMMENT, "Read, comment and sign off")],
        required=False,
        error_messages=CHOOSE,
    )
    days = forms.ChoiceField(
        label="How long does it work?", choices=list(LIFETIMES.items()), error_messages=CHOOSE
    )
    until = DayField(
        label="Last day",
        help_text="For a link that works until a date. It ends at the end of that day, in UTC.",
        required=False,
    )

    passphrase = LineField(
        label="Passphrase",
        help_text="Readers are asked for it. Send it separately from the link, and keep it:"
        " Decider can’t show it again.",
        min_length=SHORTEST,
        max_length=PASSPHRASE_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"min_length": f"Use at least {SHORTEST} characters."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"shows": "this", "allows": "read", "days": "30"})

    def clean(self) -> dict[str, Any]:
        """A date, where one was chosen, that is not over."""
        cleaned = super().clean() or {}
        if cleaned.get("days") == UNTIL and "until" not in self.errors:
            until = cleaned.get("until")
            if until is None:
                self.add_error("until", "Enter the last day on which it works.")
            elif until < timezone.localdate():
                self.add_error("until", "That day is in the past. Choose today or a later day.")
        return cleaned

    @property
    def lifetime(self) -> timedelta | None:
        """How long the link works, None for no end; to be read when the form is valid."""
        days = self.cleaned_data["days"]
        if days == NEVER:
            return None
        if days != UNTIL:
            return timedelta(days=int(days))
        end = datetime.combine(self.cleaned_data["until"], time(23, 59, 59))
        return timezone.make_aware(end) - timezone.now()

    @property
    def may_comment(self) -> bool:
        """Whether its readers may comment; to be read when the form is valid."""
        return bool(self.cleaned_data["allows"] == COMMENT)

    @property
    def follows_newest(self) -> bool:
        """Whether the link shows the newest report; to be read when the form is valid."""
        return bool(self.cleaned_data["shows"] == NEWEST)


class PassphraseForm(forms.Form):
    """The passphrase of a share link, from its reader."""

    passphrase = LineField(
        label="Passphrase",
        max_length=PASSPHRASE_LENGTH,
        error_messages={"required": "Enter the passphrase."},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
