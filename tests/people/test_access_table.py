"""Every address and method with sign-in: people as in the table, and visitors who don't sign in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from decider.reports.views import pdf
from tests.site.test_access_table import (  # noqa: F401
    METHODS,
    ROLES,
    TABLE,
    Case,
    all_get,
    answer,
    browsers,
    cases,
    deleted,
    saved,
    test_everybody_gets_what_the_table_says_at_every_address,
)

COMMENTS = [name for name in TABLE if name.startswith("shared_") and "comment" in name]
COMMENTS += ["shared_flag_question", "shared_sign_off"]
OPEN = {
    "healthz": (200, 405),
    "readyz": (200, 405),
    "signing_keys": (200, 405),
    "schema": (200, 405),
    "verify_record": (200, 422),
    "shared_passphrase": (404, 404),
    "shared_report": (404, 405),
    "shared_report_points": (404, 405),
    "shared_report_pdf": (404, 405),
    "shared_report_pdf_letter": (404, 405),
    "shared_report_export": (404, 405),
    "open_share_link": (404, 405),
    "open_edit_link": (404, 405),
    **dict.fromkeys(COMMENTS, (404, 404)),
    "open_round_invitation": (404, 405),
}
"""What GET and POST get from visitors who hold nothing; everything else asks them to sign in."""

WITH_LINKS = {
    "shared_passphrase": (302, 302),
    "shared_report": (200, 405),
    "shared_report_points": (200, 405),
    "shared_report_pdf": (200, 405),
    "shared_report_pdf_letter": (200, 405),
    "shared_report_export": (200, 405),
    "open_share_link": (302, 405),
    "open_edit_link": (302, 405),
    **dict.fromkeys(COMMENTS, (403, 403)),
    "open_round_invitation": (302, 405),
}
"""The same for visitors with a share link and an edit link that work."""

ACCOUNT = {
    "account_login": ((302, 302), (200, 200)),
    "account_logout": ((200, 302), (302, 302)),
    "account_inactive": ((200, 405), (200, 405)),
    "account_signup": ((302, 302), (200, 200)),
    "account_reset_password": ((200, 200), (200, 200)),
    "account_confirm_password_reset_code": ((302, 302), (302, 302)),
    "account_complete_password_reset": ((302, 302), (302, 302)),
    "account_password_reset_completed": ((200, 405), (200, 405)),
    "account_email_verification_sent": ((302, 302), (302, 302)),
    "account_confirm_login_code": ((302, 302), (302, 302)),
    "socialaccount_login_cancelled": ((200, 405), (200, 405)),
    "socialaccount_signup": ((302, 302), (302, 302)),
    "mfa_authenticate": ((302, 302), (302, 302)),
    "mfa_login_webauthn": ((302, 302), (302, 302)),
}
"""What GET and POST get from people and from visitors; at all other addresses of accounts, visitors
are asked to sign in."""


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> list[tuple[str, str]]:
    """Name and route of every address that takes no argument."""
    found = []
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, route)
        else:
            found.append((pattern.name or "", route))
    return found


def is_sign_in(response: object) -> bool:
    """Whether a response leads to the sign-in page."""
    return getattr(response, "url", "").startswith("/account/login/?next=")


def statuses(client: Client, path: str) -> tuple[int, int]:
    """What GET and POST get."""
    return client.get(path).status_code, client.post(path).status_code


@pytest.fixture(autouse=True)
def name_of_account(monkeypatch) -> None:
    """Where a browser gives a name, that of the account counts."""
    led_on = dict.fromkeys(ROLES, 302)
    monkeypatch.setitem(TABLE, "your_name", (led_on, led_on))
    monkeypatch.setitem(TABLE, "join_round", (TABLE["join_round"][0], all_get(404, holder=302)))


@pytest.fixture
def visitor_cases(cases) -> dict[str, Case]:  # noqa: F811
    """Two visitors who don't sign in: one with links that work, and one with nothing."""
    holder, stranger = cases["holder"], cases["stranger"]
    visitor = Case(Client(), stranger.arguments, stranger.tokens | {"open_share_link": "nothing"})
    with_links = Case(Client(), holder.arguments, holder.tokens)
    for name in ("open_share_link", "open_edit_link"):
        assert with_links.client.get(with_links.path(name)).status_code == 302
    return {"nothing": visitor, "links": with_links}


@pytest.mark.parametrize(("holding", "table"), [("nothing", OPEN), ("links", OPEN | WITH_LINKS)])
def test_visitor_is_asked_to_sign_in_wherever_the_table_does_not_name_them(
    visitor_cases, monkeypatch, holding, table
):
    monkeypatch.setattr(pdf, "cached_pdf", lambda *_, **__: b"%PDF-1.7")
    case = visitor_cases[holding]
    wrong = {}
    for name in TABLE:
        for method in METHODS:
            reading, posting = table.get(name, (302, 302))
            expected = posting if method == "post" else reading
            status = answer(case, method, name)
            led = name in table or is_sign_in(getattr(case.client, method)(case.path(name)))
            if status != expected or not led:
                wrong[name, method] = (status, expected, led)
    assert wrong == {}


def test_table_has_every_address_of_accounts():
    names = {name for name, route in addresses(get_resolver().url_patterns) if "account/" in route}
    assert set(ACCOUNT) <= names
    assert names >= {"account", "take_along"}


def test_pages_of_an_account_ask_visitors_to_sign_in(ada, signed_in):
    wrong = {}
    for name, route in addresses(get_resolver().url_patterns):
        if not route.startswith("/account/") or "(" in route or "<" in route or not name:
            continue
        visitor = Client()
        if name in ACCOUNT:
            got = (statuses(signed_in, route), statuses(visitor, route))
            if got != ACCOUNT[name]:
                wrong[name] = got
        elif not is_sign_in(visitor.get(route)) or not is_sign_in(visitor.post(route)):
            wrong[name] = statuses(visitor, route)
        signed_in.force_login(ada)
    assert wrong == {}


def test_every_page_of_an_account_opens_or_leads_on(ada, signed_in):
    found = {}
    for name, route in addresses(get_resolver().url_patterns):
        if route.startswith("/account/") and "(" not in route and "<" not in route:
            found[name] = signed_in.get(route).status_code
            signed_in.force_login(ada)
    assert found["mfa_list_webauthn"] == 200
    assert set(found.values()) <= {200, 301, 302, 401, 404, 405}
