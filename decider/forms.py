"""What people type in, checked, with errors in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from decider.engine.schema import (
    NOT_APPLICABLE,
    NOT_APPLICABLE_LABEL,
    UNKNOWN,
    UNKNOWN_LABEL,
    Question,
    Questionnaire,
    Section,
)
from decider.models import DecisionRecord, Status
from decider.models.assessment import CONTEXT_LENGTH, NOTE_LENGTH, TITLE_LENGTH
from decider.models.record import NAME_LENGTH, TEXT_LENGTH
from decider.models.share import LABEL_LENGTH

RETURN_TO = ("check", "result", "quick")
"""Where a question can have been opened from, and leads back to."""
NOT_ANSWERED = ("", "Not answered")


class AssessmentForm(forms.Form):
    """Name and context of an application."""

    title = forms.CharField(
        label="What is the application called?",
        max_length=TITLE_LENGTH,
        error_messages={"required": "Give the application a name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    context = forms.CharField(
        label="What should readers know about it?",
        help_text="A line or two of context. It is printed in the report.",
        max_length=CONTEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DetailsForm(AssessmentForm):
    """The same, for an assessment that exists; `revision` is the one its reader saw."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class QuestionForm(forms.Form):
    """The answer to one question, and a note."""

    value = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": f"Choose an answer. If you are not sure, choose “{UNKNOWN_LABEL}”.",
            "invalid_choice": "That answer is not one of the choices. Choose one of those shown.",
        },
    )
    note = forms.CharField(
        label="Note",
        help_text="Why this answer, or what to check. It is printed in the report.",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    revision = forms.IntegerField(
        min_value=0, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
    return_to = forms.ChoiceField(
        choices=[(place, place) for place in RETURN_TO],
        required=False,
        widget=forms.HiddenInput,
    )

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
            "invalid": "Write a whole number from 0 to 100.",
            "min_value": "The smallest weight is 0.",
            "max_value": "The largest weight is 100.",
        },
    )


class WeightsForm(forms.Form):
    """A swing weight for each section."""

    revision = forms.IntegerField(
        min_value=0, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def __init__(
        self, questionnaire: Questionnaire, weights: Mapping[str, int], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sections = questionnaire.sections
        for section in questionnaire.sections:
            self.fields[self.field_name(section)] = weight_field(
                section, weights.get(section.key, section.weight)
            )

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


class ShareForm(forms.Form):
    """A new share link: for whom, and for how long."""

    LIFETIMES = {"7": "a week", "30": "a month", "90": "three months", "365": "a year"}

    label = forms.CharField(
        label="Who is it for?",
        help_text="Only you see this.",
        max_length=LABEL_LENGTH,
        required=False,
    )
    days = forms.ChoiceField(label="How long may it be read?", choices=list(LIFETIMES.items()))

    @property
    def lifetime(self) -> timedelta:
        """How long the link is open; to be read when the form is valid."""
        return timedelta(days=int(self.cleaned_data["days"]))


class RecordForm(forms.Form):
    """The next entry of a decision record."""

    STATUSES = [choice for choice in Status.choices if choice[0] != Status.SUPERSEDED]

    status = forms.ChoiceField(label="Status", choices=STATUSES)
    alternative = forms.ChoiceField(label="Chosen alternative", required=False)
    reason = forms.CharField(
        label="Reason for this choice",
        help_text="Needed where the choice is not the recommendation.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=TEXT_LENGTH,
        required=False,
    )
    by = forms.CharField(
        label="Your name",
        max_length=NAME_LENGTH,
        error_messages={"required": "Say who makes this entry."},
    )
    why = forms.CharField(
        label="Why this change",
        help_text="A line for the history of the record.",
        max_length=TEXT_LENGTH,
        error_messages={"required": "Say why, in a few words."},
    )
    deciders = forms.CharField(label="Deciders", max_length=NAME_LENGTH, required=False)
    consulted = forms.CharField(label="Consulted", max_length=NAME_LENGTH, required=False)
    informed = forms.CharField(label="Informed", max_length=NAME_LENGTH, required=False)
    consequences = forms.CharField(
        label="Consequences",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=TEXT_LENGTH,
        required=False,
    )
    confirmation = forms.CharField(
        label="How it will be confirmed",
        help_text="For example: a load test before the move, or a review by security.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=TEXT_LENGTH,
        required=False,
    )
    review_on = forms.DateField(
        label="Look at it again on",
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
        error_messages={"invalid": "Write a date like 2027-03-31."},
    )
    supersedes = forms.ModelChoiceField(
        label="Supersedes",
        queryset=DecisionRecord.objects.none(),
        required=False,
        empty_label="None",
    )
    revision = forms.IntegerField(
        min_value=1, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def __init__(
        self,
        document: Mapping[str, Any],
        older: QuerySet[DecisionRecord],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.recommendation = document["result"]["recommendation"]
        self.fields["supersedes"].queryset = older  # type: ignore[attr-defined]
        self.fields["alternative"].choices = [  # type: ignore[attr-defined]
            ("", "Nothing chosen yet"),
            *((row["key"], row["name"]) for row in document["questionnaire"]["alternatives"]),
        ]

    def clean(self) -> dict[str, Any]:
        """An accepted decision names an alternative; a departure from the advice a reason."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("alternative")
        if cleaned.get("status") == Status.ACCEPTED and not chosen:
            self.add_error("alternative", "An accepted decision needs a chosen alternative.")
        if chosen and chosen != self.recommendation and not cleaned.get("reason"):
            self.add_error("reason", "This is not the recommendation: say why it was chosen.")
        return cleaned


class WhatIfSection(NamedTuple):
    """A section of the what-if form."""

    title: str
    weight: forms.BoundField
    questions: list[forms.BoundField]


class WhatIfForm(forms.Form):
    """Answers and weights to try, as `q-<question>` and `w-<section>` in an address.

    What the address leaves out is as saved.
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
        super().__init__({**saved, **tried.dict()})
        self.questionnaire = questionnaire
        self.strangers = [
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

    def clean(self) -> dict[str, Any]:
        """Nothing that the questionnaire doesn't have, and at least one section counts."""
        cleaned = super().clean() or {}
        for name in self.strangers[:5]:
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

    def rows(self, visible: Sequence[str]) -> list[WhatIfSection]:
        """Each section with the field of its weight and those of its visible questions."""
        return [
            WhatIfSection(
                section.title,
                self[f"w-{section.key}"],
                [self[f"q-{q.key}"] for q in section.questions if q.key in visible],
            )
            for section in self.questionnaire.sections
        ]
