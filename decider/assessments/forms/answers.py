"""Forms of an assessment: its name, its answers and its weights, with errors in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from decider.engine.questionnaire.schema import (
    NOT_APPLICABLE,
    NOT_APPLICABLE_LABEL,
    UNKNOWN,
    UNKNOWN_LABEL,
    Question,
    Questionnaire,
    Section,
)
from decider.questionnaires.answer_files import CONTEXT_LENGTH, NOTE_LENGTH, TITLE_LENGTH
from decider.web.fields import LineField, RevisionField, TextField

RETURN_TO = ("check", "result", "quick")
"""Where a question can have been opened from, and leads back to."""


class AssessmentForm(forms.Form):
    """Name and context of an application."""

    title = LineField(
        label="What is the application called?",
        max_length=TITLE_LENGTH,
        error_messages={"required": "Give the application a name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    context = TextField(
        label="What should readers know about it?",
        help_text="A line or two of context. It is printed in the report.",
        max_length=CONTEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DetailsForm(AssessmentForm):
    """The same, for an assessment that exists; `revision` is the one its reader saw."""

    revision = RevisionField()


class QuestionForm(forms.Form):
    """The answer to one question, and a note."""

    value = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": f"Choose an answer. If you are not sure, choose “{UNKNOWN_LABEL}”.",
            "invalid_choice": "That answer is not one of the choices. Choose one of those shown.",
        },
    )
    note = TextField(
        label="Note",
        help_text="Why this answer, or what to check. It is printed in the report.",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    revision = RevisionField()
    return_to = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = question.text
        self.fields["value"].choices = choices_of(question)  # type: ignore[attr-defined]


def choices_of(question: Question) -> list[tuple[str, str]]:
    """All that a question can be answered with."""
    return [
        *((choice.key, choice.label) for choice in question.choices),
        (UNKNOWN, UNKNOWN_LABEL),
        (NOT_APPLICABLE, NOT_APPLICABLE_LABEL),
    ]


def weight_field(section: Section, initial: int | None = None) -> forms.IntegerField:
    """The swing weight of a section."""
    return forms.IntegerField(
        label=section.title,
        min_value=0,
        max_value=100,
        initial=initial,
        error_messages={
            "required": f"Give “{section.title}” a weight from 0 to 100.",
            "invalid": f"Write a whole number from 0 to 100 for “{section.title}”.",
            "min_value": f"The smallest weight is 0; “{section.title}” has less.",
            "max_value": f"The largest weight is 100; “{section.title}” has more.",
        },
    )


class WeightsForm(forms.Form):
    """A swing weight for each section.

    `swings` has the points that sections still decide, by key; it may be empty.
    """

    revision = RevisionField()

    def __init__(
        self,
        questionnaire: Questionnaire,
        weights: Mapping[str, int],
        swings: Mapping[str, float],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sections = questionnaire.sections
        self.swings = swings
        for section in questionnaire.sections:
            field = weight_field(section, weights.get(section.key, section.weight))
            if section.key in swings:
                field.help_text = (
                    f"At most {swings[section.key]} points between the best and the worst"
                    " alternative that remain."
                )
            self.fields[self.field_name(section)] = field

    def clean(self) -> dict[str, Any]:
        """At least one section must count."""
        cleaned = super().clean() or {}
        if not self.errors and not any(self.weights.values()):
            raise forms.ValidationError("At least one section needs a weight above 0.")
        return cleaned

    @staticmethod
    def field_name(section: Section) -> str:
        """The field of a section, in a name space of its own beside `revision`."""
        return f"weight-{section.key}"

    @property
    def weights(self) -> dict[str, int]:
        """Section key to weight; to be read when the form is valid."""
        return {
            section.key: self.cleaned_data[self.field_name(section)] for section in self.sections
        }

    @property
    def rows(self) -> list[tuple[Section, forms.BoundField]]:
        """Each section with its field."""
        return [(section, self[self.field_name(section)]) for section in self.sections]
