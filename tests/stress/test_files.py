"""No file, however damaged, and no address is answered with 500, nor takes much time or memory.

STRESS_FILES sets how many are tried of each kind.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections import Counter
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decider.base.files import read_yaml
from decider.engine.questionnaire.errors import PathErrors
from decider.questionnaires.versions import load_questionnaire
from decider.reports.proof.entries import record_file
from decider.reports.services.reports import export_of
from tests import bicycle, heating
from tests.conftest import client_of
from tests.reports.proof.proof_files import pdf_with
from tests.stress import readers
from tests.stress.damage import damaged_bytes, damaged_data

FULL = "STRESS_FILES" in os.environ
TRIED = int(os.environ.get("STRESS_FILES", "30"))
SECONDS = 2
"""Of the processor, for one file."""
KILOBYTES = 300_000

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)
ANSWERS = (
    b"questionnaire: which-bicycle\ntitle: To work\nanswers:\n  load: bag\nnotes:\n  load: Two\n"
)

tried = settings(
    max_examples=TRIED,
    deadline=None,
    derandomize=not FULL,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def little_memory():
    """Fails a test that takes more memory than it may. PDFs that are sent are read in a process
    that has a limit of its own."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < KILOBYTES


def in_time(work, *arguments):
    """What this returns, within the time that it may take of the processor."""
    started = time.thread_time()
    result = work(*arguments)
    assert time.thread_time() - started < SECONDS
    return result


QUESTIONNAIRES = [bicycle.TEXT.encode(), heating.TEXT.encode()]


@tried
@given(st.one_of(damaged_bytes(QUESTIONNAIRES), damaged_data([bicycle.data(), heating.data()])))
def test_questionnaire_file_is_read_or_refused_in_words(content):
    in_time(readers.questionnaire, content)


@tried
@given(st.one_of(damaged_bytes([ANSWERS]), damaged_data([read_yaml(ANSWERS)])))
def test_answers_file_is_read_or_refused_in_words(content):
    in_time(readers.answers, content)


@tried
@given(damaged_bytes([pdf_with(b"{}", record=b"{}", other=b"x")]))
def test_pdf_is_read_or_refused_in_words(content):
    in_time(readers.pdf, content)


@pytest.fixture
def version(db):
    """A small questionnaire, in place of the default one."""
    loaded, _ = load_questionnaire(text=bicycle.TEXT)
    return loaded


def test_damaged_questionnaire_is_loaded_or_refused(version):
    @settings(tried, max_examples=max(TRIED // 10, 5))
    @given(damaged_data([bicycle.data()]))
    def check(content):
        try:
            in_time(lambda: load_questionnaire(text=content))
        except PathErrors:
            return

    check()


@pytest.mark.parametrize("name", ["verify_record", "import_report"])
def test_file_that_is_sent_gets_a_page(browser_key, report, name):
    client = client_of(browser_key)
    export, record = export_of(report).encode(), record_file(report.record).encode()
    pdf = pdf_with(export, record=record)
    roots = [json.loads(export), json.loads(record)]
    files = st.one_of(
        damaged_data(roots),
        damaged_data(roots),
        damaged_bytes([export, record, ANSWERS]),
        damaged_bytes([PNG, b"PK\x03\x04", b"GIF89a", b"<svg/>", b""]),
        *([damaged_bytes([pdf])] if FULL else []),
    )
    statuses: Counter[int] = Counter()

    @tried
    @given(files)
    def check(content):
        sent = {"file": SimpleUploadedFile("report.json", content)}
        statuses[in_time(client.post, reverse(name), sent).status_code] += 1

    check()
    client.post(reverse(name), {"file": SimpleUploadedFile("report.pdf", pdf)})
    assert set(statuses) <= {200, 302, 422}
    assert statuses[422] < sum(statuses.values()), "some files must get somewhere"


def test_no_address_is_answered_with_500(browser_key, report):
    client = client_of(browser_key)
    stranger = Client(raise_request_exception=False)
    known = [report.get_absolute_url(), report.assessment.get_absolute_url(), "/assessments/"]
    known += ["/shared/", "/edit/", "/asked/", "/schemas/", "/"]
    text = st.text(st.characters(codec="utf-8"), max_size=30)
    parts = st.one_of(
        text, st.sampled_from(["..", "%2e", "//", "\0", "pdf", "?", ";", "%", "a" * 9000])
    )
    statuses: Counter[int] = Counter()

    @tried
    @given(
        st.sampled_from(known), st.lists(parts, max_size=3), st.dictionaries(text, text, max_size=3)
    )
    def check(start, rest, query):
        address = start + quote("/".join(rest), safe="/%;")
        for who in (client, stranger):
            statuses[in_time(who.get, address, query).status_code] += 1

    check()
    assert 500 not in statuses
    assert statuses[404]
