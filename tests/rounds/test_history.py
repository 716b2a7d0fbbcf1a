"""What a round changes in its assessment is in the history of that."""

from __future__ import annotations

from django.urls import reverse

from decider.assessments.models import Assessment, Change
from decider.assessments.services import questionnaire_for, state_token


def test_settling_a_round_names_who_did_it(assessment, editor, browser_key, closed):
    question, second = list(questionnaire_for(assessment).questions)[:2]
    settle = reverse("settle_question", args=[assessment.pk, question])
    assert editor.post(settle, {"value": "unknown", "revision": 0}).status_code == 302
    token = state_token(Assessment.objects.get(pk=assessment.pk))
    editor.post(reverse("take_over_agreed", args=[assessment.pk]), {"state_token": token})
    found = Change.objects.filter(assessment=assessment, kind="answer").order_by("pk")
    assert list(found.values_list("actor", "question_key")) == [
        (browser_key, question),
        (browser_key, second),
    ]
