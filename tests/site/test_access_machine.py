"""Whatever three people do, in any order: nobody sees or does what their role forbids.

STRESS_STORIES sets how many random stories are tried.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from decider.engine.report.codec import canonical_json
from decider.questionnaires.versions import load_questionnaire
from decider.reports.views import pdf
from tests.bicycle import TEXT
from tests.site.access_machine import Machine

STORIES = settings(
    max_examples=int(os.environ.get("STRESS_STORIES", "6")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def small_site(db, settings, monkeypatch) -> None:
    """A server with a small questionnaire; the PDF of a report is its document."""
    settings.DECIDER_QUESTIONNAIRE = "which-bicycle"
    load_questionnaire(text=TEXT)
    monkeypatch.setattr(pdf, "found_pdf", lambda order: canonical_json(order.document).encode())


def test_nobody_sees_or_does_what_their_role_forbids(small_site):
    run_state_machine_as_test(Machine, settings=STORIES)
