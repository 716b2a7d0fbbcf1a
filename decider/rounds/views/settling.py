"""Settling the questions of closed rounds: each by itself, or all that everybody agrees on."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from decider.assessments.access import assessment_or_404
from decider.assessments.forms.answers import QuestionForm
from decider.assessments.models import Assessment, ChangeKind
from decider.assessments.services import (
    StaleAnswer,
    StaleAssessment,
    answers_of,
    questionnaire_for,
)
from decider.assessments.step import Step
from decider.assessments.views.changes import whoever_changed
from decider.assessments.views.questions import changed_answer
from decider.base.access import Can
from decider.people.identity import key_of
from decider.presentation.round import RoundQuestion, present_round
from decider.rounds import results
from decider.rounds.models import Round
from decider.rounds.results import NothingAgreed
from decider.web.requests import page_with_form

STALE = (
    "{who} changed the assessment in the meantime, so nothing was taken over. Below is what it and"
    " the others say now."
)


@never_cache
@page_with_form
def settle(request: HttpRequest, pk: uuid.UUID, round_pk: int, question_key: str) -> HttpResponse:
    """What each said on a question, and the answer that shall count, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    asked = closed_round_or_404(assessment, round_pk)
    row = question_or_404(asked, question_key)
    question = questionnaire_for(assessment).questions[question_key]
    step = Step(assessment, answers_of(assessment), question)
    if request.POST.get("resolve") == "theirs":
        return redirect(place_of(asked, row))
    form = QuestionForm(question, request.POST or None, initial=step.initial)
    if form.is_valid() and settle_or_ask_which(request, asked, question_key, form):
        messages.success(request, f"Settled: {question.text}")
        return redirect(place_of(asked, row))
    context = {"assessment": assessment, "asked": asked, "form": form, "row": row, "step": step}
    status = 409 if form.conflict else 422 if form.errors else 200
    return render(request, "rounds/settle.html", context, status=status)


def settle_or_ask_which(
    request: HttpRequest, asked: Round, question_key: str, form: QuestionForm
) -> bool:
    """Settle a question by a valid form; False where somebody saved another answer meanwhile."""
    try:
        results.settle(asked=asked, question_key=question_key, actor=key_of(request), **form.answer)
    except StaleAnswer as stale:
        form.ask_which(stale.current, changed_answer(request, stale.current))
        return False
    return True


def closed_round_or_404(assessment: Assessment, round_pk: int) -> Round:
    """A round of an assessment, once it is closed."""
    rounds = Round.objects.select_related("assessment")
    return get_object_or_404(rounds, pk=round_pk, assessment=assessment, closed_at__isnull=False)


def question_or_404(asked: Round, question_key: str) -> RoundQuestion:
    """A question that somebody answered in a round."""
    part = results.finished_part(asked)
    if part is not None:
        found = present_round(questionnaire_for(asked.assessment), part)
        for row in (*found.differing, *found.agreed):
            if row.key == question_key:
                return row
    raise Http404("Nobody answered such a question.")


def place_of(asked: Round, row: RoundQuestion) -> str:
    """Where a question stands on the page of its round."""
    return f"{asked.get_absolute_url()}#round-{row.key}"


@require_POST
def take_over(request: HttpRequest, pk: uuid.UUID, round_pk: int) -> HttpResponse:
    """Take over the answers that all agree on, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    asked = closed_round_or_404(assessment, round_pk)
    token = request.POST.get("state_token", "")
    try:
        taken = results.take_over(asked=asked, token=token, actor=key_of(request))
    except StaleAssessment:
        who = whoever_changed(request, assessment, ChangeKind.ANSWER)
        messages.error(request, STALE.format(who=who))
    except NothingAgreed:
        messages.info(request, "There is no question on which everybody agrees.")
    else:
        messages.success(request, f"Taken over: {taken} answer{'' if taken == 1 else 's'}.")
    return redirect(asked)
