"""Signing in and out with e-mail address and password."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from decider.assessments.services import edit_token, open_edit_link
from tests.conftest import client_of
from tests.people.conftest import PASSWORD, WRONG, sign_in, text_of


def test_visitor_is_led_to_sign_in_and_back_to_where_they_wanted_to(ada):
    client = Client()
    asked = reverse("workspace") + "?show=archived"
    led = client.get(asked)
    assert (led.status_code, led.url) == (
        302,
        "/account/login/?next=/assessments/%3Fshow%3Darchived",
    )
    assert client.get(led.url).status_code == 200
    assert sign_in(client, next=asked).url == asked
    assert client.get(asked).status_code == 200


def test_visitor_whose_form_htmx_sends_is_led_to_sign_in_by_a_header():
    led = Client().post(reverse("start"), headers={"HX-Request": "true"})
    assert led.headers["HX-Redirect"] == "/account/login/?next=/start/"


@pytest.mark.parametrize("address", ["//elsewhere.example", "https://elsewhere.example/"])
def test_sign_in_leads_to_no_other_host(ada, address):
    assert sign_in(Client(), next=address).url == reverse("home")


def test_address_in_capitals_is_the_same(ada):
    assert sign_in(Client(), email="ADA@Example.ORG").status_code == 302


@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
def test_wrong_password_and_unknown_address_get_the_same_words(ada, email):
    page = text_of(sign_in(Client(), "not-her-password", email))
    assert WRONG in page
    assert "There is a problem" in page


def test_person_who_may_not_sign_in_any_more_is_told_so(ada):
    ada.is_active = False
    ada.save()
    assert sign_in(Client()).url == reverse("account_inactive")


def test_session_ends_at_once_when_its_person_may_not_sign_in_any_more(ada, signed_in):
    ada.is_active = False
    ada.save()
    assert signed_in.get(reverse("workspace")).status_code == 302


def test_sixth_try_is_refused_from_any_address_even_with_the_right_password(ada):
    for last in range(5):
        assert WRONG in text_of(sign_in(Client(REMOTE_ADDR=f"192.0.2.{last}"), "wrong"))
    refused = text_of(sign_in(Client(REMOTE_ADDR="192.0.2.9")))
    assert "Too many tries to sign in went wrong." in refused


def test_tries_are_counted_in_the_database_for_all_processes(ada, django_assert_num_queries):
    from django.core.cache import cache

    assert type(cache._connections["default"]).__name__ == "DatabaseCache"


def test_thirty_first_try_in_a_minute_from_one_address_gets_a_page(ada):
    client = Client()
    for count in range(30):
        sign_in(client, "wrong", f"person{count}@example.org")
    refused = sign_in(client, "wrong")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "Too many attempts" in text_of(refused)


def test_sign_out_asks_first_and_ends_the_session(signed_in):
    assert signed_in.get(reverse("account_logout")).status_code == 200
    assert signed_in.get(reverse("workspace")).status_code == 200
    assert signed_in.post(reverse("account_logout")).url == reverse("account_login")
    assert signed_in.get(reverse("workspace")).status_code == 302
    assert Session.objects.count() == 0


def test_new_password_ends_the_other_sessions(ada, signed_in):
    other = Client()
    sign_in(other)
    new = "other-words-in-a-row"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert signed_in.post(reverse("account_change_password"), sent).status_code == 302
    assert signed_in.get(reverse("workspace")).status_code == 200
    assert other.get(reverse("workspace")).status_code == 302


@pytest.mark.parametrize("password", ["short", "password1234", "ada@example.org"])
def test_password_that_could_be_guessed_is_refused(ada, signed_in, password):
    sent = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert signed_in.post(reverse("account_change_password"), sent).status_code == 200
    assert sign_in(Client()).status_code == 302


def test_session_cookie_is_out_of_reach_of_scripts(signed_in):
    cookie = signed_in.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_name_that_others_see_can_be_changed(ada, signed_in):
    assert signed_in.post(reverse("account"), {"name": " Ada  L. "}).status_code == 302
    assert signed_in.post(reverse("account"), {"name": " "}).status_code == 422
    ada.refresh_from_db()
    assert ada.name == "Ada L."
    assert "Ada L." in text_of(signed_in.get(reverse("home")))


def test_expired_sessions_go_when_the_server_starts(signed_in, version):
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    call_command("clearsessions")
    assert Session.objects.count() == 0


def test_owner_sees_the_names_of_those_who_edit(ada, assessment, browser_key):
    open_edit_link(token=edit_token(assessment), browser=ada.pk)
    page = text_of(client_of(browser_key).get(reverse("assessment_settings", args=[assessment.pk])))
    assert "<strong>Ada</strong>" in page
    assert "Browser 1" not in page


def test_assessment_is_handed_over_to_a_person(ada, signed_in, assessment, browser_key):
    open_edit_link(token=edit_token(assessment), browser=ada.pk)
    editor = assessment.editors.get(holder=ada.pk)
    client_of(browser_key).post(reverse("make_owner", args=[assessment.pk, editor.pk]))
    assert signed_in.post(reverse("delete_assessment", args=[assessment.pk])).status_code == 302
