"""The form that tries other answers and weights on a result, by its address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from decider.assessments.forms.answers import choices_of, weight_field
from decider.engine.questionnaire.schema import Questionnaire

NOT_ANSWERED = ("", "Not answered")


FORM_ID = "trying"
"""The form element; its fields stand anywhere on the page and name it."""


class TrialForm(forms.Form):
    """Answers and weights to try, as `q-<question>` and `w-<section>` in an address.

    What the address leaves out or empty is as saved.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: Mapping[str, str],
        weights: Mapping[str, int],
        tried: QueryDict,
    ) -> None:
        saved = {f"q-{key}": answers.get(key, "") for key in questionnaire.questions}
        for section in questionnaire.sections:
            saved[f"w-{section.key}"] = str(weights.get(section.key, section.weight))
        given = {name: value for name, value in tried.items() if value or name not in saved}
        super().__init__({**saved, **given})
        self.questionnaire = questionnaire
        self.saved = saved
        self.unknown_fields = [
            name for name in tried if name.startswith(("q-", "w-")) and name not in saved
        ]
        for key, question in questionnaire.questions.items():
            self.fields[f"q-{key}"] = forms.ChoiceField(
                label=question.text,
                required=False,
                choices=[*([] if key in answers else [NOT_ANSWERED]), *choices_of(question)],
                error_messages={"invalid_choice": "That is not one of the answers to choose."},
            )
        for section in questionnaire.sections:
            self.fields[f"w-{section.key}"] = weight_field(section)
        for field in self.fields.values():
            field.widget.attrs["form"] = FORM_ID

    def clean(self) -> dict[str, Any]:
        """Nothing that the questionnaire doesn't have, and at least one section counts."""
        cleaned = super().clean() or {}
        for name in self.unknown_fields[:5]:
            self.add_error(None, f"The address tries “{name[2:]}”, which isn’t asked here.")
        if not self.errors and not any(self.weights.values()):
            self.add_error(None, "At least one section needs a weight above 0.")
        return cleaned

    @property
    def answers(self) -> dict[str, str]:
        """Question key to tried answer; to be read when the form is valid."""
        tried = {key: self.cleaned_data[f"q-{key}"] for key in self.questionnaire.questions}
        return {key: value for key, value in tried.items() if value}

    @property
    def weights(self) -> dict[str, int]:
        """Section key to tried weight; to be read when the form is valid."""
        return {s.key: self.cleaned_data[f"w-{s.key}"] for s in self.questionnaire.sections}

    def tried(self, visible: Collection[str]) -> dict[str, str]:
        """By field, what differs from the saved state and counts; to be read as `answers` is."""
        hidden = {f"q-{key}" for key in self.questionnaire.questions if key not in visible}
        return {
            name: str(value)
            for name, value in self.cleaned_data.items()
            if name not in hidden and str(value) != self.saved[name]
        }
