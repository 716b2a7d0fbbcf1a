"""What other apps can react to."""

from __future__ import annotations

from django.dispatch import Signal

result_opened = Signal()
"""The result of an assessment is opened; sent with the `request`."""

names_wanted = Signal()
"""Those with the `keys` are to be named in the history of the `assessment`, which they don't edit;
receivers return the names that they know, by key."""
