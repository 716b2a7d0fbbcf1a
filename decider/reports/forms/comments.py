"""The forms of comments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from decider.reports.models import Comment, Report
from decider.reports.models.comment import AUTHOR_LENGTH, COMMENT_LENGTH
from decider.web.fields import LineField, TextField
from decider.web.forms import RevisedForm

OTHER_REPORT = (
    "A newer report was saved in the meantime, and this link shows it now. What you wrote is still"
    " here: send it again if it is about this report, too."
)


def text_field() -> TextField:
    """The text of a comment."""
    return TextField(
        label="Your comment",
        max_length=COMMENT_LENGTH,
        rows=4,
    )


class CommentForm(forms.Form):
    """A comment on a report; a reply where it names a `thread`.

    `name` is what the writer was called last, or None where they are signed in.
    """

    text = text_field()
    name = LineField(
        label="Your name",
        max_length=AUTHOR_LENGTH,
        error_messages={"required": "Give your name, so that others know whom to answer."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    report = forms.CharField(widget=forms.HiddenInput)
    thread = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, report: Report, name: str | None, data: Any = None, thread: Comment | None = None
    ) -> None:
        initial = {"name": name, "report": str(report.pk), "thread": thread.pk if thread else None}
        super().__init__(data, initial=initial, auto_id=f"{thread.pk}-%s" if thread else "id_%s")
        self.shown = report
        if name is None:
            del self.fields["name"]

    def clean_report(self) -> None:
        """The report that its writer looked at."""
        if self.cleaned_data["report"] != str(self.shown.pk):
            self.data = dict(self.data.items()) | {"report": str(self.shown.pk)}
            raise forms.ValidationError(OTHER_REPORT)


class ThreadForm(CommentForm):
    """A comment that begins a thread, on the report or on one of its questions."""

    question = forms.ChoiceField(
        label="About",
        required=False,
        error_messages={"invalid_choice": "Choose one of the questions of this report."},
    )
    look_again = forms.BooleanField(
        label="Mark the question for another look",
        help_text="The mark stays until somebody clears it.",
        required=False,
    )
    field_order = ["question", "text", "look_again", "name"]

    def __init__(
        self,
        report: Report,
        name: str | None,
        questions: Iterable[tuple[str, str]],
        data: Any = None,
    ) -> None:
        super().__init__(report, name, data)
        choices = [("", "The report as a whole"), *questions]
        self.fields["question"].choices = choices  # type: ignore[attr-defined]


class EditForm(RevisedForm):
    """Another text for a comment."""

    text = text_field()

    def __init__(self, comment: Comment, data: Any = None) -> None:
        super().__init__(data, initial={"text": comment.text, "revision": comment.revision})
