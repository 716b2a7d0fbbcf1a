"""The base of forms that change what somebody else may change at the same time."""

from __future__ import annotations

from django import forms

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

    @property
    def status(self) -> int:
        """The status of the page that shows the form: 422 where it has errors."""
        return 422 if self.is_bound and self.errors else 200
