"""Share links: made, shown, revoked, restored and read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from decider.assessments.lifecycle import (
    delete_assessment,
    purge_assessment,
    restore_assessment,
)
from decider.assessments.services import change_assessment
from decider.reports.models import ShareLink
from decider.reports.services.reports import freeze_report
from decider.reports.services.sharing import restore_share_link, revoke_share_link, share_report
from tests.conftest import reader_of

WEEK = timedelta(days=7)


@pytest.fixture
def link_and_token(report):
    return share_report(report=report, label="Board", lifetime=WEEK)


def make(editor, report, **fields):
    """What the page says when a link is made with these fields."""
    sent = {"label": "Board", "shows": "this", "days": "30", **fields}
    return editor.post(reverse("share", args=[report.pk]), sent)


def shared(link):
    return reverse("shared_report", args=[link.public_id])


def address(name, link):
    return reverse(f"{name}_share", args=[link.report_id, link.pk])


def test_form_begins_with_this_report_and_30_days(editor, report):
    form = editor.get(reverse("share", args=[report.pk])).context["form"]
    assert [form[name].value() for name in ("shows", "days", "label")] == ["this", "30", None]


@pytest.mark.parametrize("days", [7, 30, 90])
def test_link_works_for_the_chosen_days(editor, report, days):
    before = timezone.now()
    assert make(editor, report, days=str(days)).status_code == 200
    lifetime = ShareLink.objects.get().expires_at - before
    assert timedelta(days=days) <= lifetime < timedelta(days=days, minutes=5)


def test_each_button_that_revokes_names_its_link(editor, report):
    for label in ("Board", "Board", ""):
        make(editor, report, label=label)
    page = editor.get(reverse("share", args=[report.pk])).content.decode()
    names = re.findall(r'Revoke<span class="visually-hidden"> the link (.*?)</span>', page)
    assert sorted(name.partition(",")[0] for name in names) == ["Board", "Board", "without a name"]
    assert [name.partition(", ")[2] for name in names] == ["1 of 3", "2 of 3", "3 of 3"]


def test_link_until_a_date_ends_with_that_day(editor, report):
    day = timezone.localdate() + timedelta(days=3)
    make(editor, report, days="date", until=f"{day}")
    expires_at = ShareLink.objects.get().expires_at
    assert expires_at - datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC) < timedelta(
        seconds=1
    )
    assert expires_at.date() == day


def test_link_that_never_expires_says_so(editor, report):
    page = make(editor, report, days="never").content.decode()
    link = ShareLink.objects.get()
    assert (link.expires_at, link.state) == (None, "open")
    assert "never expires" in page


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("", "Enter the last day on which it works."),
        ("2020-01-01", "That day is in the past. Choose today or a later day."),
        ("soon", "Enter a date like 2027-03-31."),
    ],
)
def test_bad_date_is_told_at_its_field_and_the_label_kept(editor, report, until, message):
    page = make(editor, report, days="date", until=until)
    assert (page.status_code, page.context["form"].errors) == (422, {"until": [message]})
    assert 'value="Board"' in page.content.decode()
    assert not ShareLink.objects.exists()


def test_openings_of_the_page_are_counted_and_its_files_are_not(link_and_token, editor):
    link, token = link_and_token
    reader = reader_of(token)
    for _ in range(2):
        reader.get(shared(link))
    reader.head(shared(link))
    reader.get(reverse("shared_report_export", args=[link.public_id, "json"]))
    link.refresh_from_db()
    assert link.openings == 2
    page = editor.get(reverse("share", args=[link.report_id])).content.decode()
    assert "opened 2 times" in page


def test_revocation_offers_to_undo_it(link_and_token, editor):
    link, token = link_and_token
    page = editor.post(address("revoke", link), follow=True).content.decode()
    assert page.count(f'action="{address("restore", link)}"') == 2
    assert Client().get(f"/shared/{token}").status_code == 404
    editor.post(address("restore", link))
    assert Client().get(f"/shared/{token}").status_code == 302


def test_revocation_of_long_ago_stays(link_and_token, editor):
    link, token = link_and_token
    revoke_share_link(link=link)
    ShareLink.objects.update(revoked_at=timezone.now() - timedelta(minutes=6))
    page = editor.post(address("restore", link), follow=True).content.decode()
    assert "It is too late to undo that." in page
    assert f'action="{address("restore", link)}"' not in page
    assert Client().get(f"/shared/{token}").status_code == 404


def test_undoing_what_was_not_revoked_changes_nothing(link_and_token):
    link, _ = link_and_token
    restore_share_link(link=link)
    link.refresh_from_db()
    assert link.state == "open"


def test_wrong_expired_and_revoked_links_look_alike_to_a_stranger(report):
    revoked, revoked_token = share_report(report=report, label="", lifetime=WEEK)
    revoke_share_link(link=revoked)
    _, expired_token = share_report(report=report, label="", lifetime=timedelta(0))
    pages = [Client().get(f"/shared/{t}") for t in (revoked_token, expired_token, "nonsense")]
    assert [page.status_code for page in pages] == [404] * 3
    assert len({page.content for page in pages}) == 1


def test_link_works_until_the_very_moment_at_which_it_expires(link_and_token, monkeypatch):
    link, token = link_and_token
    reader = reader_of(token)
    for left, status in ((1, 200), (0, 410)):
        moment = link.expires_at - timedelta(microseconds=left)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        page = reader.get(shared(link))
        assert page.status_code == status
    assert f"The link expired on {link.expires_at:%-d %B %Y, %H:%M} UTC" in page.content.decode()


def test_comment_sent_when_the_link_has_just_expired_is_shown_to_its_writer(report):
    link, token = share_report(report=report, label="", lifetime=WEEK, may_comment=True)
    reader = reader_of(token)
    ShareLink.objects.update(expires_at=timezone.now())
    comments = reverse("shared_comments", args=[link.public_id])
    page = reader.post(comments, {"text": "Half an hour of work", "name": "Grace"})
    assert page.status_code == 410
    assert "Half an hour of work" in page.content.decode()


@pytest.mark.parametrize("follows_newest", [False, True])
def test_link_that_never_expires_ends_with_its_assessment(report, assessment, follows_newest):
    link, token = share_report(
        report=report, label="", lifetime=None, follows_newest=follows_newest
    )
    reader = reader_of(token)

    def statuses():
        addresses = shared(link), reverse("shared_report_export", args=[link.public_id, "json"])
        pages = [*(reader.get(address) for address in addresses), Client().get(f"/shared/{token}")]
        return [page.status_code for page in pages]

    delete_assessment(assessment=assessment)
    assert statuses() == [410, 410, 404]
    assert "share links ended with it" in reader.get(shared(link)).content.decode()
    restore_assessment(assessment=assessment)
    assert statuses() == [200, 200, 302]
    delete_assessment(assessment=assessment)
    purge_assessment(assessment=assessment)
    assert statuses() == [410, 410, 404]


def test_list_of_links_needs_no_query_for_each(editor, report):
    counts = []
    for _ in range(2):
        share_report(report=report, label="", lifetime=None)
        with CaptureQueriesContext(connection) as queries:
            editor.get(reverse("share", args=[report.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.fixture
def following(report):
    """A link to the newest report, and its reader."""
    link, token = share_report(report=report, label="", lifetime=WEEK, follows_newest=True)
    return link, reader_of(token)


def test_link_to_the_newest_report_shows_it_and_says_so(
    following, report, assessment, browser_key, editor
):
    link, reader = following
    assert "which is now report 1" in reader.get(shared(link)).content.decode()
    change_assessment(assessment=assessment, revision=0, title="Renamed")
    newest = freeze_report(assessment=assessment, browser=browser_key)
    page = reader.get(shared(link))
    assert page.context["report"] == newest
    assert "which is now report 2" in page.content.decode()
    export = reverse("shared_report_export", args=[link.public_id, "json"])
    assert newest.content_hash in reader.get(export).content.decode()
    for saved in (report, newest):
        listed = editor.get(reverse("share", args=[saved.pk])).context["links"]
        assert list(listed) == [link]


def test_link_to_one_report_goes_on_showing_it(link_and_token, assessment, browser_key):
    link, token = link_and_token
    freeze_report(assessment=assessment, browser=browser_key)
    page = reader_of(token).get(shared(link))
    assert page.context["report"] == link.report
    assert "shows the newest report" not in page.content.decode()


def test_link_to_the_newest_report_can_be_revoked_from_any_of_them(
    following, assessment, browser_key, editor
):
    link, reader = following
    newest = freeze_report(assessment=assessment, browser=browser_key)
    editor.post(reverse("revoke_share", args=[newest.pk, link.pk]))
    assert reader.get(shared(link)).status_code == 410


def test_form_offers_to_show_the_newest_report(editor, report):
    make(editor, report, shows="newest")
    assert ShareLink.objects.get().follows_newest is True
