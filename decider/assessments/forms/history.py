"""The form above the history of an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from decider.web.fields import CHOOSE


class HistoryForm(forms.Form):
    """Which changes to show: those of one question, or of one person.

    `questions` are texts by key. `people` are names by number, in the order of their first change:
    the keys of browsers and people stay out of addresses.
    """

    question = forms.ChoiceField(label="Question", required=False, error_messages=CHOOSE)
    person = forms.ChoiceField(label="Person", required=False, error_messages=CHOOSE)

    def __init__(
        self, data: Any, *, questions: Mapping[str, str], people: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        choices = {"question": ("All changes", questions), "person": ("Everybody", people)}
        for name, (everything, found) in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", everything), *found.items()]

    @property
    def has_chosen(self) -> bool:
        """Whether it leaves out changes."""
        return any(self.cleaned_data.values())

    @property
    def question_key(self) -> str:
        """The key of the chosen question, or nothing."""
        return str(self.cleaned_data.get("question", ""))

    @property
    def person_number(self) -> int | None:
        """The number of the chosen person, counted from 1."""
        number = self.cleaned_data.get("person")
        return int(number) if number else None
