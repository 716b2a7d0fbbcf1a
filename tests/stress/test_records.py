"""Two people who add to a decision record at the same moment: one chain, and both are told."""

from __future__ import annotations

import json
from functools import partial

import pytest
from django.urls import reverse

from decider.assessments.models import Editor
from decider.reports.models import Report
from decider.reports.proof.audit import audit
from decider.reports.proof.checking import Proof, check_record
from decider.reports.proof.entries import record_file
from decider.reports.proof.signing import public_keys
from decider.reports.services.reports import freeze_report
from tests.conftest import client_of
from tests.stress.race import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report(assessment, browser_key):
    return freeze_report(assessment=assessment, browser=browser_key)


def add(report, browser, status):
    fields = {"status": status, "by": "Ada", "why": "Board", "revision": 1}
    fields |= {"alternative": "vm", "reason": "Known"}
    return client_of(browser).post(reverse("record", args=[report.pk]), fields)


@pytest.mark.parametrize("statement", [5, 7, 9, 12, 13, 15])
def test_two_entries_at_once_make_one_chain(report, browser_key, statement):
    guest = report.pk
    Editor.objects.create(assessment=report.assessment, holder=guest)
    codes = race(
        partial(add, report, browser_key, "accepted"),
        partial(add, report, guest, "rejected"),
        statement=statement,
    )
    assert sorted(codes) == [302, 422]
    record = json.loads(record_file(Report.objects.get(pk=report.pk).record))
    check = check_record(record, public_keys())
    assert (check.proof, len(check.entries)) == (Proof.GENUINE, 2)
    assert check.status == ("accepted" if codes[0] == 302 else "rejected")
    assert list(audit(public_keys())) == []
