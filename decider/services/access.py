"""Who may do what: all rules of access are here.

Whoever began an assessment owns it; those who opened its private edit link edit it. Who saved a
report, or edited its assessment when that was deleted, may always read that report.
"""

from __future__ import annotations

import uuid
from enum import Flag, auto
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from decider.models import Assessment, Editor, Report


class Can(Flag):
    """What a browser may do with an assessment or a report.

    RECORD: save reports and record decisions. SHARE: make and revoke share links of reports.
    ADMINISTER: remove editors, replace the private edit link, delete the assessment.
    """

    READ = auto()
    ANSWER = auto()
    RECORD = auto()
    SHARE = auto()
    ADMINISTER = auto()


READER = Can.READ
EDITOR = Can.READ | Can.ANSWER | Can.RECORD | Can.SHARE
OWNER = EDITOR | Can.ADMINISTER


def find_assessment(*, pk: uuid.UUID, browser: uuid.UUID) -> tuple[Assessment, Can] | None:
    """The assessment with its version and what this browser may do; None where that is nothing."""
    editors = Editor.objects.filter(assessment=OuterRef("pk")).order_by("pk")
    mine = Assessment.objects.editable_by(browser).select_related("version")
    found: Any = mine.annotate(owner=Subquery(editors.values("browser")[:1])).filter(pk=pk).first()
    if found is None:
        return None
    return found, OWNER if found.owner == browser else EDITOR


def find_report(*, pk: uuid.UUID, browser: uuid.UUID) -> tuple[Report, Can] | None:
    """The report and what this browser may do; None where that is nothing."""
    editors = Editor.objects.filter(assessment=OuterRef("assessment"), browser=browser)
    readable = Report.objects.readable_by(browser).annotate(edited=Exists(editors))
    found: Any = readable.filter(pk=pk).first()
    if found is None:
        return None
    return found, EDITOR if found.edited else READER
