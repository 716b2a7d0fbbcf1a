"""The way in: home page, a new assessment, the example, and small pages of the site itself."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.assessments.forms.answers import AssessmentForm
from decider.assessments.forms.teams import TeamAssessmentForm
from decider.assessments.services import start_assessment, start_from_answers
from decider.people.identity import key_of, person_of, remember
from decider.people.limits import STARTING, limited
from decider.presentation.result import result_context
from decider.questionnaires.example import example_answers, example_document
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import latest_version, questionnaire_of
from decider.site.taking_along import has_work
from decider.site.workspace import counts_of
from decider.web.cookies import browser_of
from decider.web.requests import page_with_form

View = Callable[[HttpRequest], HttpResponse]


def needs_questionnaire(view: View) -> View:
    """A page that says how to load a questionnaire, where none is loaded."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except QuestionnaireVersion.DoesNotExist:
            return render(request, "site/no_questionnaire.html", status=503)

    return guarded


@never_cache
@require_safe
@needs_questionnaire
def home(request: HttpRequest) -> HttpResponse:
    """What this is, one button, and the way to the assessments of this browser."""
    return render_home(request, start_form(request))


@page_with_form
@needs_questionnaire
@limited(STARTING)
def start(request: HttpRequest) -> HttpResponse:
    """Begin an assessment; who comes here by its address is led to the form."""
    if request.method != "POST":
        return redirect("home")
    form = start_form(request)
    if not form.is_valid():
        return render_home(request, form, status=422)
    browser = form.key or key_of(request) or uuid.uuid4()
    assessment = start_assessment(
        version=latest_version(), browser=browser, actor=key_of(request), **form.details
    )
    response = redirect(assessment)
    remember(request, response, browser)
    return response


@page_with_form
@needs_questionnaire
@limited(STARTING)
def start_example(request: HttpRequest) -> HttpResponse:
    """Begin with a copy of the filled-in example; its button is on the home page."""
    if request.method != "POST":
        return redirect("home")
    browser = key_of(request) or uuid.uuid4()
    version = latest_version()
    answers = example_answers(version)
    if answers is None:
        raise Http404("This questionnaire has no example.")
    assessment = start_from_answers(version=version, answers=answers, browser=browser)
    response = redirect("result", assessment.pk)
    remember(request, response, browser)
    return response


def start_form(request: HttpRequest) -> AssessmentForm:
    """The form of a new assessment; with sign-in it asks whose it is."""
    data = request.POST if request.method == "POST" else None
    if settings.SIGN_IN:
        return TeamAssessmentForm(person_of(request), data)
    return AssessmentForm(data)


def render_home(request: HttpRequest, form: AssessmentForm, status: int = 200) -> HttpResponse:
    """The home page with this form."""
    version = latest_version()
    browser = key_of(request)
    example = example_document(version)
    context = {
        "form": form,
        "questionnaire": questionnaire_of(version_id=version.pk),
        "active": counts_of(browser)["active"] if browser else 0,
        "can_take_along": can_take_along(request),
        "sample": result_context(example) if example else None,
    }
    return render(request, "site/home.html", context, status=status)


def can_take_along(request: HttpRequest) -> bool:
    """Whether work was begun in this browser before its person signed in."""
    browser = browser_of(request) if settings.SIGN_IN else None
    return browser is not None and has_work(browser)
