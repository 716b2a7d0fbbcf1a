"""The rounds of an assessment: what its owner does with them, and the page that shows them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from decider.assessments.access import assessment_and_access, assessment_or_404
from decider.assessments.models import Assessment
from decider.assessments.services import answers_of, questionnaire_for, state_token
from decider.base.access import Can
from decider.base.addresses import absolute
from decider.engine.analysis.groups import MOST_RESPONDENTS
from decider.people.identity import key_of
from decider.presentation.round import agreed_answers, present_round
from decider.rounds import services
from decider.rounds.forms import InviteForm
from decider.rounds.models import Participant, Round, RoundInvitation
from decider.rounds.results import finished_part, kept_round, rounds_of
from decider.rounds.services import RoundFull, RoundIsClosed
from decider.web.requests import page_with_form
from decider.web.undo import done

FULL = f"At most {MOST_RESPONDENTS} people can take part. Remove somebody or revoke a link first."
CLOSED = "The round is already closed."


@never_cache
@require_safe
def round_of_assessment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The newest round: who takes part and has finished; once it is closed, what they said."""
    assessment, can = assessment_and_access(request, pk)
    return round_page(request, assessment, can)


@never_cache
@require_safe
def one_round(request: HttpRequest, pk: uuid.UUID, round_pk: int) -> HttpResponse:
    """The same of any round: closed ones stay readable after another one was begun."""
    assessment, can = assessment_and_access(request, pk)
    get_object_or_404(Round, pk=round_pk, assessment=assessment)
    return round_page(request, assessment, can, round_pk)


def round_page(
    request: HttpRequest,
    assessment: Assessment,
    can: Can,
    round_pk: int | None = None,
    form: InviteForm | None = None,
    made: RoundInvitation | None = None,
    address: str = "",
) -> HttpResponse:
    """The page of a round, the newest if none is named; `address` is that of an invitation just
    `made`."""
    rounds = list(rounds_of(assessment))
    asked = next((each for each in rounds if round_pk in (None, each.pk)), None)
    prefetch_related_objects([asked] if asked else [], "participants", "settlements", "invitations")
    context = {
        "assessment": assessment,
        "asked": asked,
        "newest": rounds[0] if rounds else None,
        "others": [each for each in rounds if each is not asked],
        "kept": kept_round(rounds),
        "only_reads": Can.ANSWER not in can,
        "can_administer": Can.ADMINISTER in can,
        "form": form or InviteForm(),
        "made": made,
        "address": address,
        **(results_of(asked, assessment) if asked and not asked.is_open else {}),
    }
    status = 422 if form and form.errors else 200
    return render(request, "rounds/round.html", context, status=status)


def results_of(asked: Round, assessment: Assessment) -> dict[str, Any]:
    """What those who finished a closed round said, and what of it the assessment does not have."""
    part = finished_part(asked)
    if part is None:
        return {}
    given = {key: answer.value for key, answer in answers_of(assessment).items()}
    others = {k: v for k, v in agreed_answers(part).items() if given.get(k) != v}
    return {
        "round": present_round(questionnaire_for(assessment), part),
        "to_take_over": len(others),
        "to_replace": len(others.keys() & given.keys()),
        "state_token": state_token(assessment),
    }


def unless_closed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that changes a round; it says so where somebody closed that in the meantime."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: uuid.UUID, **more: Any) -> HttpResponse:
        try:
            return view(request, pk, **more)
        except RoundIsClosed:
            messages.info(request, CLOSED)
            return redirect("round", pk=pk)

    return guarded


@require_POST
def begin(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Start a round, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    services.begin_round(assessment=assessment, actor=key_of(request))
    return redirect("round", pk=pk)


@never_cache
@page_with_form
@unless_closed
def invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a link by which to join, for the owner; it is shown once."""
    assessment, can = assessment_and_access(request, pk, needs=Can.ADMINISTER)
    asked = rounds_of(assessment).first()
    if request.method != "POST" or asked is None:
        return redirect("round", pk=pk)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return round_page(request, assessment, can, form=form)
    try:
        name = form.cleaned_data["name"]
        made, token = services.invite(asked=asked, name=name, actor=key_of(request))
    except RoundFull:
        form.add_error(None, FULL)
        return round_page(request, assessment, can, form=form)
    address = absolute(reverse("open_round_invitation", args=[token]))
    return round_page(request, assessment, can, made=made, address=address)


@require_POST
@unless_closed
def revoke(request: HttpRequest, pk: uuid.UUID, invitation_pk: int) -> HttpResponse:
    """Revoke an invitation, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    invitations = RoundInvitation.objects.filter(round__assessment=assessment)
    invitation = get_object_or_404(invitations, pk=invitation_pk)
    services.revoke(invitation=invitation, actor=key_of(request))
    messages.success(request, "Revoked. Nobody can join by that link any more.")
    return redirect("round", pk=pk)


@require_POST
@unless_closed
def remove(request: HttpRequest, pk: uuid.UUID, participant_pk: int) -> HttpResponse:
    """Remove somebody from an open round, for the owner."""
    participant = participant_or_404(request, pk, participant_pk)
    services.remove_participant(participant=participant, actor=key_of(request))
    undo = reverse("restore_participant", args=[pk, participant_pk])
    done(request, f"{participant.name} no longer takes part.", undo=undo)
    return redirect("round", pk=pk)


@require_POST
@unless_closed
def restore(request: HttpRequest, pk: uuid.UUID, participant_pk: int) -> HttpResponse:
    """Undo the removal of somebody as long as the round is open, for the owner."""
    participant = participant_or_404(request, pk, participant_pk)
    try:
        services.restore_participant(participant=participant, actor=key_of(request))
    except RoundFull:
        messages.error(request, f"At most {MOST_RESPONDENTS} people can take part.")
    else:
        messages.success(request, f"{participant.name} takes part again.")
    return redirect("round", pk=pk)


def participant_or_404(request: HttpRequest, pk: uuid.UUID, participant_pk: int) -> Participant:
    """Somebody in a round of the assessment, for its owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    people = Participant.objects.select_related("round__assessment")
    return get_object_or_404(people, pk=participant_pk, round__assessment=assessment)


@require_POST
@unless_closed
def close(request: HttpRequest, pk: uuid.UUID, round_pk: int) -> HttpResponse:
    """Close a round, for the owner; what those who have finished said can then be read."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    asked = get_object_or_404(Round, pk=round_pk, assessment=assessment)
    services.close_round(asked=asked, actor=key_of(request))
    messages.success(request, "The round is closed.")
    return redirect("round", pk=pk)
