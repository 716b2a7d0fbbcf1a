"""A report with an answer."""

from __future__ import annotations

import pytest

from decider.reports.models import Report
from decider.reports.services.reports import freeze_report
from tests.conftest import answer_first


@pytest.fixture
def report(assessment, browser_key) -> Report:
    """A report with one answer and a note on it."""
    answer_first(assessment, "As in the audit")
    return freeze_report(assessment=assessment, browser=browser_key)
