"""Access that an operator gives back."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from decider.assessments.models import Assessment, Editor
from decider.assessments.services import start_assessment
from tests.conftest import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer() -> Client:
    """A browser that nobody knows."""
    return client_of(uuid.uuid4())


def test_link_lets_a_new_browser_edit_and_become_the_owner(assessment, newcomer, run):
    said = run("give_access", "bill")
    link = said.splitlines()[-1]
    assert link.startswith("http://127.0.0.1:8000/edit/")
    path = link.removeprefix("http://127.0.0.1:8000")
    newcomer.post(newcomer.get(path).url)
    assert Editor.objects.count() == 2
    assert "is its owner now" in run("give_access", str(assessment.pk), "--owner")
    assert [editor.is_owner for editor in Editor.objects.order_by("pk")] == [False, True]


def test_link_that_has_expired_is_replaced(assessment, newcomer, run):
    Assessment.objects.update(edit_link_expires_at=timezone.now())
    path = run("give_access", "bill").splitlines()[-1].removeprefix("http://127.0.0.1:8000")
    assert newcomer.get(path).status_code == 302


def test_assessments_of_one_name_are_listed_with_their_ids(
    assessment, version, browser_key, refused
):
    other = start_assessment(version=version, title="Billing 2", context="", browser=browser_key)
    said = refused("give_access", "billing")
    assert "Several have this name" in said
    assert str(assessment.pk) in said
    assert str(other.pk) in said


@pytest.mark.parametrize("text", ["nothing", "00000000-0000-0000-0000-000000000000"])
def test_unknown_assessment_is_refused(assessment, text, refused):
    assert refused("give_access", text) == f"There is no assessment “{text}”."


def test_person_is_for_servers_with_sign_in(assessment, refused):
    said = refused("give_access", "billing", "--person", "ada@example.org")
    assert said == "--person is for servers on which people sign in."
