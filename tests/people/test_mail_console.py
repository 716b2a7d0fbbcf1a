"""E-mails that are printed in place of being sent."""

from __future__ import annotations

from io import StringIO

from django.core.mail import EmailMessage

from decider.people.mail_console import EmailBackend


def test_printed_email_shows_names_and_text_as_they_are():
    printed = StringIO()
    subject = "Zoë invites you to the team Überblick"
    headers = {"List-Unsubscribe": "<http://testserver/no-emails/x>"}
    email = EmailMessage(subject, "Grüße\nfrom Zoë", "Decider <a@b.c>", ["d@e.f"], headers=headers)
    assert EmailBackend(stream=printed).send_messages([email]) == 1
    lines = printed.getvalue().splitlines()
    assert f"Subject: {subject}" in lines
    assert "From: Decider <a@b.c>" in lines
    assert "List-Unsubscribe: <http://testserver/no-emails/x>" in lines
    assert lines[-3:] == ["Grüße", "from Zoë", "-" * 79]
