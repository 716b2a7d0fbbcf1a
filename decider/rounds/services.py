"""What people do in a round: begin it, invite, join, finish, close it and settle its questions."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from itertools import chain, count

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from decider.assessments.models import Assessment, Editor
from decider.assessments.names import unused_title
from decider.assessments.services import (
    answer_question,
    answers_of,
    apply_tried,
    lock_assessment,
    questionnaire_for,
    start_assessment,
)
from decider.base.tokens import new_token, token_hash
from decider.engine.analysis.groups import MOST_RESPONDENTS
from decider.engine.report.round import Round as RoundPart
from decider.engine.report.round import RoundInputs, Sheet, build_round
from decider.people.erasure import ERASED_NAME
from decider.people.models import NAME_LENGTH
from decider.presentation.round import agreed_answers
from decider.rounds.models import Participant, Round, RoundInvitation


class RoundFull(Exception):
    """As many people as a round can have take part, or are invited by name."""


class RoundIsClosed(Exception):
    """The round was closed, or its assessment deleted, in the meantime."""


class NoLongerTakingPart(Exception):
    """The owner removed this participant from the round."""


class NothingAnswered(Exception):
    """Somebody who has answered nothing can't have finished."""


class NothingAgreed(Exception):
    """There is no question to which all gave the same answer."""


@transaction.atomic
def begin_round(*, assessment: Assessment) -> Round:
    """The open round of an assessment, a new one where there is none."""
    return lock_assessment(assessment).rounds.get_or_create(closed_at=None)[0]


def newest_round(assessment: Assessment) -> Round | None:
    """The round that was begun last, open or closed, with all that belongs to it."""
    rounds = Round.objects.filter(assessment=assessment).select_related("assessment__version")
    return rounds.prefetch_related("participants", "settlements", "invitations").first()


def _lock_open(found: Round) -> Round:
    """The round, kept from other writers; raises RoundIsClosed where it is no longer open."""
    try:
        lock_assessment(found.assessment)
        return Round.objects.select_related("assessment").get(pk=found.pk, closed_at=None)
    except (Assessment.DoesNotExist, Round.DoesNotExist):
        raise RoundIsClosed from None


@transaction.atomic
def invite(*, asked: Round, name: str) -> tuple[RoundInvitation, str]:
    """A new invitation and its secret token, which can't be had again.

    With a name it is for one person. Raises RoundFull and RoundIsClosed.
    """
    found = _lock_open(asked)
    if found.invitations.count() + len(found.taking_part) >= MOST_RESPONDENTS:
        raise RoundFull
    token = new_token()
    return found.invitations.create(name=name, token_hash=token_hash(token)), token


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
    own = {"assessment__editors__browser": browser, "assessment__editors__is_owner": True}
    return asked.participants.filter(**own).select_related("assessment").first()


@transaction.atomic
def join(*, invitation: RoundInvitation, browser: uuid.UUID, name: str) -> Participant:
    """Let this browser answer on its own, in an assessment that it owns.

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
        return _let_back(asked, already)
    group = asked.assessment
    own = start_assessment(
        version=group.version,
        title=unused_title(group.title, browser),
        context=group.context,
        browser=browser,
    )
    return asked.participants.create(assessment=own, name=_unused_name(name, asked))


def lets_back(invitation: RoundInvitation, participant: Participant) -> bool:
    """Whether somebody who was removed can come back by this link."""
    return participant.removed_at is not None and invitation.made_at > participant.removed_at


@transaction.atomic
def remove_participant(*, participant: Participant) -> None:
    """Let somebody take part no longer: what they said is shown to nobody, and stays theirs.

    Raises RoundIsClosed.
    """
    _lock_open(participant.round)
    participant.refresh_from_db(fields=["removed_at"])
    if participant.removed_at is None:
        participant.removed_at = timezone.now()
        participant.save(update_fields=["removed_at"])


@transaction.atomic
def restore_participant(*, participant: Participant) -> None:
    """Undo a removal; raises RoundIsClosed, and RoundFull where others took the place."""
    asked = _lock_open(participant.round)
    participant.refresh_from_db(fields=["removed_at", "name"])
    if participant.removed_at is None:
        return
    if len(asked.taking_part) >= MOST_RESPONDENTS:
        raise RoundFull
    _let_back(asked, participant)


def _let_back(asked: Round, participant: Participant) -> Participant:
    participant.removed_at = None
    participant.name = _unused_name(participant.name, asked)
    participant.save(update_fields=["removed_at", "name"])
    return participant


def _unused_name(name: str, asked: Round) -> str:
    """This name, with a number behind it where others in the round have the same."""
    used = {other.name.casefold() for other in asked.taking_part}
    numbered = (f"{name[: NAME_LENGTH - 5]} ({number})" for number in count(2))
    return next(n for n in chain([name], numbered) if n.casefold() not in used)


def parts_of(*, keys: Collection[uuid.UUID], name: str) -> QuerySet[Participant]:
    """Where whoever owns what is kept under these keys, or goes by this name, takes part."""
    owned = Editor.objects.filter(browser__in=keys, is_owner=True).values("assessment")
    return Participant.objects.filter(Q(assessment__in=owned) | Q(name__iexact=name))


@transaction.atomic
def forget_participants(*, keys: Collection[uuid.UUID], name: str) -> None:
    """Let their answers stand under no name; saved reports keep it."""
    for participant in parts_of(keys=keys, name=name):
        participant.name = f"{ERASED_NAME} {participant.pk}"
        participant.save(update_fields=["name"])


@transaction.atomic
def finish(*, participant: Participant) -> None:
    """Hand in the answers as they are; from then on the round keeps these.

    Whoever has finished stays so. Raises RoundIsClosed, NoLongerTakingPart, NothingAnswered, and
    Assessment.DoesNotExist where the participant's assessment was deleted in the meantime.
    """
    _lock_open(participant.round)
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


@transaction.atomic
def close_round(*, asked: Round) -> None:
    """Let nobody join or finish any more; raises RoundIsClosed where somebody else did.

    What those had handed in who were removed is forgotten.
    """
    found = _lock_open(asked)
    found.closed_at = timezone.now()
    found.save(update_fields=["closed_at"])
    found.invitations.all().delete()
    found.participants.exclude(removed_at=None).update(sheet={}, finished_at=None)


def finished_part(asked: Round) -> RoundPart | None:
    """What those who have finished said, as a report keeps it; None where nobody has.

    Who may see it is for the caller to say.
    """
    people = asked.taking_part
    sheets = [Sheet(name=p.name, **p.sheet) for p in people if p.finished_at]
    if not sheets:
        return None
    settled = {row.question_key: (row.value, row.note) for row in asked.settlements.all()}
    unfinished = [p.name for p in people if not p.finished_at]
    questionnaire = questionnaire_for(asked.assessment)
    return build_round(questionnaire, RoundInputs(sheets, unfinished, settled))


def kept_part(assessment: Assessment) -> RoundPart | None:
    """What a report saved now keeps: the round that was closed last, if somebody finished it."""
    closed = Round.objects.filter(assessment=assessment, closed_at__isnull=False)
    asked = closed.select_related("assessment").first()
    return finished_part(asked) if asked else None


@transaction.atomic
def settle(
    *,
    asked: Round,
    question_key: str,
    value: str,
    note: str,
    revision: int,
    actor: uuid.UUID | None = None,
) -> None:
    """Make an answer that of the round's assessment; `revision` is that of the answer shown.

    Raises StaleAnswer and Assessment.DoesNotExist as `answer_question` does.
    """
    answer_question(
        assessment=asked.assessment,
        question_key=question_key,
        value=value,
        note=note,
        revision=revision,
        actor=actor,
    )
    _remember(asked, {question_key: value}, note)


@transaction.atomic
def take_over(*, asked: Round, token: str, actor: uuid.UUID | None = None) -> int:
    """Take over what all agree on, keeping notes; how many answers that were.

    `token` is the `state_token` of the page. Raises NothingAgreed, and StaleAssessment and
    Assessment.DoesNotExist as `apply_tried` does.
    """
    current = lock_assessment(asked.assessment)
    part = finished_part(asked)
    agreed = agreed_answers(part) if part else {}
    if not agreed:
        raise NothingAgreed
    apply_tried(
        assessment=current, answers=agreed, weights=current.weights, token=token, actor=actor
    )
    _remember(asked, agreed, "")
    return len(agreed)


def _remember(asked: Round, answers: Mapping[str, str], note: str) -> None:
    """Keep that these answers, by question, were settled."""
    for key, value in answers.items():
        saved = {"value": value, "note": note, "settled_at": timezone.now()}
        asked.settlements.update_or_create(question_key=key, defaults=saved)
