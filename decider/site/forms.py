"""The form above the list of assessments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from decider.assessments.forms.teams import OWN
from decider.questionnaires.answer_files import TITLE_LENGTH
from decider.web.fields import CHOOSE, LineField

SHOWN = {"active": "Active", "archived": "Archived", "deleted": "Deleted"}
SORTED = {"changed": "Last change", "name": "Name", "review": "Review date"}


class ListForm(forms.Form):
    """What to list, and in which order; what an address leaves out is as first offered."""

    q = LineField(label="Search", max_length=TITLE_LENGTH, required=False)
    sort = forms.ChoiceField(
        label="Sort by",
        choices=list(SORTED.items()),
        required=False,
        error_messages=CHOOSE,
    )
    whose = forms.ChoiceField(label="Whose", required=False, error_messages=CHOOSE)
    show = forms.ChoiceField(
        choices=list(SHOWN.items()),
        widget=forms.HiddenInput,
        required=False,
        error_messages=CHOOSE,
    )

    def __init__(self, data: Any, teams: Mapping[str, str]) -> None:
        """A list of assessments of somebody in these `teams`, names by key."""
        super().__init__(data)
        if not teams:
            del self.fields["whose"]
            return
        choices = [("", "All"), (OWN, "Not a team’s"), *teams.items()]
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """`show`, `search`, `sort` and `whose` as chosen, or as first offered."""
        given = self.cleaned_data
        return {
            "show": given.get("show") or "active",
            "search": given.get("q") or "",
            "sort": given.get("sort") or "changed",
            "whose": given.get("whose") or "",
        }
