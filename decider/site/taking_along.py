"""Work that was begun in a browser before its person signed in."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Q, QuerySet

from decider.assessments.history import add_change
from decider.assessments.models import Assessment, ChangeKind, Editor
from decider.reports.models import Reader, Report


def work_of(key: uuid.UUID) -> tuple[int, int]:
    """How many assessments this key may edit, and how many reports it may read."""
    return Editor.objects.filter(holder=key).count(), Report.objects.readable_by(key).count()


def has_work(key: uuid.UUID) -> bool:
    """Whether there is anything to take along."""
    return Editor.objects.filter(holder=key).exists() or _kept_reports(key).exists()


@transaction.atomic
def take_along(*, browser: uuid.UUID, person: uuid.UUID) -> None:
    """Give a person all that this browser may edit and read; the browser may no more.

    Where both edit an assessment, the person owns it if either did. Reports don't change: who
    saved one stays written in it.
    """
    kept = set(_kept_reports(browser)) - set(_kept_reports(person))
    rows = Reader.objects.filter(holder=browser)
    with_comments = set(rows.filter(reads_comments=True).values_list("report", flat=True))
    Reader.objects.bulk_create(
        Reader(report_id=report, holder=person, reads_comments=report in with_comments)
        for report in kept
    )
    rows.delete()
    for editor in _locked_editors(browser):
        _take_over(editor, person)


def _kept_reports(key: uuid.UUID) -> QuerySet[Report, uuid.UUID]:
    """The reports that this key may read whatever it may edit."""
    read = Reader.objects.filter(holder=key).values("report")
    kept = Report.objects.filter(Q(saved_by=key) | Q(pk__in=read))
    return kept.values_list("pk", flat=True)


def _locked_editors(browser: uuid.UUID) -> QuerySet[Editor]:
    """The rows of this browser, with their assessments locked, deleted ones too."""
    edited = Editor.objects.filter(holder=browser).values("assessment")
    for manager in (Assessment.objects, Assessment.deleted):
        list(manager.select_for_update().filter(pk__in=edited).order_by("pk"))
    return Editor.objects.filter(holder=browser).select_related("assessment")


def _take_over(editor: Editor, person: uuid.UUID) -> None:
    add_change(
        assessment=editor.assessment,
        actor=person,
        kind=ChangeKind.TAKEN_ALONG,
        whom=str(editor.holder),
    )
    own = Editor.objects.filter(assessment=editor.assessment_id, holder=person).first()
    if own is None:
        editor.holder = person
        editor.save(update_fields=["holder"])
        return
    editor.delete()
    own.is_owner = own.is_owner or editor.is_owner
    own.save(update_fields=["is_owner"])
