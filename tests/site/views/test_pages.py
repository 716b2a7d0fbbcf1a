"""The home page and the example."""

import errno
import os
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from decider.assessments.models import Assessment
from decider.assessments.services import (
    answers_of,
    start_assessment,
    walk_through,
)
from decider.site.views import pages


def test_server_without_a_questionnaire_says_how_to_load_one(nothing_loaded):
    response = Client().get(reverse("home"))
    assert response.status_code == 503
    assert "load_questionnaire" in response.content.decode()


def test_start_leads_to_the_first_question(version):
    response = Client().post(reverse("start"), {"title": " Billing ", "context": ""}, follow=True)
    assessment = Assessment.objects.get()
    assert assessment.title == "Billing"
    assert response.redirect_chain[-1][0].endswith("/questions/subject/")


@pytest.mark.parametrize("title", ["", "   ", "\u200b\u3164", "x" * 121])
def test_bad_name_is_told_at_its_field_and_the_context_kept(version, title):
    response = Client().post(reverse("start"), {"title": title, "context": "Invoices"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["title"]
    assert "Invoices" in response.content.decode()
    assert not Assessment.objects.exists()


def test_example_opens_as_a_copy_of_one_s_own_with_every_question_answered(version):
    client = Client()
    response = client.post(reverse("start_example"))
    assessment = Assessment.objects.get()
    walk = walk_through(assessment, answers_of(assessment))
    assert walk.current is None
    assert response.url == reverse("result", args=[assessment.pk])


def test_home_leads_to_the_list_of_assessments_of_this_browser(version, browser_key, editor):
    assert "You have" not in editor.get(reverse("home")).content.decode()
    for title in ("One", "Two"):
        start_assessment(version=version, title=title, context="", browser=browser_key)
    page = editor.get(reverse("home")).content.decode()
    assert "You have 2 assessments in this browser" in page


def test_home_shows_a_stranger_nothing_of_others(version, browser_key, stranger):
    start_assessment(version=version, title="Secret", context="", browser=browser_key)
    assert "Secret" not in stranger.get(reverse("home")).content.decode()


def test_form_that_can_t_be_saved_gets_a_page(version, client):
    with closed_to_writers():
        response = client.post(reverse("start"), {"title": "Billing", "context": ""})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "What you saved before is safe" in response.content.decode()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_full_or_broken_disk_gets_the_same_page(version, client, monkeypatch, number):
    def fail(**_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(pages, "start_assessment", fail)
    assert client.post(reverse("start"), {"title": "Billing"}).status_code == 503


@contextmanager
def closed_to_writers():
    """The database answers and takes nothing, like one on a full or read-only disk."""

    def refuse(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("attempt to write a readonly database")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def test_pages_carry_a_strict_content_security_policy(version):
    policy = Client().get(reverse("home")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy


@pytest.mark.parametrize("name", ["start", "start_example"])
def test_address_of_a_form_leads_to_the_form(version, name):
    assert Client().get(reverse(name)).url == reverse("home")
