"""The form that takes a file of a report."""

from __future__ import annotations

from typing import Any

from django import forms

from decider.base.files import FileErrors
from decider.reports.proof.report_files import (
    MAX_BYTES,
    ReportFile,
    open_importable_file,
    open_report_file,
)

MEGABYTES = MAX_BYTES // 1_000_000


class ReportFileForm(forms.Form):
    """A PDF or JSON; what it is shows from its content, never from its name."""

    file = forms.FileField(
        label="PDF or JSON of a report or decision record",
        help_text=f"As it was downloaded from Decider, at most {MEGABYTES} MB.",
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose another one.",
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.json"}),
    )

    opened_by = staticmethod(open_report_file)

    def clean_file(self) -> ReportFile:
        """The file with what is in it."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(f"This file is larger than {MEGABYTES} MB.")
        try:
            return self.opened_by(upload.read())
        except FileErrors as errors:
            raise forms.ValidationError([error.message for error in errors.errors]) from None


class ImportForm(ReportFileForm):
    """As for a check; an answers file, too."""

    opened_by = staticmethod(open_importable_file)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "PDF, JSON or answers file of a report"
        self.fields["file"].widget.attrs["accept"] = ".pdf,.json,.yaml,.yml"
