"""E-mails on comments: sent to whom they concern, chosen by each, and ended by one click."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from decider.base.access import Role
from decider.people.models import Membership, Person
from decider.people.notices import Notice, off_token
from decider.people.teams import remove_member
from decider.reports.models import Comment, Report
from decider.reports.services.records import add_entry
from decider.reports.services.reports import freeze_report
from decider.reports.services.reviews import due_reviews
from tests.conftest import client_of
from tests.people.conftest import member, text_of


@pytest.fixture
def shown(teams_own, ada) -> Report:
    """A report of the team."""
    return freeze_report(assessment=teams_own, browser=ada.pk)


@pytest.fixture
def grace(team) -> Person:
    return member(team, Role.COMMENTER, "Grace")


def write(person: Person, report: Report, text: str, **sent: object) -> Comment:
    """A comment that this person writes."""
    form = {"text": text, "report": str(report.pk), **sent}
    address = reverse("comments", args=[report.pk])
    assert client_of(person.pk).post(address, form).status_code == 302
    return Comment.objects.latest("pk")


def sent() -> list[tuple[str, str]]:
    """To whom e-mails went, and their subjects."""
    return [(email.to[0], email.subject) for email in mail.outbox]


def test_member_who_is_mentioned_gets_an_email(ada, grace, shown):
    comment = write(ada, shown, "@Grace, what do you say?")
    subject = 'Ada mentions you in a comment on "Billing", report 1'
    assert sent() == [("grace@example.org", subject)]
    email = mail.outbox[0]
    assert "@Grace, what do you say?" in email.body
    assert f"/reports/{shown.pk}/comments/#comment-{comment.pk}" in email.body


def test_those_who_wrote_in_a_thread_hear_of_replies_and_nobody_twice(ada, grace, team, shown):
    alan = member(team, Role.COMMENTER, "Alan")
    first = write(ada, shown, "Why?")
    write(alan, shown, "Because", thread=first.pk)
    mail.outbox.clear()
    write(grace, shown, "@Ada is right", thread=first.pk)
    assert [(to, subject.split(" on ")[0]) for to, subject in sent()] == [
        ("ada@example.org", "Grace mentions you in a comment"),
        ("alan@example.org", "Grace replies to a thread"),
    ]


def test_nobody_gets_emails_on_their_own_words_or_on_what_they_may_not_read(
    ada, grace, team, shown
):
    first = write(grace, shown, "@Grace wonders")
    remove_member(member=Membership.objects.get(person=grace))
    write(ada, shown, "So do I", thread=first.pk)
    assert [to for to, _ in sent()] == ["ada@example.org"]
    assert mail.outbox[0].subject == 'Grace comments on "Billing", report 1'


def test_emails_are_chosen_on_the_page_of_the_account(ada, grace, signed_in, shown):
    assert "Somebody mentions you in a comment" in text_of(signed_in.get(reverse("account")))
    signed_in.post(reverse("notices"), {"kinds": ["replies"]})
    write(grace, shown, "@Ada?")
    assert sent() == []
    signed_in.post(reverse("notices"), {"kinds": ["mentions", "replies"]})
    write(grace, shown, "@Ada?")
    assert [to for to, _ in sent()] == ["ada@example.org"]
    refused = signed_in.post(reverse("notices"), {"kinds": ["all"]}, follow=True)
    assert "Choose from the e-mails listed." in text_of(refused)


def test_link_in_an_email_ends_emails_of_its_kind_without_signing_in(ada, grace, shown):
    write(ada, shown, "@Grace")
    email = mail.outbox.pop()
    off = re.search(r"http://127\.0\.0\.1:8000(/no-emails/\S+)", email.body)[1]
    assert email.extra_headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000{off}>"
    visitor = Client(enforce_csrf_checks=True)
    assert "Stop these e-mails?" in text_of(visitor.get(off))
    write(ada, shown, "@Grace again")
    assert len(mail.outbox) == 1
    done = visitor.post(off, {"List-Unsubscribe": "One-Click"})
    assert "These e-mails are stopped" in text_of(done)
    assert "These e-mails are stopped" in text_of(visitor.get(off))
    write(ada, shown, "@Grace once more")
    assert len(mail.outbox) == 1
    first = write(grace, shown, "Why?")
    write(ada, shown, "So", thread=first.pk)
    assert [to for to, _ in sent()[1:]] == ["ada@example.org", "grace@example.org"]


def test_owners_of_the_team_hear_of_sign_offs_but_their_own(ada, grace, team, shown):
    hedy = member(team, Role.OWNER, "Hedy")
    form = {"position": "objection", "reason": "Too dear", "revision": 1}
    for signer in (grace, hedy):
        address = reverse("sign_off", args=[shown.pk])
        assert client_of(signer.pk).post(address, form).status_code == 302
    assert sorted(sent()) == [
        ("ada@example.org", 'Grace signs off "Billing", report 1: object'),
        ("ada@example.org", 'Hedy signs off "Billing", report 1: object'),
        ("hedy@example.org", 'Grace signs off "Billing", report 1: object'),
    ]
    assert "Too dear" in mail.outbox[0].body


def test_owners_hear_once_of_a_review_date_that_has_come(ada, grace, shown, run):
    today = timezone.localdate()
    state = {"status": "accepted", "alternative": "vm", "by": "Ada"}
    add_entry(record=shown.record, revision=1, review_on=today + timedelta(days=1), **state)
    assert run("send_review_notices") == "E-mails sent on 0 decisions that are due for review.\n"
    add_entry(record=shown.record, revision=2, review_on=today, **state)
    for number in ("1 decision that is", "0 decisions that are"):
        assert run("send_review_notices") == f"E-mails sent on {number} due for review.\n"
    date = f"{today:%-d %B %Y}"
    subject = f'{shown.record}, "Billing", report 1, is due for review: its review date is {date}'
    assert sent() == [("ada@example.org", subject)]
    assert "To read it: " in mail.outbox[0].body
    add_entry(record=shown.record, revision=3, **state | {"status": "deprecated"}, review_on=today)
    assert list(due_reviews()) == []


def test_review_notices_say_what_they_take(run, settings):
    settings.MAIL_URL = ""
    assert "they take DECIDER_SIGN_IN and DECIDER_MAIL_URL" in run("send_review_notices")


def test_link_of_somebody_who_may_not_sign_in_ends_e_mails_of_its_kind_only(grace):
    Person.objects.filter(pk=grace.pk).update(is_active=False)
    Client().post(reverse("notices_off", args=[off_token(grace, Notice.MENTIONS)]))
    grace.refresh_from_db()
    assert grace.muted == ["mentions"]


def test_damaged_link_ends_nothing(grace):
    token = off_token(grace, Notice.MENTIONS)
    for damaged in (f"{token}x", "nothing", token.rpartition(":")[0]):
        assert Client().post(reverse("notices_off", args=[damaged])).status_code == 404
    grace.refresh_from_db()
    assert grace.muted == []


def test_comment_is_kept_where_no_email_can_be_sent(ada, grace, shown, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert write(ada, shown, "@Grace").text == "@Grace"


def test_server_without_mail_offers_no_emails(ada, signed_in, grace, shown, settings):
    settings.MAIL_URL = ""
    write(ada, shown, "@Grace")
    assert sent() == []
    assert reverse("notices") not in text_of(signed_in.get(reverse("account")))
