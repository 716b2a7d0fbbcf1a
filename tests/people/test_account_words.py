"""Pages and e-mails of accounts: django-allauth makes them, and Decider says them in its words."""

from __future__ import annotations

import ast
import gettext
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import allauth
import django
import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.html import strip_tags

from decider.people.models import Person
from tests.people.conftest import PASSWORD, sign_in, text_of
from tests.people.test_registration import NEW, code_in_email
from tests.people.test_second_factor import confirm, number

LEFTOVER = re.compile(
    r"Sign[- ]?Up|Signup|Two-Factor|\bEmails?\b|Hello from|Thank you for using|log ?in\b|logged|"
    r"\bplease\b|third-party|successfully|authenticat(e|ion)\b|\bverif|\bmaster\b|"
    r"\{\{|\{%|Nov\.|\d{2}/\d{2}/\d{4}|localhost!",
    re.IGNORECASE,
)
NAMES = {"Ada", "Decider", "Example", "Ltd", "JavaScript", "PIN", "QR", "IP", "Laptop", "Grace"}
SAID_ALOUD = re.compile(
    r"<(title|h1|h2|label|button|legend|a)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE
)


def leftovers(html: str) -> set[str]:
    """The words of a page that are not Decider's, and headings and buttons in Title Case."""
    html = re.sub(r"<script.*?</script>|<footer.*?</footer>", "", html, flags=re.DOTALL)
    found = {match[0] for match in LEFTOVER.finditer(strip_tags(html))}
    texts = (strip_tags(text).strip() for _, text in SAID_ALOUD.findall(html))
    return found | {text for text in texts if in_title_case(text)}


def in_title_case(text: str) -> bool:
    """Whether a word inside a sentence begins with a capital though it is no name."""
    later = re.findall(r"(?<=[a-z,] )[A-Z]\w*", text.replace("Error: ", ""))
    return any(word not in NAMES | {"I"} for word in later)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<h1>Change Your password</h1>", {"Change Your password"}),
        ("<p>Your Email</p>", {"Email"}),
        ("<p>Your e-mail address</p><h2>Sign in to Decider</h2>", set()),
    ],
)
def test_leftovers_are_found_in_a_page(html, found):
    assert leftovers(html) == found


# Names of addresses, by who can open them.
ENTRANCE = ["account_login", "account_signup", "account_reset_password", "account_inactive"]
ENTRANCE += ["account_password_reset_completed", "socialaccount_login_cancelled"]
WITH_A_CODE = ["account_email_verification_sent", "account_confirm_password_reset_code"]
WITH_A_CODE += ["account_complete_password_reset", "mfa_authenticate"]
OWN = ["account", "account_logout", "account_email", "account_change_password", "teams"]
OWN += [
    "socialaccount_login_error",
    "mfa_index",
    "account_reauthenticate",
    "take_along",
    "account_set_password",
]
WITHOUT_ONE = ["mfa_activate_totp", "mfa_add_webauthn"]
CONFIRMED = ["mfa_deactivate_totp", "mfa_view_recovery_codes"]
CONFIRMED += ["mfa_generate_recovery_codes", "mfa_list_webauthn"]
CONFIRMED += ["mfa_reauthenticate", "mfa_reauthenticate_webauthn"]
OF_A_KEY = ["mfa_edit_webauthn", "mfa_remove_webauthn"]
NO_PAGE = {
    "account_confirm_login_code": "there is no signing in by code",
    "mfa_download_recovery_codes": "a file with nothing but the codes",
    "mfa_login_webauthn": "data for the script of the sign-in page",
    "openid_connect_login": "leads to the provider",
    "openid_connect_callback": "leads back from the provider",
    "socialaccount_connections": "leads to the account",
    "socialaccount_signup": "the provider tells all that it would ask",
}


def names_of(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """The names of all addresses that these lead to."""
    inner = [names_of(p.url_patterns) for p in patterns if isinstance(p, URLResolver)]
    return {p.name for p in patterns if isinstance(p, URLPattern) and p.name}.union(*inner)


def test_every_address_of_the_package_is_looked_at_here():
    looked_at = {*ENTRANCE, *WITH_A_CODE, *OWN, *WITHOUT_ONE, *CONFIRMED, *OF_A_KEY, *NO_PAGE}
    assert names_of(allauth.urls.urlpatterns) - looked_at == set()
    assert looked_at - names_of(get_resolver().url_patterns) == set()


def opened(client: Client, names: list[str], *args: object) -> dict[str, set[str]]:
    """What is wrong on these pages as they are opened."""
    pages = {name: client.get(reverse(name, args=args)) for name in names}
    assert {name for name, page in pages.items() if "<h1>" not in text_of(page)} == set()
    found = {name: leftovers(text_of(page)) for name, page in pages.items()}
    return {name: words for name, words in found.items() if words}


def refused(client: Client, names: list[str]) -> dict[str, set[str]]:
    """What is wrong on these pages after their form was sent empty."""
    pages = {name: client.post(reverse(name), {"action_add": ""}) for name in names}
    assert {name for name, page in pages.items() if "There is a problem" not in text_of(page)} == (
        set()
    )
    found = {name: leftovers(text_of(page)) for name, page in pages.items()}
    return {name: words for name, words in found.items() if words}


def test_pages_before_signing_in(db, settings):
    assert leftovers(text_of(Client().get(reverse("account_signup")))) == set()
    settings.REGISTRATION = True
    assert opened(Client(), ENTRANCE) == {}
    assert refused(Client(), ENTRANCE[:3]) == {}
    assert leftovers(text_of(sign_in(Client(), "wrong"))) == set()


def test_pages_that_ask_for_a_code(ada, settings):
    settings.REGISTRATION = True
    client = Client()
    client.post(reverse("account_signup"), NEW)
    assert opened(client, WITH_A_CODE[:1]) == {}
    assert refused(client, WITH_A_CODE[:1]) == {}
    client = Client()
    client.post(reverse("account_reset_password"), {"email": ada.email})
    assert opened(client, WITH_A_CODE[1:2]) == {}
    assert refused(client, WITH_A_CODE[1:2]) == {}
    client.post(reverse(WITH_A_CODE[1]), {"code": code_in_email()})
    assert opened(client, WITH_A_CODE[2:3]) == {}
    assert refused(client, WITH_A_CODE[2:3]) == {}


def test_pages_of_ones_own_account(ada, signed_in):
    assert opened(signed_in, OWN[:-1]) == {}
    assert refused(signed_in, ["account_email", "account_change_password"]) == {}
    ada.set_unusable_password()
    ada.save()
    signed_in.force_login(ada)
    assert opened(signed_in, ["account_set_password"]) == {}
    assert refused(signed_in, ["account_set_password"]) == {}


def test_pages_of_the_second_factor(ada, signed_in, monkeypatch):
    confirm(signed_in)
    assert opened(signed_in, WITHOUT_ONE) == {}
    assert refused(signed_in, ["mfa_activate_totp"]) == {}
    secret = signed_in.get(reverse("mfa_activate_totp")).context["form"].secret
    signed_in.post(reverse("mfa_activate_totp"), {"code": number(secret)})
    key = {"name": "Laptop", "credential": {"clientExtensionResults": {}}}
    key = Authenticator.objects.create(user=ada, type=Authenticator.Type.WEBAUTHN, data=key)
    monkeypatch.setattr(auth, "begin_authentication", lambda _user: {})
    assert opened(signed_in, ["mfa_index", *CONFIRMED]) == {}
    assert opened(signed_in, OF_A_KEY, key.pk) == {}
    client = Client()
    sign_in(client)
    assert opened(client, ["mfa_authenticate"]) == {}
    assert refused(client, ["mfa_authenticate"]) == {}


# What each e-mail that can be sent has to say; what can't be sent is named below.
EMAILS = {
    "account/email/account_already_exists": "There is already an account",
    "account/email/email_changed": "from old@example.org to new@example.org",
    "account/email/email_confirm": "was confirmed",
    "account/email/email_confirmation": "ABCD-EFGH",
    "account/email/email_confirmation_signup": "ABCD-EFGH",
    "account/email/email_deleted": "old@example.org was removed",
    "account/email/password_changed": "was changed",
    "account/email/password_reset": "was replaced",
    "account/email/password_reset_code": "ABCD-EFGH",
    "account/email/password_set": "was set",
    "mfa/email/recovery_codes_generated": "New recovery codes",
    "mfa/email/totp_activated": "is set up",
    "mfa/email/totp_deactivated": "no longer used",
    "mfa/email/webauthn_added": "was added",
    "mfa/email/webauthn_removed": "was removed",
    "socialaccount/email/account_connected": "Example Ltd",
}
NEVER_SENT = {
    "account/email/login_code",
    "account/email/password_reset_key",
    "account/email/unknown_account",
    "socialaccount/email/account_disconnected",
}
SAID = {
    "code": "ABCD-EFGH",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "old@example.org",
    "password_reset_url": "http://testserver/account/password/reset/",
    "provider": "Example Ltd",
    "ip": "192.0.2.1",
    "user_agent": "Firefox",
    "timestamp": datetime(2026, 11, 2, 15, 4, tzinfo=UTC),
}


def email(prefix: str, person: Person, request: HttpRequest) -> EmailMessage:
    """An e-mail of the package as it is sent."""
    with request_context(request):
        get_adapter().send_mail(prefix, "ada@example.org", SAID | {"user": person})
    return mail.outbox[-1]


def test_every_email_of_the_package_is_looked_at_here():
    templates = Path(allauth.__file__).parent / "templates"
    subjects = templates.glob("*/email/*_subject.txt")
    known = {str(p.relative_to(templates)).removesuffix("_subject.txt") for p in subjects}
    assert known == {*EMAILS, *NEVER_SENT}


@pytest.mark.parametrize(("prefix", "says"), EMAILS.items())
def test_email(ada, rf, prefix, says):
    sent = email(prefix, ada, rf.get("/"))
    assert says in sent.body
    assert sent.subject.isascii()
    assert not in_title_case(sent.subject)
    assert leftovers(f"{sent.subject}\n{sent.body}") == set()


PO = Path(str(files("decider.people"))) / "locale/en/LC_MESSAGES/django.po"
ENTRY = re.compile(r'^msgid ((?:"[^\n]*"\n)+)msgstr ((?:"[^\n]*"(?:\n|$))+)', re.MULTILINE)


def entries(path: Path) -> dict[str, str]:
    """The sentences of a catalog of translations, and what each becomes."""

    def joined(lines: str) -> str:
        return "".join(ast.literal_eval(line) for line in lines.splitlines())

    found = ENTRY.findall(path.read_text(encoding="utf-8"))
    return {joined(before): joined(after) for before, after in found if joined(before)}


def test_compiled_sentences_are_those_that_people_can_read():
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    read = entries(PO)
    assert len(read) > 100
    assert {before: compiled.gettext(before) for before in read} == read


def test_sentences_are_those_of_the_package_and_of_nothing_else():
    package = entries(Path(allauth.__file__).parent / "locale/en/LC_MESSAGES/django.po")
    administration = entries(
        Path(django.__file__).parent / "contrib/admin/locale/en/LC_MESSAGES/django.po"
    )
    assert entries(PO).keys() - package.keys() == set()
    assert entries(PO).keys() & administration.keys() == set()


def test_new_password_leads_to_signing_in(ada):
    client = Client()
    asked = client.post(reverse("account_reset_password"), {"email": ada.email})
    client.post(asked.url, {"code": code_in_email()})
    new = {"password1": f"new-{PASSWORD}", "password2": f"new-{PASSWORD}"}
    done = client.post(reverse("account_complete_password_reset"), new, follow=True)
    assert f'<a class="button" href="{reverse("account_login")}">' in text_of(done)
