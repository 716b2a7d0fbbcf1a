"""The name that others see."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from decider.people.models import NAME_LENGTH, Person
from decider.web.fields import LineField


class NameForm(forms.Form):
    """What to call a person; a part of the registration too."""

    name = LineField(
        label="Your name",
        help_text="Others see it where you work together.",
        max_length=NAME_LENGTH,
        error_messages={"required": "Enter your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, _request: HttpRequest, user: Person) -> None:
        """Called by allauth with the new account."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
