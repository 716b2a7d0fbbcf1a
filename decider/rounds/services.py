"""What people do in a round: begin it, invite to it, join, finish and close it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from itertools import chain, count

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from decider.assessments.history import add_change
from decider.assessments.models import Assessment, ChangeKind, Editor
from decider.assessments.names import unused_title
from decider.assessments.services import (
    answers_of,
    lock_assessment,
    start_assessment,
)
from decider.base.tokens import new_token, token_hash
from decider.engine.analysis.groups import MOST_RESPONDENTS
from decider.people.erasure import ERASED_NAME
from decider.people.models import NAME_LENGTH
from decider.rounds.models import Participant, Round, RoundInvitation


class RoundFull(Exception):
    """As many people as a round can have take part, or are invited by name."""


class RoundIsClosed(Exception):
    """The round was closed, or its assessment deleted, in the meantime."""


class NoLongerTakingPart(Exception):
    """The owner removed this participant from the round."""


class NothingAnswered(Exception):
    """Somebody who has answered nothing can't have finished."""


@transaction.atomic
def begin_round(*, assessment: Assessment, actor: uuid.UUID | None = None) -> Round:
    """The open round of an assessment, a new one where there is none."""
    asked, is_new = lock_assessment(assessment).rounds.get_or_create(closed_at=None)
    if is_new:
        _add_to_history(asked, actor, "begun")
    return asked


def _add_to_history(
    asked: Round, actor: uuid.UUID | None, step: str, whom: uuid.UUID | None = None
) -> None:
    """Add what was done in a round to the history of its locked assessment."""
    details: dict[str, str | int] = {"round": asked.pk, "step": step}
    if whom:
        details["whom"] = str(whom)
    add_change(assessment=asked.assessment, actor=actor, kind=ChangeKind.ROUND, **details)


def _lock_open(found: Round) -> Round:
    """The round, kept from other writers; raises RoundIsClosed where it is no longer open."""
    try:
        lock_assessment(found.assessment)
        return Round.objects.select_related("assessment").get(pk=found.pk, closed_at=None)
    except (Assessment.DoesNotExist, Round.DoesNotExist):
        raise RoundIsClosed from None


@transaction.atomic
def invite(
    *, asked: Round, name: str, actor: uuid.UUID | None = None
) -> tuple[RoundInvitation, str]:
    """A new invitation and its secret token, which can't be retrieved later.

    With a name it is for one person. Raises RoundFull and RoundIsClosed.
    """
    found = _lock_open(asked)
    if found.invitations.count() + len(found.taking_part) >= MOST_RESPONDENTS:
        raise RoundFull
    token = new_token()
    invitation = found.invitations.create(name=name, token_hash=token_hash(token))
    _add_to_history(found, actor, "invited")
    return invitation, token


@transaction.atomic
def revoke(*, invitation: RoundInvitation, actor: uuid.UUID | None = None) -> None:
    """Revoke an invitation; raises RoundIsClosed."""
    found = _lock_open(invitation.round)
    revoked, _ = found.invitations.filter(pk=invitation.pk).delete()
    if revoked:
        _add_to_history(found, actor, "revoked")


def open_invitation(*, token: str) -> RoundInvitation | None:
    """The invitation with this secret, as long as its round can be joined."""
    invitations = RoundInvitation.objects.select_related("round__assessment")
    found = invitations.filter(
        token_hash=token_hash(token),
        round__closed_at=None,
        round__assessment__deleted_at=None,
    )
    return found.first()


def participant_of(asked: Round, browser: uuid.UUID) -> Participant | None:
    """The participant whose assessment this browser owns, also one who was removed."""
    own = {"assessment__editors__holder": browser, "assessment__editors__is_owner": True}
    return asked.participants.filter(**own).select_related("assessment").first()


@transaction.atomic
def join(*, invitation: RoundInvitation, browser: uuid.UUID, name: str) -> Participant:
    """Give this browser an assessment of its own to answer in.

    Whoever takes part already keeps theirs; who was removed can come back by a link that was made
    after that. Raises RoundFull, RoundIsClosed, NoLongerTakingPart, and
    RoundInvitation.DoesNotExist where it was revoked or used in the meantime.
    """
    asked = _lock_open(invitation.round)
    current = asked.invitations.get(pk=invitation.pk)
    already = participant_of(asked, browser)
    if already and already.removed_at is None:
        return already
    if already and not lets_back(current, already):
        raise NoLongerTakingPart
    if len(asked.taking_part) >= MOST_RESPONDENTS:
        raise RoundFull
    if current.name:
        current.delete()
    if already:
        return _let_back(asked, already, browser)
    group = asked.assessment
    own = start_assessment(
        version=group.version,
        title=unused_title(group.title, browser),
        context=group.context,
        browser=browser,
        source="round",
    )
    _add_to_history(asked, browser, "joined")
    unused = _unused_name(name, asked)
    return asked.participants.create(assessment=own, name=unused, joined_by=browser)


def lets_back(invitation: RoundInvitation, participant: Participant) -> bool:
    """Whether somebody who was removed can come back by this link."""
    return participant.removed_at is not None and invitation.made_at > participant.removed_at


@transaction.atomic
def remove_participant(*, participant: Participant, actor: uuid.UUID | None = None) -> None:
    """Remove somebody from a round: what they said is shown to nobody, and stays theirs.

    Raises RoundIsClosed.
    """
    asked = _lock_open(participant.round)
    participant.refresh_from_db(fields=["removed_at"])
    if participant.removed_at:
        return
    participant.removed_at = timezone.now()
    participant.save(update_fields=["removed_at"])
    _add_to_history(asked, actor, "removed", participant.joined_by)


@transaction.atomic
def restore_participant(*, participant: Participant, actor: uuid.UUID | None = None) -> None:
    """Undo a removal; raises RoundIsClosed, and RoundFull where others took the place."""
    asked = _lock_open(participant.round)
    participant.refresh_from_db(fields=["removed_at", "name"])
    if participant.removed_at is None:
        return
    if len(asked.taking_part) >= MOST_RESPONDENTS:
        raise RoundFull
    _let_back(asked, participant, actor)


def _let_back(asked: Round, participant: Participant, actor: uuid.UUID | None) -> Participant:
    participant.removed_at = None
    participant.name = _unused_name(participant.name, asked)
    participant.save(update_fields=["removed_at", "name"])
    _add_to_history(asked, actor, "let-back", participant.joined_by)
    return participant


def _unused_name(name: str, asked: Round) -> str:
    """This name, with a number behind it where others in the round have the same."""
    used = {other.name.casefold() for other in asked.taking_part}
    numbered = (f"{name[: NAME_LENGTH - 5]} ({number})" for number in count(2))
    return next(n for n in chain([name], numbered) if n.casefold() not in used)


def parts_of(*, keys: Collection[uuid.UUID], name: str) -> QuerySet[Participant]:
    """Where whoever joined, or owns the answers, under these keys, or goes by this name, takes
    part."""
    owned = Editor.objects.filter(holder__in=keys, is_owner=True).values("assessment")
    joined = Q(joined_by__in=keys)
    return Participant.objects.filter(joined | Q(assessment__in=owned) | Q(name__iexact=name))


@transaction.atomic
def forget_participants(*, keys: Collection[uuid.UUID], name: str) -> None:
    """Remove their names from their answers; saved reports keep them."""
    for participant in parts_of(keys=keys, name=name):
        participant.name = f"{ERASED_NAME} {participant.pk}"
        participant.save(update_fields=["name"])


@transaction.atomic
def finish(*, participant: Participant, actor: uuid.UUID | None = None) -> None:
    """Hand in the answers as they are; from then on the round keeps these.

    Whoever has finished stays so. Raises RoundIsClosed, NoLongerTakingPart, NothingAnswered, and
    Assessment.DoesNotExist where the participant's assessment was deleted in the meantime.
    """
    asked = _lock_open(participant.round)
    current = Participant.objects.select_related("assessment").get(pk=participant.pk)
    if current.removed_at:
        raise NoLongerTakingPart
    if current.finished_at:
        return
    if current.assessment is None:
        raise Assessment.DoesNotExist
    own = lock_assessment(current.assessment)
    answers = answers_of(own)
    if not answers:
        raise NothingAnswered
    current.sheet = {
        "answers": {key: answer.value for key, answer in answers.items()},
        "notes": {key: answer.note for key, answer in answers.items() if answer.note},
        "weights": own.weights,
    }
    current.finished_at = timezone.now()
    current.save(update_fields=["sheet", "finished_at"])
    _add_to_history(asked, actor, "finished", current.joined_by)


@transaction.atomic
def close_round(*, asked: Round, actor: uuid.UUID | None = None) -> None:
    """Close a round: nobody can join or finish any more. Raises RoundIsClosed where it is.

    What those had handed in who were removed is forgotten.
    """
    found = _lock_open(asked)
    found.closed_at = timezone.now()
    found.save(update_fields=["closed_at"])
    found.invitations.all().delete()
    found.participants.exclude(removed_at=None).update(sheet={}, finished_at=None)
    _add_to_history(found, actor, "closed")
