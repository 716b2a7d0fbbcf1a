"""An earlier answer is found from its question and restored, with JavaScript and without."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from decider.assessments.editors import name_browser
from decider.assessments.services import answers_of, questionnaire_for
from tests.conftest import answer_first, give_answer

pytestmark = pytest.mark.browser


def test_earlier_answer_is_restored_unless_somebody_was_faster(
    open_window, assessment, browser_key, javascript
):
    ada = uuid.uuid4()
    name_browser(browser=ada, name="Ada")
    key = next(iter(questionnaire_for(assessment).questions))
    answer_first(assessment, "Seen in May", browser_key)
    give_answer(assessment, key, "unknown", actor=ada)
    page = open_window(java_script_enabled=javascript)
    page.goto(reverse("question", args=[assessment.pk, key]))
    expect(page.get_by_text("Changed 1 time, last by Ada")).to_be_visible()
    page.get_by_role("link", name="History of this answer").click()
    page.get_by_role("link", name="See or restore the earlier answer").click()
    expect(page.get_by_text("Seen in May")).to_be_visible()
    give_answer(assessment, key, "n/a", actor=ada)
    restore = page.get_by_role("button", name="Restore this answer")
    restore.click()
    expect(page.get_by_role("heading", name="The answer was changed")).to_be_visible()
    expect(page.get_by_text("Does not apply")).to_be_visible()
    restore.click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    expect(page.get_by_text("restored an earlier answer to")).to_be_visible()
    assert answers_of(assessment)[key].note == "Seen in May"
