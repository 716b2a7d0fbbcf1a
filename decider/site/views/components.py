"""The component page of development: each part of the pages in each of its states."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from decider.assessments.forms.answers import AssessmentForm, QuestionForm
from decider.assessments.models import Answer, Assessment
from decider.assessments.step import Step
from decider.engine.questionnaire.schema import Question
from decider.presentation.result import result_context
from decider.questionnaires.example import example_document
from decider.questionnaires.models import QuestionnaireVersion
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
        **(result_context(sample) if sample else {}),
        **question_states(version),
    }
    return render(request, "site/components.html", context)


def question_states(version: QuestionnaireVersion) -> dict[str, Any]:
    """A question as asked, answered, faulty and in conflict, with what stands beside it."""
    questions = questionnaire_of(version_id=version.pk).questions.values()
    steps = [Step(Assessment(version=version), {}, question) for question in questions]
    step = next(step for step in steps if step.disputes)
    return {
        "assessment": step.assessment,
        "step": step,
        "asked": QuestionForm(step.question, initial={"revision": 0}, auto_id="asked_%s"),
        "answered": answered(step.question),
        "faulty": QuestionForm(step.question, {"note": "Ask the vendor."}, auto_id="faulty_%s"),
        "disputed": disputed(step.question),
    }


def answered(question: Question) -> QuestionForm:
    """The form of a question that has an answer and a note."""
    return QuestionForm(question, initial=first_choice(question), auto_id="answered_%s")


def disputed(question: Question) -> QuestionForm:
    """The form of a question that somebody else answered in the meantime."""
    form = QuestionForm(question, first_choice(question), auto_id="disputed_%s")
    form.full_clean()
    form.ask_which(Answer(value=question.choices[-1].key, revision=2))
    return form


def first_choice(question: Question) -> dict[str, Any]:
    """What the form of a question holds that has an answer and a note."""
    return {"revision": 1, "value": question.choices[0].key, "note": "As seen in May."}
