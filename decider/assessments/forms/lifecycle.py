"""The forms that name an assessment and the browser of an editor."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import QueryDict

from decider.assessments.models import BROWSER_NAME_LENGTH, Assessment
from decider.questionnaires.answer_files import TITLE_LENGTH
from decider.web.fields import CHOOSE, LineField
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


class EditLinkForm(forms.Form):
    """How long a new private edit link works."""

    LIFETIMES = {"": "Until it is replaced", "1": "1 day", "7": "7 days", "30": "30 days"}

    days = forms.ChoiceField(
        label="How long does the new link work?",
        choices=list(LIFETIMES.items()),
        required=False,
        error_messages=CHOOSE,
    )

    @property
    def lifetime(self) -> timedelta | None:
        """What was chosen, None for no end; to be read when the form is valid."""
        days = self.cleaned_data["days"]
        return timedelta(days=int(days)) if days else None


class BrowserForm(forms.Form):
    """The name that other editors see for a browser."""

    name = LineField(
        label="Your name",
        help_text="Those who edit an assessment with you see it. Leave it empty to remove it.",
        max_length=BROWSER_NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
