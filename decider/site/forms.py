"""The form above the list of assessments."""

from __future__ import annotations

from django import forms

from decider.questionnaires.answer_files import TITLE_LENGTH
from decider.web.fields import LineField

SHOWN = {"active": "Active", "archived": "Archived", "deleted": "Deleted"}
SORTED = {"changed": "Last change", "name": "Name", "review": "Review date"}
CHOOSE = "Choose one of these."


class ListForm(forms.Form):
    """What to list, and in which order; what an address leaves out is as first offered."""

    q = LineField(label="Search", max_length=TITLE_LENGTH, required=False)
    sort = forms.ChoiceField(
        label="Sort by",
        choices=list(SORTED.items()),
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    show = forms.ChoiceField(
        choices=list(SHOWN.items()),
        widget=forms.HiddenInput,
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )

    @property
    def chosen(self) -> dict[str, str]:
        """`show`, `search` and `sort` as chosen, or as first offered where that is no choice."""
        given = self.cleaned_data
        return {
            "show": given.get("show") or "active",
            "search": given.get("q") or "",
            "sort": given.get("sort") or "changed",
        }
