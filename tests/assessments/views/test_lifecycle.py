"""The pages that rename, copy, archive, delete and restore an assessment."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from decider.assessments.lifecycle import delete_assessment
from decider.assessments.models import Assessment, Editor
from decider.assessments.services import change_assessment, edit_token, open_edit_link
from tests.conftest import client_of


def address(name, assessment):
    return reverse(f"{name}_assessment", args=[assessment.pk])


def test_renaming_leads_back_to_the_list(editor, assessment):
    sent = {"title": " Invoicing ", "revision": 0}
    page = editor.post(address("rename", assessment), sent, follow=True)
    assert page.redirect_chain == [(reverse("workspace"), 302)]
    assert "Renamed to “Invoicing”." in page.content.decode()
    assert Assessment.objects.get().title == "Invoicing"


def test_rename_of_a_stale_page_shows_both_names_and_overwrites_nothing(editor, assessment):
    change_assessment(assessment=assessment, revision=0, title="Theirs")
    url = address("rename", assessment)
    page = editor.post(url, {"title": "Mine", "revision": 0})
    text = page.content.decode()
    assert page.status_code == 422
    assert "<strong>Theirs</strong>" in text
    assert 'value="Mine"' in text
    assert Assessment.objects.get().title == "Theirs"
    editor.post(url, {"title": "Mine", "revision": 1})
    assert Assessment.objects.get().title == "Mine"


@pytest.mark.parametrize("title", ["", "x" * 121])
def test_bad_name_is_told_at_its_field(editor, assessment, title):
    page = editor.post(address("rename", assessment), {"title": title, "revision": 0})
    assert list(page.context["form"].errors) == ["title"]
    assert f'value="{title}"' in page.content.decode() or not title
    assert Assessment.objects.get().title == "Billing"


def test_copy_stands_in_the_list_under_a_name_of_its_own(editor, assessment):
    page = editor.post(address("duplicate", assessment), follow=True)
    assert [row.assessment.title for row in page.context["rows"]] == ["Billing (copy)", "Billing"]


def test_example_opened_twice_has_two_names(version, editor, browser_key):
    for _ in range(2):
        editor.post(reverse("start_example"))
    titles = sorted(a.title for a in Assessment.objects.open_to(browser_key))
    assert titles[1] == f"{titles[0]} (copy)"


def test_archiving_offers_to_undo_it(editor, assessment):
    page = editor.post(address("archive", assessment), follow=True)
    undo = address("unarchive", assessment)
    assert f'action="{undo}"' in page.content.decode()
    assert page.context["rows"] == []
    assert f'action="{undo}"' not in editor.get(reverse("workspace")).content.decode()
    editor.post(undo)
    assert Editor.objects.get().archived_at is None


def test_deletion_says_what_is_lost_and_offers_to_undo_it(editor, assessment):
    url = address("delete", assessment)
    assert "gone for good" in editor.get(url).content.decode()
    assert Assessment.objects.exists()
    page = editor.post(url, follow=True)
    undo = address("restore", assessment)
    assert f'action="{undo}"' in page.content.decode()
    assert not Assessment.objects.exists()
    editor.post(undo)
    assert Assessment.objects.get() == assessment


def test_deleted_assessment_is_restored_or_removed_by_its_owner_only(editor, assessment):
    guest = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=guest)
    delete_assessment(assessment=assessment)
    urls = [address("restore", assessment), address("purge", assessment)]
    assert [client_of(guest).post(url).status_code for url in urls] == [404, 404]
    assert editor.post(urls[1]).url == f"{reverse('workspace')}?show=deleted"
    assert not Assessment.deleted.exists()
    assert [editor.post(url).status_code for url in urls] == [404, 404]
