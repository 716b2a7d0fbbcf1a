"""Pages of accounts in a real Chromium: accessible, and passkeys under the strict policy."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.people.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("version")]

ENTRANCE = ["account_login", "account_signup", "account_reset_password", "account_inactive"]
OWN = ["account", "account_change_password", "account_email", "mfa_index", "take_along"]
CONFIRMED = ["mfa_activate_totp", "mfa_add_webauthn"]


def sign_in(page: Page) -> None:
    """Sign in with the password, and confirm it for what is asked for twice."""
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Ada")).to_be_visible()


def confirm_password(page: Page, address: str) -> None:
    """Go to an address that asks for the password once more."""
    page.goto(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(f"**{address}")


def test_axe_finds_nothing_on_pages_of_accounts_light_or_dark(ada, page):
    found = {}

    def look(names: list[str]) -> None:
        for name in names:
            page.goto(reverse(name))
            for scheme in ("light", "dark"):
                found[name, scheme] = violations(page, scheme)

    look(ENTRANCE)
    sign_in(page)
    look(OWN)
    confirm_password(page, reverse("mfa_activate_totp"))
    look(CONFIRMED)
    assert {case: wrong for case, wrong in found.items() if wrong} == {}


def test_passkey_that_was_added_signs_in(ada, page, settings, live_server):
    # Passkeys belong to a host name; browsers take none for an IP address.
    settings.ALLOWED_HOSTS = ["localhost"]
    page.goto(live_server.url.replace("127.0.0.1", "localhost"))
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    can = {"hasUserVerification": True, "isUserVerified": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, **can}})
    host = page.url.split("/account")[0]

    def at(name: str) -> str:
        return f"{host}{reverse(name)}"

    page.goto(at("account_login"))
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(at("mfa_add_webauthn"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Sign in with it").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.context.clear_cookies()
    page.goto(at("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="Ada")).to_be_visible()
