"""The component page of development: each part of the pages in each of its states."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from decider.assessments.forms.answers import AssessmentForm, QuestionForm
from decider.assessments.question_page import disputes_of, section_links, sources_of
from decider.engine.questionnaire.schema import Question, Questionnaire
from decider.engine.scoring.flow import walk
from decider.presentation.report import present_report
from decider.questionnaires.example import example_document
from decider.questionnaires.versions import latest_version, questionnaire_of


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Everything that the other pages are made of, with the questionnaire's own words."""
    version = latest_version()
    questionnaire = questionnaire_of(version_id=version.pk)
    sample = example_document(version)
    context = {
        "questionnaire": questionnaire,
        "start_form": AssessmentForm({"title": ""}, auto_id="start_%s"),
        "view": present_report(sample) if sample else None,
        **question_states(questionnaire),
    }
    return render(request, "site/components.html", context)


def question_states(questionnaire: Questionnaire) -> dict[str, Any]:
    """A question as asked, answered, faulty and in conflict, with what stands beside it."""
    question = next(q for q in questionnaire.questions.values() if disputes_of(questionnaire, q))
    section = questionnaire.section_of[question.key]
    return {
        "question": question,
        "section": section,
        "position": "Question 1 of about 25",
        "asked": QuestionForm(question, initial={"revision": 0}, auto_id="asked_%s"),
        "answered": answered(question),
        "faulty": QuestionForm(question, {"note": "Ask the vendor."}, auto_id="faulty_%s"),
        "conflict": {
            "yours_label": question.choices[0].label,
            "yours_note": "Ask the vendor.",
            "theirs_label": question.choices[-1].label,
            "theirs_note": "",
            "saved_at": timezone.now(),
        },
        "sections": section_links(walk(questionnaire, {}), section, lambda asked: f"#{asked.key}"),
        "sources": sources_of(questionnaire, question),
        "disagreements": disputes_of(questionnaire, question),
    }


def answered(question: Question) -> QuestionForm:
    """The form of a question that has an answer and a note."""
    initial = {"revision": 1, "value": question.choices[0].key, "note": "As seen in May."}
    return QuestionForm(question, initial=initial, auto_id="answered_%s")
