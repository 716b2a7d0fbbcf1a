"""The history of an assessment: who changed what, what was there before, and restoring it."""

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
from decider.assessments.history_page import (
    actors_of,
    changed_questions,
    changes_of,
    earlier_state_of,
    entries_of,
)
from decider.assessments.models import Assessment
from decider.assessments.restoring import restore
from decider.assessments.services import StaleAnswer, StaleAssessment
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
def earlier_state(request: HttpRequest, pk: uuid.UUID, change_pk: int) -> HttpResponse:
    """What a change replaced, beside what is there now."""
    assessment, can = assessment_and_access(request, pk)
    change = change_or_404(assessment, change_pk)
    return earlier_state_page(request, change, can)


@never_cache
@page_with_form
def restore_state(request: HttpRequest, pk: uuid.UUID, change_pk: int) -> HttpResponse:
    """Restore what a change replaced, unless somebody changed that in the meantime."""
    if request.method != "POST":
        return redirect("earlier_state", pk=pk, change_pk=change_pk)
    assessment, browser = assessment_and_browser(request, pk, needs=Can.ANSWER)
    change = change_or_404(assessment, change_pk)
    form = RevisedForm(request.POST)
    if form.is_valid() and restored_or_ask_again(change, form, browser):
        messages.success(request, "Restored. What that replaced is in the history, too.")
        query = {"question": change.question_key} if change.question_key else {}
        return redirect(reverse("history", args=[pk], query=query))
    return earlier_state_page(request, change, Can.ANSWER, form)


def restored_or_ask_again(change: Any, form: RevisedForm, browser: uuid.UUID) -> bool:
    """Restore what a change replaced; False where that is not as the form showed it any more."""
    try:
        restore(change=change, revision=form.cleaned_data["revision"], actor=browser)
    except StaleAnswer as stale:
        form.ask_again(stale.current.revision)
        return False
    except StaleAssessment:
        form.ask_again(change.assessment.revision)
        return False
    return True


def change_or_404(assessment: Assessment, pk: int) -> Any:
    """A change that replaced an answer, weights, name or context of the assessment."""
    found = changes_of(assessment).filter(pk=pk, before__isnull=False).first()
    if found is None:
        raise Http404("Nothing that was replaced is kept by this number.")
    return found


def earlier_state_page(
    request: HttpRequest, change: Any, can: Can, form: RevisedForm | None = None
) -> HttpResponse:
    """The page of what a change replaced; a form that is shown again has errors or is stale."""
    assessment = change.assessment
    names = names_of(assessment, [change.actor] if change.actor else [])
    (entry,) = entries_of(assessment, [change], names)
    earlier = earlier_state_of(assessment, change, entry)
    context = {
        "assessment": assessment,
        "only_reads": Can.ANSWER not in can,
        "earlier": earlier,
        "entry": entry,
        "form": form or RevisedForm(initial={"revision": earlier.revision}),
    }
    status = 200 if form is None else 409 if form.is_stale else 422
    return render(request, "assessments/earlier_state.html", context, status=status)
