"""Access that an operator gives to somebody who signs in."""

from __future__ import annotations

import pytest

from decider.assessments.models import Editor
from decider.people.models import Person

pytestmark = pytest.mark.django_db


def test_person_gets_an_assessment_as_its_owner(assessment, run):
    ada = Person.objects.create_user(email="ada@example.org", name="Ada")
    run("give_access", "billing", "--person", "Ada@example.org", "--owner")
    assert Editor.objects.get(is_owner=True).holder == ada.pk


def test_unknown_person_gets_nothing(assessment, refused):
    said = refused("give_access", "billing", "--person", "eve@example.org")
    assert said == "Nobody signs in as eve@example.org."
    assert Editor.objects.count() == 1


def test_person_has_to_be_named(assessment, refused):
    said = refused("give_access", "billing")
    assert said == "Say whom, with --person EMAIL: on this server people sign in."
