"""Comments on a report: written, answered, changed, removed, resolved; by editors and readers."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decider.assessments.editors import name_browser
from decider.assessments.lifecycle import delete_assessment, purge_assessment
from decider.assessments.services import edit_token, leave_assessment, open_edit_link
from decider.presentation.report import present_report
from decider.reports.models import Comment, Flag, Report, ShareLink
from decider.reports.services import comments as services
from decider.reports.services.comments import Author, add_comment
from decider.reports.services.reports import export_of, freeze_report
from decider.reports.services.sharing import revoke_share_link, share_report
from decider.reports.views.threads import questions_of
from tests.conftest import client_of, reader_of
from tests.stress.race import race

WEEK = timedelta(days=7)


@pytest.fixture
def link(report) -> tuple[ShareLink, str]:
    """A share link whose readers may comment, and its token."""
    return share_report(report=report, label="", lifetime=WEEK, may_comment=True)


@pytest.fixture
def question(report) -> str:
    """The key of the first question of the report."""
    return questions_of(present_report(report.document))[0][0]


def page_of(report: Report) -> str:
    return reverse("comments", args=[report.pk])


def write(client: Client, about: Report, address: str = "", **sent: object):
    """What the form of a comment gets."""
    form = {"text": "Why?", "name": "Grace", "report": str(about.pk), **sent}
    return client.post(address or page_of(about), form)


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_comment_stands_on_its_page_and_is_counted_at_its_question(editor, report, question):
    sent = write(editor, report, question=question, text="Really?\nhttps://example.org/?a=1&b=2")
    comment = Comment.objects.get()
    assert sent.url == f"{page_of(report)}#comment-{comment.pk}"
    page = text_of(editor, page_of(report))
    assert "<strong>Grace</strong>" in page
    safe = '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow">'
    assert f"Really?<br>{safe}" in page
    shown = text_of(editor, report.get_absolute_url())
    assert f'href="{page_of(report)}#on-{question}">1 comment' in shown
    assert "1 comment, 1 thread open." in shown


def test_text_is_shown_as_text(editor, report):
    write(editor, report, text="<script>alert(1)</script> javascript:alert(1)")
    page = text_of(editor, page_of(report))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; javascript:alert(1)" in page


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"text": " "}, "Enter some text."),
        ({"name": ""}, "Give your name"),
        ({"question": "nothing"}, "Choose one of the questions of this report."),
        ({"text": "x" * 4001}, "at most 4000 fit"),
        ({"report": str(uuid.UUID(int=1))}, "A newer report was saved in the meantime"),
    ],
)
def test_bad_comment_is_explained_and_nothing_typed_is_lost(editor, report, sent, error):
    page = write(editor, report, **{"text": "As typed", **sent})
    assert page.status_code == 422
    assert error in page.content.decode()
    assert sent.get("text", "As typed").strip() in page.content.decode()
    assert Comment.objects.count() == 0


def test_reply_opens_a_resolved_thread_again(editor, report):
    write(editor, report)
    thread = Comment.objects.get()
    resolve = reverse("resolve_comment", args=[report.pk, thread.pk])
    editor.post(resolve, {"resolve": ""})
    assert "Resolved</span>" in text_of(editor, page_of(report))
    thread.refresh_from_db()
    assert thread.resolved_by == "Grace"
    write(editor, report, thread=thread.pk, text="Because")
    thread.refresh_from_db()
    assert (thread.resolved_at, [reply.text for reply in thread.replies.all()]) == (
        None,
        ["Because"],
    )
    editor.post(resolve, {"resolve": ""})
    editor.post(resolve, {"reopen": ""})
    thread.refresh_from_db()
    assert thread.resolved_at is None


def test_reply_to_a_reply_or_to_another_report_is_not_found(editor, report, assessment):
    write(editor, report)
    first = Comment.objects.get()
    write(editor, report, thread=first.pk)
    reply = first.replies.get()
    assert write(editor, report, thread=reply.pk).status_code == 404
    assert write(editor, report, thread="x").status_code == 404


def test_own_comment_is_edited_and_removed_and_others_are_not(editor, report, link):
    write(editor, report)
    comment = Comment.objects.get()
    edit, remove = (
        reverse(name, args=[report.pk, comment.pk]) for name in ("edit_comment", "remove_comment")
    )
    reader = reader_of(link[1])
    theirs = reverse("shared_edit_comment", args=[link[0].public_id, comment.pk])
    assert reader.post(theirs, {"text": "Mine", "revision": 1}).status_code == 403
    assert editor.post(edit, {"text": "", "revision": 1}).status_code == 422
    assert editor.post(edit, {"text": "Why not?", "revision": 1}).status_code == 302
    stale = editor.post(edit, {"text": "As typed", "revision": 1})
    assert stale.status_code == 422
    assert "As typed" in stale.content.decode()
    assert "Why not?" in stale.content.decode()
    write(editor, report, thread=comment.pk, text="A reply")
    editor.post(remove)
    page = text_of(editor, page_of(report))
    assert "Removed by its author." in page
    assert "A reply" in page
    assert "Why not?" not in page
    comment.refresh_from_db()
    assert comment.text == ""
    gone = editor.post(edit, {"text": "As typed later", "revision": 2})
    assert gone.status_code == 422
    assert "This comment was removed in the meantime." in gone.content.decode()
    assert "As typed later</textarea>" in gone.content.decode()
    assert ">Save</button>" not in gone.content.decode()
    led = editor.get(edit, follow=True)
    assert "This comment has been removed." in led.content.decode()
    assert Comment.objects.get(pk=comment.pk).text == ""
    again = editor.post(remove, follow=True)
    assert "The comment had been removed already." in again.content.decode()


def test_comment_removed_while_its_change_is_saved_keeps_what_was_typed(
    editor, report, monkeypatch
):
    write(editor, report)
    comment = Comment.objects.get()
    edit_comment = services.edit_comment

    def remove_first(**change):
        services.remove_comment(comment=comment)
        return edit_comment(**change)

    monkeypatch.setattr(services, "edit_comment", remove_first)
    edit = reverse("edit_comment", args=[report.pk, comment.pk])
    gone = editor.post(edit, {"text": "As typed", "revision": 1})
    assert gone.status_code == 422
    assert "This comment was removed in the meantime." in gone.content.decode()
    assert "As typed</textarea>" in gone.content.decode()


def test_reader_by_link_comments_with_a_name_and_without_an_account(report, link):
    reader = reader_of(link[1])
    address = reverse("shared_comments", args=[link[0].public_id])
    assert "Your name" in text_of(reader, address)
    assert write(reader, report, address, name="Alan").status_code == 302
    page = text_of(reader, address)
    assert "by share link" in page
    assert 'value="Alan"' in page
    assert ">you</span>" in page


def test_reader_of_a_link_that_only_reads_sees_no_comment(report):
    add_comment(report=report, author=Author(uuid.uuid4(), "Ada"), text="Between us")
    link, token = share_report(report=report, label="", lifetime=WEEK)
    reader = reader_of(token)
    page = text_of(reader, reverse("shared_report", args=[link.public_id]))
    assert "comment" not in page.lower().replace("comments.css", "")
    assert reader.get(reverse("shared_comments", args=[link.public_id])).status_code == 403


def test_form_of_a_link_offers_the_choice(editor, report):
    sent = {"shows": "this", "days": "7", "label": "", "passphrase": ""}
    address = reverse("share", args=[report.pk])
    assert editor.post(address, sent | {"allows": "all"}).status_code == 422
    editor.post(address, sent | {"allows": "read"})
    editor.post(address, sent | {"allows": "comment"})
    assert [made.may_comment for made in ShareLink.objects.order_by("pk")] == [False, True]
    assert "may comment and sign off" in text_of(editor, address)


def test_comment_sent_through_a_link_that_was_just_revoked_is_shown_to_its_writer(report, link):
    reader = reader_of(link[1])
    revoke_share_link(link=link[0])
    address = reverse("shared_comments", args=[link[0].public_id])
    page = write(reader, report, address, text="Half an hour of work")
    assert page.status_code == 410
    assert "Half an hour of work" in page.content.decode()
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("limit", ["OF_AUTHOR", "BY_LINK"])
def test_reader_who_writes_too_much_is_asked_to_wait(report, link, monkeypatch, limit):
    monkeypatch.setattr(services, limit, replace(getattr(services, limit), times=2))
    address = reverse("shared_comments", args=[link[0].public_id])
    reader = reader_of(link[1])
    for _ in range(2):
        assert write(reader, report, address).status_code == 302
        if limit == "BY_LINK":
            reader = reader_of(link[1])
    refused = write(reader, report, address, text="One more")
    assert refused.status_code == 422
    assert "too many comments at once" in refused.content.decode()
    assert "One more" in refused.content.decode()
    assert Comment.objects.count() == 2


def test_question_is_marked_with_a_comment_and_settled_later(editor, report, question):
    write(editor, report, question=question, look_again="on")
    assert Flag.objects.get().by == "Grace"
    assert "needs another look</span>" in text_of(editor, report.get_absolute_url())
    address = reverse("flag_question", args=[report.pk, question])
    editor.post(address, {"clear": ""})
    assert Flag.objects.count() == 0
    for _ in range(2):
        assert editor.post(address, {"set": ""}).status_code == 302
    assert Flag.objects.get().question_key == question
    assert editor.post(reverse("flag_question", args=[report.pk, "nothing"])).status_code == 404


def test_marked_question_is_named_before_the_next_report_is_saved_and_leads_there(
    editor, report, question, assessment, browser_key
):
    newer = freeze_report(assessment=assessment, browser=browser_key)
    for by, about in (("Linus", newer), ("Grace", report)):
        services.set_flag(report=about, question=question, by=by)
    check = reverse("check", args=[assessment.pk])
    page = text_of(editor, check)
    notice = page.partition("Marked for another look")[2].partition("</div>")[0]
    change = reverse("question", args=[assessment.pk, question])
    assert f'href="{change}?return_to=check"' in notice
    assert f'href="{page_of(newer)}#on-{question}"' in notice
    assert "marked by Linus" in notice
    assert "Grace" not in notice
    for about in (report, newer):
        services.clear_flag(report=about, question=question)
    assert "Marked for another look" not in text_of(editor, check)


@pytest.mark.parametrize("gone", [False, True], ids=["deleted", "gone for good"])
def test_comments_of_a_deleted_assessment_are_read_by_those_who_could_comment(
    editor, report, question, assessment, gone
):
    write(editor, report, question=question, look_again="on")
    evicted_key = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=evicted_key)
    own = freeze_report(assessment=assessment, browser=evicted_key)
    leave_assessment(assessment=assessment, browser=evicted_key)
    delete_assessment(assessment=assessment)
    if gone:
        purge_assessment(assessment=assessment)
    page = text_of(editor, page_of(report))
    assert "Why?" in page
    assert "marked by Grace" in page
    for form in ("Add the comment", ">Resolve", ">Reply", "Remove", "Clear the mark"):
        assert form not in page
    shown = text_of(editor, report.get_absolute_url())
    assert "Read the comments" in shown
    assert "Sign off" not in shown
    assert write(editor, report).status_code == 403
    assert b"Why?" in editor.get(reverse("report_export", args=[report.pk, "madr"])).content
    departed = client_of(evicted_key)
    assert departed.get(own.get_absolute_url()).status_code == 200
    assert departed.get(page_of(own)).status_code == 403


def test_first_comment_of_a_browser_is_its_own_at_once(report, link):
    reader = reader_of(link[1])
    address = reverse("shared_comments", args=[link[0].public_id])
    sent = {"text": "Why?", "name": "Grace", "report": str(report.pk)}
    page = reader.post(
        address, sent, headers={"HX-Request": "true", "HX-Target": "discussion"}
    ).content.decode()
    assert "Edit<" in page
    assert 'value="Grace"' in page
    assert "Edit<" in text_of(reader, address)


def test_nothing_of_the_report_changes(editor, report, question):
    address = reverse("report_export", args=[report.pk, "json"])
    before = (report.content, export_of(report), editor.get(address).content)
    write(editor, report, question=question, look_again="on")
    saved = Report.objects.get()
    assert (saved.content, export_of(saved), editor.get(address).content) == before


def test_owner_removes_the_comment_of_another_and_the_thread_says_so(
    editor, report, link, assessment
):
    second_key = uuid.uuid4()
    open_edit_link(token=edit_token(assessment), browser=second_key)
    second, reader = client_of(second_key), reader_of(link[1])
    write(reader, report, reverse("shared_comments", args=[link[0].public_id]), text="Rubbish")
    comment = Comment.objects.get()
    address = reverse("remove_comment", args=[report.pk, comment.pk])
    assert "remove_comment" not in text_of(second, page_of(report))
    assert f'id="remove-{comment.pk}"' not in text_of(second, page_of(report))
    assert second.post(address).status_code == 403
    name_browser(browser=assessment.editors.get(is_owner=True).holder, name="Ada <Owner>")
    assert f'id="remove-{comment.pk}"' in text_of(editor, page_of(report))
    assert editor.post(address).status_code == 302
    comment.refresh_from_db()
    assert (comment.text, comment.removed_by) == ("", "Ada <Owner>")
    page = text_of(reader, reverse("shared_comments", args=[link[0].public_id]))
    assert "Removed by Ada &lt;Owner&gt;." in page
    assert "Rubbish" not in page
    again = editor.post(address, follow=True)
    assert "The comment had been removed already." in again.content.decode()
    comment.refresh_from_db()
    assert comment.removed_by == "Ada <Owner>"


def test_report_with_as_many_comments_as_fit_takes_another_when_one_is_removed(
    editor, report, browser_key, monkeypatch
):
    monkeypatch.setattr(services, "MOST_COMMENTS", 1)
    write(editor, report, text="One")
    full = write(editor, report, text="As typed")
    assert full.status_code == 422
    assert "as many comments as it can hold" in full.content.decode()
    assert "As typed" in full.content.decode()
    services.remove_comment(comment=Comment.objects.get())
    assert write(editor, report, text="Two").status_code == 302


def test_htmx_gets_the_comments_without_a_redirect(editor, report):
    form = {"text": "Why?", "name": "Grace", "report": str(report.pk)}
    asked = {"HX-Request": "true", "HX-Target": "discussion"}
    page = editor.post(page_of(report), form, headers=asked)
    assert page.status_code == 200
    comment = Comment.objects.get()
    assert f'id="comment-{comment.pk}" tabindex="-1" autofocus' in page.content.decode()
    assert "Your comment has been added." in page.content.decode()
    assert page.context["new_form"].initial["name"] == "Grace"


def test_more_comments_take_no_more_queries(editor, report, browser_key):
    name_browser(browser=browser_key, name="Grace")

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            editor.get(page_of(report))
        return len(seen)

    author = Author(browser_key, "Grace")
    first = add_comment(report=report, author=author, text="One")
    count()
    alone = count()
    for text in ("Two", "Three"):
        add_comment(report=report, author=author, text=text)
        add_comment(report=report, author=author, text=text, thread=first)
    assert count() == alone


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", range(2, 10, 2))
def test_reply_and_resolution_at_once_lose_nothing(report, browser_key, statement):
    first = add_comment(report=report, author=Author(browser_key, "Grace"), text="One")
    form = {"text": "Two", "name": "Grace", "report": str(report.pk), "thread": first.pk}
    reply = partial(client_of(browser_key).post, page_of(report), form)
    address = reverse("resolve_comment", args=[report.pk, first.pk])
    resolve = partial(client_of(browser_key).post, address, {"resolve": ""})
    assert race(reply, resolve, statement=statement) == (302, 302)
    assert [comment.text for comment in first.replies.all()] == ["Two"]
