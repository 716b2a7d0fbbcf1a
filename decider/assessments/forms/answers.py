"""Forms of an assessment: its name, its answers and its weights, with errors in words."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from decider.assessments.last_changes import LastChange
from decider.assessments.models import Answer, Assessment
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
from decider.web.fields import LineField, TextField
from decider.web.forms import RevisedForm


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
    )

    @property
    def key(self) -> uuid.UUID | None:
        """Whose the assessment is to be, where the form asks for that."""
        return None

    @property
    def details(self) -> dict[str, str]:
        """Title and context; to be read when the form is valid."""
        return {name: self.cleaned_data[name] for name in ("title", "context")}


class DetailsForm(AssessmentForm, RevisedForm):
    """The same, for an assessment that exists."""

    def __init__(self, assessment: Assessment, data: QueryDict | None = None) -> None:
        shown = {name: getattr(assessment, name) for name in ("title", "context", "revision")}
        super().__init__(data, initial=shown)


@dataclass(frozen=True, slots=True)
class AnswerConflict:
    """Two answers to one question: the one in the form, and the one saved in the meantime.

    `saved_by` is who saved that one, "you", or empty where it isn't known.
    """

    yours_label: str
    yours_note: str
    theirs_label: str
    theirs_note: str
    saved_at: datetime
    saved_by: str


class QuestionForm(RevisedForm):
    """The answer to one question, and a note.

    `conflict` is set where the form is stale: somebody saved another answer in the meantime.
    """

    conflict: AnswerConflict | None = None

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
    )
    return_to = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = question.text
        self.fields["value"].choices = choices_of(question)  # type: ignore[attr-defined]

    @property
    def answer(self) -> dict[str, Any]:
        """Value, note and revision; to be read when the form is valid."""
        return {name: self.cleaned_data[name] for name in ("value", "note", "revision")}

    def ask_which(self, theirs: Answer, change: LastChange | None = None) -> None:
        """Let the reader choose between their own answer and that of somebody else; `change` is
        how that came about, where it is known."""
        labels = dict(self.fields["value"].choices)  # type: ignore[attr-defined]
        self.conflict = AnswerConflict(
            yours_label=labels[self.cleaned_data["value"]],
            yours_note=self.cleaned_data["note"],
            theirs_label=labels[theirs.value],
            theirs_note=theirs.note,
            saved_at=change.at if change else theirs.updated_at,
            saved_by=change.actor if change else "",
        )
        self.ask_again(theirs.revision)


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
            "invalid": f"Enter a whole number from 0 to 100 for “{section.title}”.",
            "min_value": f"The smallest weight is 0; “{section.title}” has less.",
            "max_value": f"The largest weight is 100; “{section.title}” has more.",
        },
    )


class WeightRow(NamedTuple):
    """A section with the field of its weight, and the weight that is saved now."""

    section: Section
    field: forms.BoundField
    saved: int


class WeightsForm(RevisedForm):
    """A swing weight for each section.

    `swings` has the points that sections still decide, by key; it may be empty.
    """

    def __init__(
        self,
        assessment: Assessment,
        questionnaire: Questionnaire,
        swings: Mapping[str, float],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data, initial={"revision": assessment.revision})
        self.assessment = assessment
        self.questionnaire = questionnaire
        self.swings = swings
        for section in questionnaire.sections:
            field = weight_field(section, self.saved(section))
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

    def saved(self, section: Section) -> int:
        """The weight of the section that is saved now."""
        weight: int = self.assessment.weights.get(section.key, section.weight)
        return weight

    @property
    def weights(self) -> dict[str, int]:
        """Section key to weight; to be read when the form is valid."""
        return {
            section.key: self.cleaned_data[self.field_name(section)]
            for section in self.questionnaire.sections
        }

    @property
    def rows(self) -> list[WeightRow]:
        """Each section with its field."""
        return [
            WeightRow(section, self[self.field_name(section)], self.saved(section))
            for section in self.questionnaire.sections
        ]
