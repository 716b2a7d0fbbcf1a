"""The forms that name an assessment and the browser of an editor."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from decider.assessments.models import BROWSER_NAME_LENGTH, Assessment
from decider.questionnaires.answer_files import TITLE_LENGTH
from decider.web.fields import LineField
from decider.web.forms import RevisedForm


class RenameForm(RevisedForm):
    """A new name for an assessment."""

    title = LineField(
        label="New name",
        max_length=TITLE_LENGTH,
        error_messages={"required": "Give the application a name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, assessment: Assessment, data: QueryDict | None = None) -> None:
        shown = {"title": assessment.title, "revision": assessment.revision}
        super().__init__(data, initial=shown)


class BrowserForm(forms.Form):
    """The name that other editors see for a browser."""

    name = LineField(
        label="Your name",
        help_text="Those who edit an assessment with you see it. Leave it empty to remove it.",
        max_length=BROWSER_NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
