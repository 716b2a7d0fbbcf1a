"""A second factor: numbers of an authenticator app, and recovery codes."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests.people.conftest import PASSWORD, sign_in, text_of


def number(secret: str, periods: int = 0) -> str:
    """What an authenticator app shows now (RFC 6238), or so many periods of 30 seconds later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + periods)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    value = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{value % 10**6:06}"


def confirm(client: Client) -> None:
    """Enter the password once more, as is asked before changing how to sign in."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.fixture
def secret(signed_in) -> str:
    """The secret of the authenticator app that Ada set up."""
    address = reverse("mfa_activate_totp")
    confirm(signed_in)
    secret = signed_in.get(address).context["form"].secret
    assert signed_in.post(address, {"code": number(secret)}).url == reverse(
        "mfa_view_recovery_codes"
    )
    return secret


def test_password_alone_does_not_sign_in(ada, secret):
    client = Client()
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert client.get(reverse("workspace")).status_code == 302


@pytest.mark.parametrize(("periods", "status"), [(1, 302), (-10, 200), (10, 200)])
def test_number_of_a_clock_that_is_a_little_wrong_signs_in(ada, secret, periods, status):
    client = Client()
    sign_in(client)
    sent = client.post(reverse("mfa_authenticate"), {"code": number(secret, periods)})
    assert sent.status_code == status


def test_wrong_number_is_refused(ada, secret):
    client = Client()
    sign_in(client)
    assert "This code is not right." in text_of(
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    )
    assert client.get(reverse("workspace")).status_code == 302


def test_whoever_waits_for_a_lost_second_factor_signs_in_once_it_is_removed(ada, secret):
    client = Client()
    sign_in(client)
    Authenticator.objects.all().delete()
    page = client.get(reverse("workspace"), follow=True)
    assert [address for address, _status in page.redirect_chain] == [
        f"{reverse('account_login')}?next={reverse('workspace')}",
        reverse("mfa_authenticate"),
        reverse("account_login"),
    ]
    assert "Your second factor was removed." in text_of(page)
    sign_in(client)
    assert client.get(reverse("workspace")).status_code == 200


def test_recovery_code_signs_in_once(ada, signed_in, secret):
    page = signed_in.get(reverse("mfa_view_recovery_codes"))
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert "\n".join(codes) in text_of(page)
    for expected in (302, 200):
        client = Client()
        sign_in(client)
        sent = client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert sent.status_code == expected


def test_setting_it_up_shows_the_secret_as_a_picture_that_the_policy_allows(signed_in):
    address = reverse("mfa_activate_totp")
    assert (
        signed_in.get(address).url
        == f"{reverse('account_reauthenticate')}?next={quote(address, '')}"
    )
    confirm(signed_in)
    response = signed_in.get(address)
    assert "<svg" in text_of(response)
    assert "data:image" not in text_of(response)
    assert "img-src 'self'" in response.headers["Content-Security-Policy"]
