"""Filling in an assessment: one question a page."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from decider.assessments.access import assessment_and_access, assessment_or_404
from decider.assessments.forms.answers import QuestionForm
from decider.assessments.last_changes import LastChange, changed_meanwhile
from decider.assessments.models import Answer, Assessment, ChangeKind
from decider.assessments.services import (
    StaleAnswer,
    answer_question,
    answers_of,
    document_of,
    most_decisive,
    questionnaire_for,
    walk_through,
    what_can_change,
)
from decider.assessments.step import QUICK, RETURN_TO, SETTLED, Step, question_url
from decider.base.access import Can
from decider.engine.questionnaire.schema import Question
from decider.people.identity import key_of
from decider.presentation.brief import missing_answers
from decider.presentation.report import present_report
from decider.web.requests import HtmxRequest, page_with_form, wants_fragment


@never_cache
@require_safe
def resume(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """Go on where the assessment stopped."""
    assessment, can = assessment_and_access(request, pk)
    if Can.ANSWER not in can:
        return redirect("result", pk=pk)
    current = walk_through(assessment, answers_of(assessment)).current
    return redirect(question_url(assessment, current)) if current else redirect("check", pk=pk)


@never_cache
@require_safe
def quick(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """The quick path: the questions that can change most come first."""
    assessment = assessment_or_404(request, pk, needs=Can.ANSWER)
    answers = answers_of(assessment)
    first = most_decisive(assessment, answers)
    if first is None:
        messages.success(request, SETTLED[what_can_change(assessment, answers)])
        return redirect("check", pk=pk)
    return redirect(Step(assessment, answers, first, QUICK).url)


@never_cache
@vary_on_headers("HX-Request")
@page_with_form
def question(request: HtmxRequest, pk: uuid.UUID, question_key: str) -> HttpResponse:
    """Ask one question; save its answer and go on."""
    assessment = assessment_or_404(request, pk, needs=Can.ANSWER)
    asked = questionnaire_for(assessment).questions.get(question_key)
    if asked is None:
        raise Http404("This questionnaire has no such question.")
    if request.method == "POST":
        return save_answer(request, assessment, asked)
    step = step_now(request, assessment, asked)
    if not step.is_visible:
        messages.info(request, "An earlier answer makes that question unnecessary.")
        return redirect("resume", pk=assessment.pk)
    return ask(request, step)


def return_to(request: HtmxRequest) -> str:
    """Where the question was opened from; empty on the way through all of them."""
    asked_from = request.POST if request.method == "POST" else request.GET
    page = asked_from.get("return_to", "")
    return page if page in RETURN_TO else ""


def step_now(request: HtmxRequest, assessment: Assessment, asked: Question) -> Step:
    """The question with the answers as they are saved now."""
    return Step(assessment, answers_of(assessment), asked, return_to(request))


def save_answer(request: HtmxRequest, assessment: Assessment, asked: Question) -> HttpResponse:
    """Save what was posted and go on, or show the question again with what was wrong."""
    if request.POST.get("resolve") == "theirs":
        return go_on(request, step_now(request, assessment, asked))
    form = QuestionForm(asked, request.POST)
    if not form.is_valid():
        return ask(request, step_now(request, assessment, asked), form, status=422)
    try:
        answers = answer_question(
            assessment=assessment, question_key=asked.key, actor=key_of(request), **form.answer
        )
    except StaleAnswer as stale:
        form.ask_which(stale.current, changed_answer(request, stale.current))
        return ask(request, step_now(request, assessment, asked), form, status=409)
    return go_on(request, Step(assessment, answers, asked, return_to(request)))


def changed_answer(request: HttpRequest, answer: Answer) -> LastChange | None:
    """When an answer that makes a form stale was saved, and by whom."""
    key = answer.question_key
    kind = ChangeKind.ANSWER
    return changed_meanwhile(answer.assessment, key_of(request), kind, question_key=key)


def go_on(request: HtmxRequest, step: Step) -> HttpResponse:
    """Lead to the next question, or back to where the question was opened from."""
    if step.following is None:
        if step.return_to == QUICK:
            messages.success(request, step.settled)
        return redirect(step.following_url)
    if not request.htmx:
        return redirect(step.following_url)
    return push_url(ask(request, step.following), step.following_url)


def ask(
    request: HtmxRequest, step: Step, form: QuestionForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a question, or just its fragment for HTMX."""
    context = {
        "assessment": step.assessment,
        "step": step,
        "form": form or QuestionForm(step.question, initial=step.initial),
    }
    template = "_question.html" if wants_fragment(request) else "question.html"
    return render(request, f"assessments/{template}", context, status=status)


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def ranking_so_far(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """The ranking so far, for those who open it beside a question."""
    assessment, can = assessment_and_access(request, pk)
    view = present_report(document_of(assessment=assessment))
    template = "_ranking_so_far.html" if wants_fragment(request) else "ranking_so_far.html"
    context = {
        "assessment": assessment,
        "view": view,
        "missing": missing_answers(view),
        "only_reads": Can.ANSWER not in can,
    }
    return render(request, f"assessments/{template}", context)
