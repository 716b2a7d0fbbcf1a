"""Taking part in a round: joining by a link, finishing, and reading what the others said."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from decider.assessments.access import assessment_and_access, assessment_or_404
from decider.assessments.editors import name_of
from decider.base.access import Can
from decider.people.identity import key_of, person_of, remember
from decider.people.limits import STARTING, limited
from decider.presentation.round import PresentedRound, present_round
from decider.questionnaires.versions import questionnaire_of
from decider.rounds import services
from decider.rounds.forms import JoinForm
from decider.rounds.models import Participant, RoundInvitation
from decider.rounds.results import finished_part
from decider.rounds.services import (
    NoLongerTakingPart,
    NothingAnswered,
    RoundFull,
    RoundIsClosed,
)
from decider.web.cookies import lead_on, value_at
from decider.web.requests import page_with_form
from decider.web.secret_addresses import bare

COOKIE = "decider_round_invitation"
FULL = "The round is full: no more people can take part. Ask whoever sent you the link."
NOTHING = "Answer at least one question before you finish."
CLOSED = "The round was closed before you finished. Your answers stay yours."
REMOVED = "You no longer take part in the round. Your answers stay yours."


@login_not_required
@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the secret of a link for a cookie, and go on to the page that joins the round."""
    if services.open_invitation(token=bare(token)) is None:
        return no_invitation(request)
    return lead_on(reverse("join_round"), COOKIE, bare(token))


@never_cache
@page_with_form
@limited(STARTING)
def join(request: HttpRequest) -> HttpResponse:
    """Ask whoever opened a link for their name, then give them an assessment of their own."""
    invitation = services.open_invitation(token=value_at(request, request.path, COOKIE))
    if invitation is None:
        return no_invitation(request)
    browser = key_of(request)
    participant = services.participant_of(invitation.round, browser) if browser else None
    if participant and participant.removed_at is None:
        return to_own_assessment(request, participant)
    if participant and not services.lets_back(invitation, participant):
        return no_longer_taking_part(request)
    first = invitation.name or (name_of(browser) if browser else "")
    form = JoinForm(named(request), initial={"name": first})
    if form.is_valid():
        return joined(request, invitation, form, browser or uuid.uuid4())
    return join_page(request, invitation, form)


def named(request: HttpRequest) -> dict[str, str] | None:
    """What was sent to the form; with sign-in people have their names already."""
    if request.method != "POST":
        return None
    name = person_of(request).name if settings.SIGN_IN else request.POST.get("name", "")
    return {"name": name}


def join_page(request: HttpRequest, invitation: RoundInvitation, form: JoinForm) -> HttpResponse:
    """The page that asks whether to take part."""
    context = {"invitation": invitation, "form": form, "needs_name": not settings.SIGN_IN}
    status = 422 if form.errors else 200
    return render(request, "rounds/join.html", context, status=status)


def joined(
    request: HttpRequest, invitation: RoundInvitation, form: JoinForm, browser: uuid.UUID
) -> HttpResponse:
    """Join by a valid form, and go on to the first question."""
    name = form.cleaned_data["name"]
    try:
        participant = services.join(invitation=invitation, browser=browser, name=name)
    except RoundFull:
        form.add_error(None, FULL)
        return join_page(request, invitation, form)
    except (RoundIsClosed, RoundInvitation.DoesNotExist):
        return no_invitation(request)
    except NoLongerTakingPart:
        return no_longer_taking_part(request)
    response = to_own_assessment(request, participant)
    remember(request, response, browser)
    return response


def to_own_assessment(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Lead somebody who takes part to their own answers."""
    own = participant.assessment
    if own is None or own.deleted_at:
        messages.info(request, "You have already taken part, and deleted your answers.")
        return redirect(f"{reverse('workspace')}?show=deleted")
    return redirect(own)


def no_invitation(request: HttpRequest) -> HttpResponse:
    """Say that a link does not work; why, a stranger doesn't learn."""
    return render(request, "rounds/no_invitation.html", status=404)


def no_longer_taking_part(request: HttpRequest) -> HttpResponse:
    """Say to somebody who took part that their link does not let them back."""
    return render(request, "rounds/removed.html", status=410)


@never_cache
@require_safe
def taking_part(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Finish one's own answers; after that, read those of the others who have finished."""
    assessment, can = assessment_and_access(request, pk)
    participant = participant_or_404(assessment.pk)
    context = {
        "assessment": assessment,
        "participant": participant,
        "only_reads": Can.ANSWER not in can,
        "round": shown_to(participant),
    }
    return render(request, "rounds/taking_part.html", context)


def participant_or_404(own: uuid.UUID) -> Participant:
    """The participant whose assessment this is, with the round."""
    rows = Participant.objects.select_related("round__assessment")
    return get_object_or_404(rows, assessment=own, round__assessment__deleted_at=None)


def shown_to(participant: Participant) -> PresentedRound | None:
    """What a participant may read: once they have finished, or the round is closed, what those
    said who have finished; nothing before, and nothing after they were removed."""
    asked = participant.round
    if participant.removed_at or (asked.is_open and not participant.finished_at):
        return None
    part = finished_part(asked)
    if part is None:
        return None
    return present_round(questionnaire_of(version_id=asked.assessment.version_id), part)


@require_POST
def finish(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand in one's own answers."""
    assessment = assessment_or_404(request, pk, needs=Can.ANSWER)
    participant = participant_or_404(assessment.pk)
    try:
        services.finish(participant=participant, actor=key_of(request))
    except NothingAnswered:
        messages.error(request, NOTHING)
    except RoundIsClosed:
        messages.error(request, CLOSED)
    except NoLongerTakingPart:
        messages.error(request, REMOVED)
    else:
        messages.success(request, "You have finished. These are your answers in the round.")
    return redirect("taking_part", pk=pk)
