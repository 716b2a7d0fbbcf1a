"""Filling in an assessment: one question a page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from decider.assessments.access import assessment_or_404
from decider.assessments.forms.answers import RETURN_TO, QuestionForm
from decider.assessments.models import Answer, Assessment
from decider.assessments.question_page import contradictions, disputes_of, section_links, sources_of
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
from decider.base.access import Can
from decider.engine.questionnaire.schema import Question
from decider.engine.scoring.flow import Walk
from decider.presentation.report import present_report
from decider.web.requests import HtmxRequest, page_with_form, wants_fragment

SETTLED = {
    "unanswered": "",
    "nothing": "No open question can change what comes first any more.",
    "unknown": "No unanswered question can change what comes first any more."
    " What you answered with “I don’t know” still can, once you find it out.",
}


def question_url(assessment: Assessment, question: Question) -> str:
    """The address of a question."""
    return reverse("question", args=[assessment.pk, question.key])


def url_after(assessment: Assessment, walk: Walk, question_key: str) -> str:
    """The address of the question after this one, or of the check page."""
    following = walk.next_after(question_key)
    return question_url(assessment, following) if following else check_url(assessment)


def check_url(assessment: Assessment) -> str:
    """The address of the check page."""
    return reverse("check", args=[assessment.pk])


@never_cache
@require_safe
def quick(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """The quick path: the questions that can change most come first."""
    assessment = assessment_or_404(request, pk)
    answers = answers_of(assessment)
    following, url = quick_destination(assessment, answers)
    if following is None:
        messages.success(request, settled(assessment, answers))
    return redirect(url)


def settled(assessment: Assessment, answers: Mapping[str, Answer]) -> str:
    """That no unanswered question matters any more, in words."""
    return SETTLED[what_can_change(assessment, answers)]


@never_cache
@require_safe
def resume(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """Go on where the assessment stopped."""
    assessment = assessment_or_404(request, pk)
    current = walk_through(assessment, answers_of(assessment)).current
    return redirect(question_url(assessment, current) if current else check_url(assessment))


@never_cache
@vary_on_headers("HX-Request")
@page_with_form
def question(request: HtmxRequest, pk: uuid.UUID, question_key: str) -> HttpResponse:
    """Ask one question; save its answer and go on."""
    assessment = assessment_or_404(request, pk, needs=Can.ANSWER)
    asked = questionnaire_for(assessment).questions.get(question_key)
    if asked is None:
        raise Http404("This questionnaire has no such question.")
    answers = answers_of(assessment)
    if request.method == "POST":
        return save_answer(request, assessment, asked, answers)
    if not walk_through(assessment, answers).is_visible(question_key):
        messages.info(request, "An earlier answer makes that question unnecessary.")
        return redirect("resume", pk=assessment.pk)
    return_to = request.GET.get("return_to", "")
    if return_to not in RETURN_TO:
        return_to = ""
    return ask(request, assessment, asked, answers, return_to=return_to)


def save_answer(
    request: HtmxRequest, assessment: Assessment, asked: Question, answers: dict[str, Answer]
) -> HttpResponse:
    """Save what was posted and go on, or show the question again with what was wrong."""
    if request.POST.get("resolve") == "theirs":
        return go_on(request, assessment, asked, answers)
    form = QuestionForm(asked, request.POST)
    if not form.is_valid():
        return ask(request, assessment, asked, answers, form=form, status=422)
    try:
        answers[asked.key] = answer_question(
            assessment=assessment,
            question_key=asked.key,
            value=form.cleaned_data["value"],
            note=form.cleaned_data["note"],
            revision=form.cleaned_data["revision"],
        )
    except StaleAnswer as stale:
        return ask_again(request, assessment, asked, answers, theirs=stale.current)
    return go_on(request, assessment, asked, answers)


def go_on(
    request: HtmxRequest, assessment: Assessment, asked: Question, answers: dict[str, Answer]
) -> HttpResponse:
    """Lead to the next question, or back to where the question was opened from."""
    return_to = request.POST.get("return_to", "")
    following, url = destination(assessment, asked, answers, return_to)
    if following is None and return_to == "quick":
        messages.success(request, settled(assessment, answers))
    if following is None or not request.htmx:
        return redirect(url)
    page = ask(request, assessment, following, answers, return_to=return_to, after=asked)
    return push_url(page, url)


def destination(
    assessment: Assessment, asked: Question, answers: dict[str, Answer], return_to: str
) -> tuple[Question | None, str]:
    """The question that comes next, if it is one, and the address to go on to."""
    if return_to in ("check", "result"):
        return None, f"{reverse(return_to, args=[assessment.pk])}#{asked.key}"
    if return_to == "quick":
        return quick_destination(assessment, answers)
    following = walk_through(assessment, answers).next_after(asked.key)
    return following, question_url(assessment, following) if following else check_url(assessment)


def quick_destination(
    assessment: Assessment, answers: Mapping[str, Answer]
) -> tuple[Question | None, str]:
    """The most decisive open question, or the check page where none can change the winner."""
    following = most_decisive(assessment, answers)
    if following is None:
        return None, check_url(assessment)
    return following, f"{question_url(assessment, following)}?return_to=quick"


def ask_again(
    request: HtmxRequest,
    assessment: Assessment,
    asked: Question,
    answers: dict[str, Answer],
    *,
    theirs: Answer,
) -> HttpResponse:
    """Show both answers where somebody else saved one in the meantime."""
    answers[asked.key] = theirs
    data = request.POST.copy()
    data["revision"] = str(theirs.revision)
    form = QuestionForm(asked, data)
    labels = dict(form.fields["value"].choices)  # type: ignore[attr-defined]
    conflict = {
        "theirs_label": labels[theirs.value],
        "theirs_note": theirs.note,
        "yours_label": labels[data["value"]],
        "yours_note": data.get("note", ""),
        "saved_at": theirs.updated_at,
    }
    return ask(request, assessment, asked, answers, form=form, status=409, conflict=conflict)


def ask(
    request: HtmxRequest,
    assessment: Assessment,
    asked: Question,
    answers: Mapping[str, Answer],
    *,
    form: QuestionForm | None = None,
    status: int = 200,
    conflict: Mapping[str, Any] | None = None,
    return_to: str = "",
    after: Question | None = None,
) -> HttpResponse:
    """The page of a question, or just its fragment for HTMX.

    `after` is the question whose answer was just saved, where one request does both.
    """
    questionnaire = questionnaire_for(assessment)
    walk = walk_through(assessment, answers)
    changeable = what_can_change(assessment, answers)
    concerned = {asked.key, after.key} if after else {asked.key}
    context = {
        "assessment": assessment,
        "section": questionnaire.section_of[asked.key],
        "question": asked,
        "form": form or question_form(asked, answers.get(asked.key), return_to),
        "conflict": conflict,
        "sections": section_links(
            walk, questionnaire.section_of[asked.key], lambda q: question_url(assessment, q)
        ),
        "position": position(walk, asked),
        "sources": sources_of(questionnaire, asked),
        "disagreements": disputes_of(questionnaire, asked),
        "conflicts": contradictions(questionnaire, walk, concerned),
        "settled": SETTLED[changeable],
        "final": changeable == "nothing",
        "previous_url": previous_url(assessment, walk, asked),
        "check_url": check_url(assessment),
        "ranking_url": reverse("ranking_so_far", args=[assessment.pk]),
        "skip_url": url_after(assessment, walk, asked.key),
    }
    template = (
        "assessments/_question.html" if wants_fragment(request) else "assessments/question.html"
    )
    return render(request, template, context, status=status)


def question_form(asked: Question, answer: Answer | None, return_to: str) -> QuestionForm:
    """The form of a question with its saved answer, if there is one."""
    return QuestionForm(
        asked,
        initial={
            "value": answer.value if answer else None,
            "note": answer.note if answer else "",
            "revision": answer.revision if answer else 0,
            "return_to": return_to,
        },
    )


def position(walk: Walk, asked: Question) -> str:
    """How far along the question is; "about", since answers open and close branches."""
    if asked not in walk.visible:
        return ""
    return f"Question {walk.visible.index(asked) + 1} of about {len(walk.visible)}"


def previous_url(assessment: Assessment, walk: Walk, asked: Question) -> str | None:
    """The address of the question before this one; None for the first."""
    before = walk.before(asked.key) if walk.is_visible(asked.key) else None
    return question_url(assessment, before) if before else None


@never_cache
@vary_on_headers("HX-Request")
@require_safe
def ranking_so_far(request: HtmxRequest, pk: uuid.UUID) -> HttpResponse:
    """The ranking so far, for those who open it beside a question."""
    assessment = assessment_or_404(request, pk)
    view = present_report(document_of(assessment=assessment))
    template = (
        "assessments/_ranking_so_far.html"
        if wants_fragment(request)
        else "assessments/ranking_so_far.html"
    )
    return render(request, template, {"assessment": assessment, "view": view})
