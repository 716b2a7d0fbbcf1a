"""Fields that clean what people type."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from decider.base.plain_text import clean_text

CHOOSE = dict.fromkeys(("required", "invalid_choice"), "Choose one of these.")
"""The error messages of a choice."""


class TextField(forms.CharField):
    """Text of several lines; it shows so many `rows`."""

    widget: type[forms.Widget] | forms.Widget = forms.Textarea
    default_error_messages: ClassVar = {
        "required": "Enter some text.",
        "max_length": "This has %(show_value)d characters; at most %(limit_value)d fit.",
    }

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        self.rows = rows
        super().__init__(**options)

    def to_python(self, value: Any) -> str | None:
        """The text, cleaned, then stripped."""
        return super().to_python(clean_text(value) if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The limit for the counter beside the field; browsers cut at a `maxlength` silently."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        if limit := attrs.pop("maxlength", None):
            attrs["data-limit"] = limit
        if isinstance(widget, forms.Textarea):
            attrs["rows"] = self.rows
        return attrs


class LineField(TextField):
    """Text of one line."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> str | None:
        """The text, cleaned, with white space folded."""
        return super().to_python(" ".join(value.split()) if isinstance(value, str) else value)


class DayField(forms.DateField):
    """A day, chosen from a calendar where the browser has one."""

    widget = forms.DateInput(attrs={"type": "date"})
    default_error_messages: ClassVar = {"invalid": "Enter a date like 2027-03-31."}


class RevisionField(forms.IntegerField):
    """The revision of what the reader of a form saw. A damaged one asks for a new page."""

    MESSAGE = "This page is damaged or very old. Copy your text, then open the page again."

    def __init__(self, *, first: int = 0) -> None:
        super().__init__(
            min_value=first,
            max_value=2**31 - 2,  # the next one must fit the column
            widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), self.MESSAGE
            ),
        )
