"""Forms that change what somebody else may change at the same time, and pages with a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from decider.web.fields import RevisionField


class RevisedForm(forms.Form):
    """A form that was opened on a `revision` of what it changes.

    `is_stale` is set where somebody saved a later revision in the meantime.
    """

    revision = RevisionField()
    is_stale = False

    def ask_again(self, revision: int) -> None:
        """Show what was sent once more, as if the form had been opened on this later revision."""
        self.data = dict(self.data.items()) | {"revision": str(revision)}
        self.is_stale = True


def render_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page that shows `form` of its context, with the status 422 where it has errors."""
    return render(request, template, context, status=422 if context["form"].errors else 200)
