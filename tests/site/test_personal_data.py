"""What is kept of one person, and drafts that nobody goes on with."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from decider.assessments.editors import name_browser
from decider.assessments.models import Assessment, Browser
from decider.assessments.services import start_assessment
from decider.reports.models import Comment, Flag
from decider.reports.models.record import ERASED
from decider.reports.services.comments import Author, add_comment, set_flag, set_resolved
from decider.reports.services.records import add_entry
from decider.rounds.models import Participant
from decider.rounds.services import begin_round
from tests.conftest import answer_first

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(report, assessment, browser_key) -> None:
    """Ada owns an assessment with a note and a report, in whose record she is named."""
    name_browser(browser=browser_key, name="Ada")
    answer_first(assessment, "a note", browser_key)
    add_entry(record=report.record, revision=1, status="rejected", by="Ada")
    own = add_comment(report=report, author=Author(browser_key, "Ada"), text="Why?")
    set_resolved(thread=own, by="Ada", resolved=True)
    set_flag(report=report, question="q", by="Ada")
    begin_round(assessment=assessment).participants.create(name="ada")


def test_export_holds_what_somebody_made_and_where_they_are_named(ada, report, tmp_path, run):
    path = tmp_path / "ada.json"
    said = run("export_person", "ada", str(path))
    counts = "1 assessments, 3 changes, 1 reports saved, 1 comments, 1 rounds, 1 named in"
    assert said == f"{path} holds {counts}.\n"
    assert path.stat().st_mode & 0o777 == 0o600
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["account"] is None
    assert data["assessments"][0]["answers"][0]["note"] == "a note"
    assert [change["kind"] for change in data["changes"]] == ["started", "report", "answer"]
    assert data["reports_saved"][0]["id"] == str(report.pk)
    assert [(row["author_name"], row["text"]) for row in data["comments"]] == [("Ada", "Why?")]
    assert [part["name"] for part in data["rounds"]] == ["ada"]
    assert data["named_in"] == [
        {"record": str(report.record), "entry": 2, "path": "by", "text": "Ada"}
    ]


def test_erasing_is_tried_dry_first_and_then_done(ada, report, run):
    said = run("erase_person", "Ada", "--dry-run")
    assert f"{report.record}, entry 2, by: Ada" in said
    assert Browser.objects.count() == 1
    said = run("erase_person", "Ada")
    assert said.startswith("Erased: no account, names of browsers: 1, fields of records: 1.")
    assert Browser.objects.count() == 0
    assert report.record.entries.get(number=2).by == ERASED
    assert Participant.objects.get().name.startswith("Erased ")
    assert Assessment.objects.count() == 1
    comment = Comment.objects.get()
    assert (comment.author_name, comment.resolved_by, comment.text) == ("Erased", "Erased", "Why?")
    assert Flag.objects.get().by == "Erased"


def test_drafts_that_are_stale_are_listed_and_deleted_to_be_restored(
    version, report, browser_key, run, refused
):
    draft, fresh = (
        start_assessment(version=version, title=title, context="", browser=browser_key)
        for title in ("Stale", "Fresh")
    )
    old = timezone.now() - timedelta(days=400)
    Assessment.objects.exclude(pk=fresh.pk).update(updated_at=old)
    said = run("delete_drafts", "365", "--dry-run")
    assert said == f"{draft.pk}  {old:%Y-%m-%d}  Stale\n1 would be deleted.\n"
    assert Assessment.objects.count() == 3
    assert run("delete_drafts", "365") == "1 deleted.\n"
    assert Assessment.deleted.get() == draft
    assert refused("delete_drafts", "0") == "Give a number of days from 1."
