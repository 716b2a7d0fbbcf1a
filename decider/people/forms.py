"""The name that others see, teams, and invitations to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest

from decider.base.access import Role
from decider.people.models import NAME_LENGTH, Person
from decider.people.notices import Notice, wants
from decider.web.fields import CHOOSE, LineField


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


class TeamForm(forms.Form):
    """The name of a team."""

    name = LineField(
        label="Name of the team",
        max_length=NAME_LENGTH,
        error_messages={"required": "Give the team a name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def role_field() -> forms.ChoiceField:
    """The choice of a role."""
    return forms.ChoiceField(label="Role", choices=Role.choices, error_messages=CHOOSE)


class InvitationForm(forms.Form):
    """Whom to invite to a team, and as what."""

    LIFETIMES = {"1": "1 day", "7": "7 days", "30": "30 days"}

    email = forms.EmailField(
        label="E-mail address",
        help_text="Only the person who signs in with it can then accept, once. Without an"
        " address you get a link that several people can use.",
        required=False,
        error_messages={"invalid": "Enter an address like ada@example.org."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = role_field()
    days = forms.ChoiceField(
        label="How long can it be accepted?",
        choices=list(LIFETIMES.items()),
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"role": Role.EDITOR, "days": "7"})

    @property
    def invitation(self) -> dict[str, Any]:
        """What was chosen; to be read when the form is valid."""
        chosen = self.cleaned_data
        lifetime = timedelta(days=int(chosen["days"]))
        return {"email": chosen["email"], "role": Role(chosen["role"]), "lifetime": lifetime}


class RoleForm(forms.Form):
    """Another role for a member who had the role `was` when the page was shown."""

    role = role_field()
    was = forms.CharField(max_length=10)


class NoticesForm(forms.Form):
    """Which e-mails somebody gets."""

    kinds = forms.MultipleChoiceField(
        label="Send me an e-mail when",
        choices=Notice.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        wanted = [kind.value for kind in Notice if wants(person, kind)]
        super().__init__(data, initial={"kinds": wanted})
