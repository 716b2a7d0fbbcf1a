"""One report, one file: byte for byte, whoever prints it and wherever."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from django.conf import settings

from decider.reports.pdf.order import Order
from decider.reports.pdf.render import pdf_job, render_pdf
from tests.presentation.builders import METADATA, document
from tests.reports.pdf.pdf_files import print_job, printed

CODE = """
import django, sys
django.setup()
from decider.reports.pdf.order import Order
from decider.reports.pdf.render import render_pdf
from tests.presentation.builders import METADATA, document
sys.stdout.buffer.write(render_pdf(Order(document(notes={"minutes": "Fifty"}), METADATA)))
"""


@pytest.mark.parametrize(
    ("seed", "zone", "language"), [("1", "Asia/Tokyo", "de_DE.UTF-8"), ("4321", "UTC", "C")]
)
def test_bytes_are_the_same_in_any_process_zone_and_locale(seed, zone, language) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LC_ALL": language,
    }
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        capture_output=True,
        check=True,
        env=environment,
        cwd=settings.BASE_DIR,
    )
    assert done.stdout == printed(document(notes={"minutes": "Fifty"}))


def test_bytes_do_not_depend_on_what_was_printed_before() -> None:
    first = printed(document())
    printed(document({}, title="\u4ed8\u6b3e \U0001f680"))
    assert printed(document()) == first


def test_bytes_do_not_depend_on_the_zone_that_the_moment_is_given_in() -> None:
    tokyo = replace(METADATA, saved_at=METADATA.saved_at.astimezone(timezone(timedelta(hours=9))))
    assert print_job(pdf_job(Order(document(), tokyo))) == printed(document())


def test_worker_of_the_server_prints_the_same_bytes() -> None:
    assert render_pdf(Order(document(), METADATA)) == printed(document())
