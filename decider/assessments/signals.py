"""What other apps may hear of."""

from __future__ import annotations

from django.dispatch import Signal

result_opened = Signal()
"""The result of an assessment is opened; sent with the `request`."""
