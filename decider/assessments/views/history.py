"""The history of an assessment: who changed what, earlier answers, and restoring them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.assessments.access import assessment_and_access, assessment_and_browser
from decider.assessments.editors import names_of
from decider.assessments.forms.history import HistoryForm
from decider.assessments.history import content_of
from decider.assessments.history_page import (
    actors_of,
    changed_questions,
    changes_of,
    entries_of,
    in_words,
)
from decider.assessments.models import Answer, Assessment, Change
from decider.assessments.services import StaleAnswer, answer_question
from decider.base.access import Can
from decider.people.identity import key_of
from decider.web.forms import RevisedForm
from decider.web.paging import addresses_beside
from decider.web.requests import page_with_form

PAGE_SIZE = 30


@never_cache
@require_safe
def history(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who changed what and when, for whoever may read the answers."""
    assessment, can = assessment_and_access(request, pk)
    actors = actors_of(assessment)
    names = names_of(assessment, actors)
    form = HistoryForm(
        request.GET,
        questions={question.key: question.text for question in changed_questions(assessment)},
        people={str(number): names[actor] for number, actor in enumerate(actors, 1)},
    )
    status = 200 if form.is_valid() else 422
    number = form.person_number
    actor = actors[number - 1] if number else None
    found = changes_of(assessment, question_key=form.question_key, actor=actor)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "assessment": assessment,
        "only_reads": Can.ANSWER not in can,
        "form": form,
        "here": key_of(request),
        "page": page,
        "entries": entries_of(assessment, page.object_list, names),
        "addresses": addresses_beside(request, page),
    }
    return render(request, "assessments/history.html", context, status=status)


@never_cache
@require_safe
def earlier_answer(request: HttpRequest, pk: uuid.UUID, change_pk: int) -> HttpResponse:
    """What a change replaced, beside the answer of now."""
    assessment, can = assessment_and_access(request, pk)
    change = change_or_404(assessment, change_pk)
    return earlier_answer_page(request, assessment, change, can)


@never_cache
@page_with_form
def restore_answer(request: HttpRequest, pk: uuid.UUID, change_pk: int) -> HttpResponse:
    """Make an earlier answer the present one, unless somebody changed that in the meantime."""
    if request.method != "POST":
        return redirect("earlier_answer", pk=pk, change_pk=change_pk)
    assessment, browser = assessment_and_browser(request, pk, needs=Can.ANSWER)
    change = change_or_404(assessment, change_pk)
    form = RevisedForm(request.POST)
    if form.is_valid() and restored_or_ask_again(change, form, browser):
        messages.success(request, "Restored. The answer that it replaced is in the history, too.")
        return redirect(f"{reverse('history', args=[pk])}?question={change.question_key}")
    return earlier_answer_page(request, assessment, change, Can.ANSWER, form)


def restored_or_ask_again(change: Any, form: RevisedForm, browser: uuid.UUID) -> bool:
    """Restore what a change replaced; False where the present answer is another one by now."""
    try:
        answer_question(
            assessment=change.assessment,
            question_key=change.question_key,
            value=change.before["value"],
            note=change.before["note"],
            revision=form.cleaned_data["revision"],
            actor=browser,
            restored=change.pk,
        )
    except StaleAnswer as stale:
        form.ask_again(stale.current.revision)
        return False
    return True


def change_or_404(assessment: Assessment, pk: int) -> Any:
    """A change of the assessment that replaced an answer."""
    changes = changes_of(assessment).select_related("assessment__version")
    found = changes.exclude(question_key="").filter(pk=pk, before__isnull=False).first()
    if found is None:
        raise Http404("No earlier answer is kept by this number.")
    return found


def earlier_answer_page(
    request: HttpRequest,
    assessment: Assessment,
    change: Change,
    can: Can,
    form: RevisedForm | None = None,
) -> HttpResponse:
    """The page of an earlier answer; a form that is shown again has errors or is stale."""
    names = names_of(assessment, [change.actor] if change.actor else [])
    (entry,) = entries_of(assessment, [change], names)
    present = Answer.objects.get(assessment=assessment, question_key=change.question_key)
    content = content_of(present)
    context = {
        "assessment": assessment,
        "only_reads": Can.ANSWER not in can,
        "entry": entry,
        "present": in_words(entry.question, content) if entry.question else None,
        "form": form or RevisedForm(initial={"revision": present.revision}),
        "here": key_of(request),
        "is_present": content == change.before,
    }
    status = 200 if form is None else 409 if form.is_stale else 422
    return render(request, "assessments/earlier_answer.html", context, status=status)
