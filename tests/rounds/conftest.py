"""An open round, and people who take part in it."""

from __future__ import annotations

import uuid

import pytest

from decider.assessments.services import questionnaire_for
from decider.rounds.models import Participant, Round
from decider.rounds.services import begin_round, close_round, finish, invite, join
from tests.conftest import give_answer


def first_questions(assessment, number: int = 2) -> list:
    """The first questions, which everybody is asked."""
    return list(questionnaire_for(assessment).questions.values())[:number]


def say(assessment, question, choice: int, note: str = "") -> None:
    """Answer a question with the choice at this position."""
    give_answer(assessment, question.key, question.choices[choice].key, note=note)


def take_part(asked: Round, name: str) -> Participant:
    """Somebody who joined by a link of their own."""
    invitation, _ = invite(asked=asked, name=name)
    return join(invitation=invitation, browser=uuid.uuid4(), name=name)


def key_of(participant: Participant) -> uuid.UUID:
    """The key of the browser that a participant answers in."""
    return participant.assessment.editors.get().holder


@pytest.fixture
def asked(assessment) -> Round:
    """An open round of `assessment`."""
    return begin_round(assessment=assessment)


@pytest.fixture
def ada(asked) -> Participant:
    """Somebody who gives the first choice to the first two questions, and has not finished."""
    participant = take_part(asked, "Ada")
    one, two = first_questions(participant.assessment)
    say(participant.assessment, one, 0, "Seen it <b>myself</b>.")
    say(participant.assessment, two, 0)
    return participant


@pytest.fixture
def bo(asked) -> Participant:
    """Somebody who agrees with Ada on the second question only, and has not finished."""
    participant = take_part(asked, "Bo")
    one, two = first_questions(participant.assessment)
    say(participant.assessment, one, 1)
    say(participant.assessment, two, 0)
    return participant


@pytest.fixture
def closed(asked, ada, bo) -> Round:
    """The round, closed once both have finished."""
    for participant in (ada, bo):
        finish(participant=participant)
    close_round(asked=asked)
    asked.refresh_from_db()
    return asked
