"""The pages of a questionnaire with requirements: accessible, and no wider than a small window."""

from __future__ import annotations

import pytest
from django.urls import reverse

from decider.assessments.services import start_assessment
from decider.questionnaires.versions import load_questionnaire
from tests import heating
from tests.browser.test_accessibility import OPEN_FOLDS, RULES, SMALL_TARGETS, violations
from tests.presentation.test_requirements import OPEN, PELLETS

pytestmark = pytest.mark.browser

PAGES = ("result", "check", "weights")


@pytest.fixture
def houses(db, browser_key):
    version, _ = load_questionnaire(text=heating.TEXT)
    made = []
    for answers in (OPEN, PELLETS):
        house = start_assessment(version=version, title="House", context="", browser=browser_key)
        for key, value in answers.items():
            house.answers.create(question_key=key, value=value)
        made.append(house)
    return made


def test_pages_with_requirements_are_accessible_and_fit_a_window_of_320_pixels(open_window, houses):
    page = open_window(viewport={"width": 320, "height": 600}, reduced_motion="reduce")
    found = {}
    for house in houses:
        for name in PAGES:
            page.goto(reverse(name, args=[house.pk]))
            page.evaluate(OPEN_FOLDS)
            width = page.evaluate("document.documentElement.scrollWidth")
            wrong = [violations(page, scheme) for scheme in RULES]
            found[house.pk, name] = (width, page.evaluate(SMALL_TARGETS), *wrong)
    assert {name: row for name, row in found.items() if row != (320, [], [], [])} == {}


def test_table_of_requirements_scrolls_by_key(open_window, houses):
    page = open_window(viewport={"width": 320, "height": 600}, reduced_motion="reduce")
    page.goto(reverse("result", args=[houses[0].pk]) + "#requirements")
    region = page.get_by_role("region", name="Requirements by alternative")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
