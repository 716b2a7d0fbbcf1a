"""Editors: the offer of the private edit link, names, and whose an assessment is."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from decider.assessments.editors import (
    answer_link_offer,
    editors_of,
    hand_over,
    link_to_offer,
    name_browser,
)
from decider.assessments.models import Assessment, Browser, Editor, LinkOffer
from decider.assessments.services import (
    answer_question,
    answers_of,
    edit_token,
    leave_assessment,
    open_edit_link,
    remove_editor,
    walk_through,
)
from decider.reports.services.reports import freeze_report
from tests.conftest import client_of

OFFER = "Keep a way back"


def answer(assessment, count):
    """Answer so many questions, in the order asked, with "I don't know"."""
    for _ in range(count):
        key = walk_through(assessment, answers_of(assessment)).current.key
        answer_question(
            assessment=assessment, question_key=key, value="unknown", note="", revision=0
        )


def offers(client, *urls):
    return [OFFER in client.get(url, follow=True).content.decode() for url in urls]


def pages(assessment):
    return reverse("resume", args=[assessment.pk]), reverse("check", args=[assessment.pk])


@pytest.mark.parametrize(
    ("answered", "offered"), [(2, [False, False]), (3, [True, True]), (4, [False, True])]
)
def test_link_is_offered_once_on_the_way_and_again_on_review(assessment, editor, answered, offered):
    answer(assessment, answered)
    assert offers(editor, *pages(assessment)) == offered


def test_offered_link_lets_another_browser_in(assessment, editor, stranger):
    answer(assessment, 3)
    page = editor.get(reverse("check", args=[assessment.pk])).content.decode()
    link = reverse("open_edit_link", args=[edit_token(assessment)])
    assert f'value="http://127.0.0.1:8000{link}"' in page
    assert stranger.get(link).status_code == 302


def test_link_that_has_expired_is_not_offered(assessment, editor):
    answer(assessment, 3)
    Assessment.objects.update(edit_link_expires_at=timezone.now())
    assert offers(editor, *pages(assessment)) == [False, False]


def test_link_that_is_kept_is_offered_no_more(assessment, editor, browser_key):
    answer(assessment, 3)
    url = reverse("answer_link_offer", args=[assessment.pk])
    back = reverse("check", args=[assessment.pk])
    assert editor.post(url, {"answer": "kept", "back": back}).url == back
    report = freeze_report(assessment=assessment, browser=browser_key)
    assert offers(editor, *pages(assessment), report.get_absolute_url()) == [False] * 3


def test_offer_that_was_put_off_comes_again_with_the_report_and_then_no_more(
    assessment, editor, browser_key
):
    answer(assessment, 3)
    url = reverse("answer_link_offer", args=[assessment.pk])
    editor.post(url, {"answer": "later"})
    report = freeze_report(assessment=assessment, browser=browser_key)
    assert offers(editor, *pages(assessment), report.get_absolute_url()) == [False, False, True]
    editor.post(url, {"answer": "no"})
    assert offers(editor, report.get_absolute_url()) == [False]


def test_link_is_offered_to_the_owner_only(assessment, browser_key):
    guest = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=guest)
    occasion = LinkOffer.ANSWERS
    offered = [
        link_to_offer(assessment=assessment, browser=browser, occasion=occasion)
        for browser in (browser_key, guest)
    ]
    assert offered == [edit_token(assessment), None]
    answer(assessment, 3)
    assert offers(client_of(guest), *pages(assessment)) == [False, False]


def test_answer_sent_by_htmx_stays_on_the_page(assessment, editor):
    url = reverse("answer_link_offer", args=[assessment.pk])
    response = editor.post(url, {"answer": "kept"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert reverse("assessment_settings", args=[assessment.pk]) in response.content.decode()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "", "javascript:1", "quick"]
)
def test_answer_leads_to_no_other_site(assessment, editor, back):
    url = reverse("answer_link_offer", args=[assessment.pk])
    response = editor.post(url, {"answer": "kept", "back": back})
    assert response.url == reverse("resume", args=[assessment.pk])


def test_answer_on_a_deleted_assessment_is_refused(assessment, browser_key):
    Assessment.objects.get().delete()
    with pytest.raises(Assessment.DoesNotExist):
        answer_link_offer(assessment=assessment, browser=browser_key, later=True)


@pytest.fixture
def guest_key(assessment) -> uuid.UUID:
    """The key of a browser that opened the edit link."""
    key = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=key)
    return key


def editor_of(assessment, browser):
    return assessment.editors.get(holder=browser)


def owners(assessment):
    return [editor.holder for editor in assessment.editors.filter(is_owner=True)]


def test_name_of_a_browser_is_seen_by_those_who_edit_with_it(assessment, editor, guest_key):
    guest, settings = client_of(guest_key), reverse("assessment_settings", args=[assessment.pk])
    saved = guest.post(reverse("your_name"), {"name": " Ada  Lovelace ", "back": settings})
    assert saved.url == settings
    assert "<strong>Ada Lovelace</strong>" in editor.get(settings).content.decode()
    assert 'value="Ada Lovelace"' in guest.get(reverse("your_name")).content.decode()
    guest.post(reverse("your_name"), {"name": ""})
    assert not Browser.objects.exists()
    assert "<strong>Browser 2</strong>" in editor.get(settings).content.decode()


def test_name_that_is_too_long_is_told_at_its_field_and_kept(editor, version):
    page = editor.post(reverse("your_name"), {"name": "x" * 81, "back": "/assessments/"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["name"])
    assert f'value="{"x" * 81}"' in page.content.decode()
    assert 'value="/assessments/"' in page.content.decode()


def test_editors_are_read_in_one_query(assessment, guest_key, django_assert_num_queries):
    name_browser(browser=guest_key, name="Ada")
    with django_assert_num_queries(1):
        assert [editor.name for editor in editors_of(assessment)] == [None, "Ada"]


def test_owner_hands_over_and_goes_on_as_an_editor(assessment, editor, browser_key, guest_key):
    settings = reverse("assessment_settings", args=[assessment.pk])
    url = reverse("make_owner", args=[assessment.pk, editor_of(assessment, guest_key).pk])
    assert f'action="{url}"' in editor.get(settings).content.decode()
    assert editor.post(url).url == settings
    assert owners(assessment) == [guest_key]
    page = editor.get(settings).content.decode()
    assert "Handed over. You can still edit the assessment." in page
    assert editor.post(url).status_code == 403
    delete = reverse("delete_assessment", args=[assessment.pk])
    opened = [client.get(delete).status_code for client in (editor, client_of(guest_key))]
    assert opened == [403, 200]


def test_only_the_owner_hands_over_and_to_another_editor_of_it(
    assessment, editor, browser_key, guest_key
):
    mine, theirs = (
        reverse("make_owner", args=[assessment.pk, editor_of(assessment, key).pk])
        for key in (browser_key, guest_key)
    )
    assert [client_of(guest_key).post(url).status_code for url in (mine, theirs)] == [403, 403]
    assert editor.post(mine).status_code == 403
    assert editor.post(reverse("make_owner", args=[assessment.pk, 999])).status_code == 404
    assert owners(assessment) == [browser_key]


def test_second_of_two_that_hand_over_at_once_is_refused(assessment, browser_key, guest_key):
    other = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=other)
    first, second = (editor_of(assessment, key) for key in (guest_key, other))
    hand_over(assessment=assessment, owner=browser_key, editor=first)
    with pytest.raises(Editor.DoesNotExist):
        hand_over(assessment=assessment, owner=browser_key, editor=second)
    assert owners(assessment) == [guest_key]


def test_whoever_became_the_owner_is_neither_removed_nor_leaves(assessment, browser_key, guest_key):
    stale = editor_of(assessment, guest_key)
    hand_over(assessment=assessment, owner=browser_key, editor=stale)
    with pytest.raises(Editor.DoesNotExist):
        remove_editor(editor=stale)
    leave_assessment(assessment=assessment, browser=guest_key)
    assert owners(assessment) == [guest_key]
