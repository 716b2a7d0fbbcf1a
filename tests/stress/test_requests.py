"""No request, however odd, is answered with 500.

Visitors with different rights send requests by a seed; STRESS_REQUESTS sets how many in all.
"""

from __future__ import annotations

import os
import traceback
import uuid
from collections import Counter
from contextlib import suppress

import pytest
from django.conf import settings
from django.urls import Resolver404, get_resolver

from decider.assessments.models import Editor
from decider.assessments.services import questionnaire_for, start_assessment
from decider.reports.services.reports import freeze_report
from tests.conftest import load_bicycle
from tests.stress.visitors import Visitor, World

pytestmark = pytest.mark.django_db(transaction=True)

REQUESTS = int(os.environ.get("STRESS_REQUESTS", "400"))
SEED = int(os.environ.get("STRESS_SEED", "1"))
ROUND = 500
"""After so many requests all begins anew, so that deleted assessments don't end it."""


@pytest.fixture
def bicycle(transactional_db, settings):
    """A small questionnaire on the home page: its pages are quick."""
    settings.DECIDER_QUESTIONNAIRE = "which-bicycle"
    return load_bicycle()


def visitors_of(version, seed: int) -> list[Visitor]:
    """Two editors of an assessment with a report, one who left, one who saved and left, and two
    who never had any."""
    owner, guest, gone = (uuid.UUID(int=seed * 10 + number) for number in range(3))
    assessment = start_assessment(version=version, title="To work", context="", browser=owner)
    Editor.objects.create(assessment=assessment, holder=guest)
    reports = [freeze_report(assessment=assessment, browser=who) for who in (owner, gone)]
    world = World(
        keys=[str(assessment.pk), *(str(report.pk) for report in reports)],
        questions=list(questionnaire_for(assessment).questions),
    )
    browsers = [owner, owner, guest, gone, uuid.UUID(int=seed * 10 + 9), None]
    visitors = [
        Visitor(seed * 10 + number, world, browser) for number, browser in enumerate(browsers)
    ]
    for visitor in visitors[:4]:
        visitor.links += [
            assessment.get_absolute_url(),
            *(report.get_absolute_url() for report in reports),
        ]
    return visitors


def test_no_request_is_answered_with_500(bicycle):
    assert not settings.DEBUG
    statuses: Counter[int] = Counter()
    failures = []
    reached = set()
    for number in range(REQUESTS):
        if number % ROUND == 0:
            visitors = visitors_of(bicycle, SEED + number)
        sent, response = visitors[number % len(visitors)].go_on()
        statuses[response.status_code] += 1
        with suppress(Resolver404):
            reached.add(response.resolver_match.url_name)
        if response.status_code == 500:
            error = "".join(traceback.format_exception(*response.exc_info)[-3:])
            failures.append(f"{sent}\n{error}")
    known = {pattern.name for pattern in get_resolver().url_patterns}
    print(f"{REQUESTS} requests, {len(reached & known)} of {len(known)} addresses reached")
    print(f"answers by status: {dict(sorted(statuses.items()))}")
    assert not failures, "\n\n".join([f"{len(failures)} answers are 500", *failures[:20]])
    assert statuses[200] > REQUESTS / 10, "most requests must get somewhere"
