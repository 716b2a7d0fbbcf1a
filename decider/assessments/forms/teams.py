"""The choice of a team for an assessment, with sign-in."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from decider.assessments.forms.answers import AssessmentForm
from decider.base.access import Role
from decider.people.identity import teams_of
from decider.people.models import Person, Team
from decider.web.fields import CHOOSE

OWN = "own"


def teams_to_work_in(person: Person) -> dict[str, Team]:
    """The teams for which this person may edit, by their keys."""
    return {str(team.pk): team for team in teams_of(person, Role.EDITOR, Role.OWNER)}


class TeamAssessmentForm(AssessmentForm):
    """Name and context of an application, and whose assessment it is."""

    owner = forms.ChoiceField(label="Whose assessment is it?", error_messages=CHOOSE)

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        choices = [(key, f"The team {team}") for key, team in teams_to_work_in(person).items()]
        self.fields["owner"].choices = [(OWN, "Mine"), *choices]  # type: ignore[attr-defined]
        self.fields["owner"].required = False
        self.person = person

    @property
    def key(self) -> uuid.UUID:
        """The key that the assessment is kept under; to be read when the form is valid."""
        owner = self.cleaned_data["owner"]
        return uuid.UUID(owner) if owner and owner != OWN else self.person.pk


class TeamHeirForm(forms.Form):
    """To whom goes what belongs to a team that is deleted."""

    heir = forms.ChoiceField(
        label="Who gets what belongs to the team?",
        help_text="A member, or another team in which you are an editor.",
        error_messages=CHOOSE,
    )

    def __init__(self, team: Team, person: Person, data: Any = None) -> None:
        super().__init__(data, initial={"heir": str(person.pk)})
        members = Person.objects.filter(memberships__team=team, is_active=True)
        others = members.exclude(pk=person.pk).order_by("name", "email")
        teams = teams_to_work_in(person)
        teams.pop(str(team.pk), None)
        self.fields["heir"].choices = [  # type: ignore[attr-defined]
            (str(person.pk), "Me"),
            *((str(other.pk), f"{other.name}, {other.email}") for other in others),
            *((key, f"The team {other}") for key, other in teams.items()),
        ]

    @property
    def key(self) -> uuid.UUID:
        """The key of the heir; to be read when the form is valid."""
        return uuid.UUID(self.cleaned_data["heir"])


class HandOverForm(forms.Form):
    """To whom an assessment is handed over."""

    to = forms.ChoiceField(label="Who should it belong to?", error_messages=CHOOSE)

    def __init__(self, person: Person, owner: uuid.UUID, data: Any = None) -> None:
        super().__init__(data)
        self.teams = teams_to_work_in(person)
        self.teams.pop(str(owner), None)
        choices = [(key, f"The team {team}") for key, team in self.teams.items()]
        if owner != person.pk:
            choices.insert(0, (OWN, "Me"))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    @property
    def team(self) -> Team | None:
        """The chosen team, None for oneself; to be read when the form is valid."""
        return self.teams.get(self.cleaned_data["to"])
