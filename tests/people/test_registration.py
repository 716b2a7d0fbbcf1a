"""Accounts made by oneself, by the administrator, and the e-mails that they need."""

from __future__ import annotations

import re
import subprocess
import sys
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from decider.people.models import Person
from tests.people.conftest import PASSWORD, sign_in, text_of

NEW = {"name": "Grace", "email": "grace@example.org", "password1": PASSWORD}


def code_in_email() -> str:
    """The code that the last e-mail holds."""
    found = re.search(r"^([A-Z0-9]+(-[A-Z0-9]+)*)$", mail.outbox[-1].body, re.MULTILINE)
    assert found
    return found[1]


def test_registration_is_closed_unless_it_is_opened(db):
    client = Client()
    for response in (
        client.get(reverse("account_signup")),
        client.post(reverse("account_signup"), NEW),
    ):
        assert "Registration is closed" in text_of(response)
    assert Person.objects.count() == 0
    assert reverse("account_signup") not in text_of(client.get(reverse("account_login")))


def test_who_registers_confirms_their_address_with_the_code_of_an_email(db, settings):
    settings.REGISTRATION = True
    client = Client()
    assert client.post(reverse("account_signup"), NEW).status_code == 302
    assert client.get(reverse("workspace")).status_code == 302
    confirm = reverse("account_email_verification_sent")
    assert client.post(confirm, {"code": "WRONG1"}).status_code == 200
    assert client.post(confirm, {"code": code_in_email()}).status_code == 302
    assert client.get(reverse("workspace")).status_code == 200
    assert Person.objects.get().name == "Grace"


def test_new_code_can_be_sent_and_the_one_before_ends(db, settings):
    settings.REGISTRATION = True
    client = Client()
    client.post(reverse("account_signup"), NEW)
    confirm, first = reverse("account_email_verification_sent"), code_in_email()
    cache.clear()
    page = client.post(confirm, {"action": "resend"}, follow=True)
    assert "We sent an e-mail with a code to grace@example.org." in text_of(page)
    assert len(mail.outbox) == 2
    assert client.post(confirm, {"code": first}).status_code == 200
    assert client.post(confirm, {"code": code_in_email()}).status_code == 302


def test_address_that_is_taken_looks_like_any_other_to_who_registers(ada, settings):
    settings.REGISTRATION = True
    taken = Client().post(reverse("account_signup"), NEW | {"email": ada.email})
    assert (taken.status_code, taken.url) == (302, reverse("account_email_verification_sent"))
    assert "There is already an account" in mail.outbox[-1].body
    assert Person.objects.count() == 1


def test_forgotten_password_is_replaced_with_the_code_of_an_email(ada):
    client = Client()
    asked = client.post(reverse("account_reset_password"), {"email": ada.email})
    assert asked.url == reverse("account_confirm_password_reset_code")
    done = client.post(asked.url, {"code": code_in_email()})
    new = "other-words-in-a-row"
    client.post(done.url, {"password1": new, "password2": new})
    assert sign_in(Client(), new).status_code == 302
    assert sign_in(Client()).status_code == 200


def test_unknown_address_gets_no_email_and_the_same_page(db):
    asked = Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert asked.url == reverse("account_confirm_password_reset_code")
    assert mail.outbox == []


def add(*arguments: str) -> list[str]:
    """What the command says."""
    said = StringIO()
    call_command("add_person", *arguments, stdout=said)
    return said.getvalue().splitlines()


def test_added_person_signs_in_with_the_first_password_and_needs_no_email(db):
    saved, password = add("Grace@Example.org", "Grace")
    assert saved == "Grace <grace@example.org> is saved."
    client = Client()
    sign_in(client, password.removeprefix("First password: "), "grace@example.org")
    assert client.get(reverse("workspace")).status_code == 200
    assert mail.outbox == []


def test_administrator_who_may_not_sign_in_is_let_in_again_by_the_command_line(ada):
    Person.objects.update(is_active=False)
    add("ada@example.org", "Ada")
    assert not Person.objects.get().is_active
    add("ada@example.org", "Ada", "--administrator")
    assert Person.objects.get().is_active


def test_adding_a_person_again_changes_the_name_and_rights_and_nothing_else(ada):
    assert add("ADA@example.org", "Ada L.", "--administrator") == [
        "Ada L. <ada@example.org> is saved."
    ]
    add("ada@example.org", "Ada Lovelace")
    ada.refresh_from_db()
    assert (ada.name, ada.is_staff) == ("Ada Lovelace", True)
    assert EmailAddress.objects.count() == 1
    assert sign_in(Client()).status_code == 302


def test_added_person_has_no_password_where_there_are_none(db, settings):
    settings.LOCAL_ACCOUNTS = False
    assert add("grace@example.org", "Grace") == ["Grace <grace@example.org> is saved."]
    assert not Person.objects.get().has_usable_password()


def test_address_that_is_none_adds_nobody(db):
    with pytest.raises(CommandError, match="Enter a valid email address"):
        add("grace", "Grace")
    assert Person.objects.count() == 0


ADDRESSES = """
import django; django.setup()
from django.test import Client
for path in ("/account/password/reset/", "/account/email/"):
    from django.urls import resolve
    print(resolve(path).func.__name__)
"""


def test_server_without_mail_offers_nothing_that_needs_emails():
    environment = {"DECIDER_SIGN_IN": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ADDRESSES],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    assert done.stdout == "no_mail\nno_mail\n"


@pytest.mark.parametrize("what", ["password", "email"])
def test_page_without_mail_says_who_can_help(rf, what):
    from decider.people.views.account import no_mail

    request = rf.get("/")
    assert "Whoever runs it can" in text_of(no_mail(request, what=what))


@pytest.fixture
def no_mail(monkeypatch) -> None:
    """A mail server that can't be reached."""

    def refuse(*_: object) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)


def test_stranger_does_not_learn_who_has_an_account_while_the_mail_server_is_away(ada, no_mail):
    answers = []
    for address in (ada.email, "nobody@example.org"):
        answered = Client().post(reverse("account_reset_password"), {"email": address})
        answers.append((answered.status_code, answered.url))
    assert answers == [(302, reverse("account_confirm_password_reset_code"))] * 2


def test_mail_server_that_is_away_is_told(signed_in, no_mail):
    sent = {"email": "new@example.org", "action_add": ""}
    answered = signed_in.post(reverse("account_email"), sent)
    assert (answered.status_code, answered["Retry-After"]) == (503, "60")
    assert "The e-mail could not be sent" in text_of(answered)


def test_password_is_changed_though_no_email_can_say_so(signed_in, no_mail):
    new = "other-words-in-a-row"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert signed_in.post(reverse("account_change_password"), sent).status_code == 302
    assert sign_in(Client(), new).status_code == 302
