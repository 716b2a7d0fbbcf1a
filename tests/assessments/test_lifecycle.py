"""Copies, archive, deletion with its undo, and what is deleted for good."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from decider.assessments.lifecycle import (
    KEPT_AFTER_DELETION,
    archive_assessment,
    delete_assessment,
    duplicate_assessment,
    purge_assessment,
    restore_assessment,
    unarchive_assessment,
)
from decider.assessments.models import Answer, Assessment, Editor
from decider.assessments.services import (
    answers_of,
    assessment_by_edit_link,
    change_assessment,
    edit_token,
    open_edit_link,
    start_assessment,
)
from tests.conftest import answer_first


def given(assessment):
    return {key: (a.value, a.note) for key, a in answers_of(assessment).items()}


def test_copy_has_answers_notes_weights_and_context_and_one_owner(assessment, browser_key):
    answer_first(assessment, "As in the audit")
    change_assessment(assessment=assessment, revision=0, weights={"security": 40})
    open_edit_link(token=edit_token(assessment), browser=uuid.uuid4())
    copy = duplicate_assessment(assessment=assessment, browser=browser_key)
    assert given(copy) == given(assessment)
    assert (copy.weights, copy.context) == ({"security": 40}, "Invoices since 2009")
    assert [(e.holder, e.is_owner) for e in copy.editors.all()] == [(browser_key, True)]


def test_copies_are_named_apart(assessment, browser_key):
    first = duplicate_assessment(assessment=assessment, browser=browser_key)
    second = duplicate_assessment(assessment=assessment, browser=browser_key)
    third = duplicate_assessment(assessment=first, browser=browser_key)
    names = [copy.title for copy in (first, second, third)]
    assert names == ["Billing (copy)", "Billing (copy 2)", "Billing (copy 3)"]


def test_name_of_a_copy_is_cut_to_what_fits(version, browser_key):
    long = start_assessment(version=version, title="x" * 120, context="", browser=browser_key)
    copy = duplicate_assessment(assessment=long, browser=browser_key)
    assert copy.title == f"{'x' * 113} (copy)"


def test_copy_of_a_deleted_assessment_is_refused(assessment, browser_key):
    delete_assessment(assessment=assessment)
    with pytest.raises(Assessment.DoesNotExist):
        duplicate_assessment(assessment=assessment, browser=browser_key)


def test_archive_is_that_of_one_browser(assessment, browser_key):
    guest = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=guest)
    archive_assessment(assessment=assessment, browser=guest)
    archived = Editor.objects.filter(archived_at__isnull=False)
    assert [editor.holder for editor in archived] == [guest]
    unarchive_assessment(assessment=assessment, browser=guest)
    assert not archived.all().exists()


def test_deleted_assessment_is_found_by_nobody_and_restored_as_it_was(assessment, browser_key):
    answer_first(assessment, "As in the audit")
    token, before = edit_token(assessment), given(assessment)
    delete_assessment(assessment=assessment)
    assert not Assessment.objects.open_to(browser_key).exists()
    assert assessment_by_edit_link(token=token) is None
    restore_assessment(assessment=assessment)
    assert given(Assessment.objects.get()) == before
    assert assessment_by_edit_link(token=token) == assessment


def test_second_deletion_and_second_restoration_are_told_so(assessment):
    delete_assessment(assessment=assessment)
    with pytest.raises(Assessment.DoesNotExist):
        delete_assessment(assessment=assessment)
    restore_assessment(assessment=assessment)
    with pytest.raises(Assessment.DoesNotExist):
        restore_assessment(assessment=assessment)
    with pytest.raises(Assessment.DoesNotExist):
        purge_assessment(assessment=assessment)
    assert Assessment.objects.get() == assessment


def test_purge_command_removes_what_can_no_longer_be_restored(version, assessment, run):
    answer_first(assessment, "")
    recent = start_assessment(version=version, title="Recent", context="", browser=uuid.uuid4())
    start_assessment(version=version, title="Present", context="", browser=uuid.uuid4())
    for old in (assessment, recent):
        delete_assessment(assessment=old)
    ages = {assessment: timedelta(seconds=1), recent: -timedelta(minutes=1)}
    for deleted, age in ages.items():
        moment = timezone.now() - KEPT_AFTER_DELETION - age
        Assessment.deleted.filter(pk=deleted.pk).update(deleted_at=moment)
    assert [run("purge_deleted") for _ in range(2)] == ["1 removed.\n", "0 removed.\n"]
    assert [a.title for a in Assessment.deleted.all()] == ["Recent"]
    assert [a.title for a in Assessment.objects.all()] == ["Present"]
    assert not Answer.objects.exists()


def test_assessment_has_one_owner_whoever_opens_its_link(version):
    saved = start_assessment(version=version, title="Saved", context="", browser=None)
    for _ in range(2):
        open_edit_link(token=edit_token(saved), browser=uuid.uuid4())
    assert [e.is_owner for e in saved.editors.order_by("pk")] == [True, False]
