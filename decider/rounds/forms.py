"""The forms that invite to a round and join it."""

from __future__ import annotations

from django import forms

from decider.people.models import NAME_LENGTH
from decider.web.fields import LineField


class InviteForm(forms.Form):
    """Whom a link is for."""

    name = LineField(
        label="For whom is the link?",
        help_text="A name, for a link that one person can use once. Leave it empty for a link that"
        " you can send to all.",
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class JoinForm(forms.Form):
    """The name of whoever takes part, where nobody signs in."""

    name = LineField(
        label="Your name",
        help_text="The others and readers of saved reports see it with your answers.",
        max_length=NAME_LENGTH,
        error_messages={
            "required": "Give your name, so that the others know whose answers these are."
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
