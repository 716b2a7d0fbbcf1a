"""An answer that was acknowledged stays, whatever else happens at the worst moment.

Every kind of write races against the answer to a question, with either of them stopped before each
of its SQL statements in turn. STRESS_SAVES sets how many races there are in all.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pytest
from django.http import HttpResponse
from django.urls import reverse

from decider.assessments.models import Assessment, Editor
from decider.assessments.services import (
    answer_question,
    questionnaire_for,
    start_assessment,
    state_token,
)
from decider.questionnaires.models import QuestionnaireVersion
from tests.conftest import client_of, load_bicycle
from tests.stress.race import race

pytestmark = pytest.mark.django_db(transaction=True)

SAVES = int(os.environ.get("STRESS_SAVES", "80"))
STATEMENTS = 12
"""A request is stopped before one of so many first statements."""

QUESTION, OTHER_QUESTION = "load", "hills"
OLD, NEW, RIVAL = "crates", "bag", "unknown"
ENOUGH_WITH = ("socket", "socket")
"""A question and the answer that, with another one, make a report worth saving."""
WEIGHT = 17


@dataclass
class Scene:
    """An assessment that can be saved, its two editors, and what its forms showed them."""

    version: QuestionnaireVersion
    owner: uuid.UUID = field(default_factory=uuid.uuid4)
    guest: uuid.UUID = field(default_factory=uuid.uuid4)

    def __post_init__(self) -> None:
        self.assessment = start_assessment(
            version=self.version, title="Way to work", context="", browser=self.owner
        )
        Editor.objects.create(assessment=self.assessment, holder=self.guest)
        for key, value in ((QUESTION, OLD), ENOUGH_WITH):
            answer_question(
                assessment=self.assessment, question_key=key, value=value, note="", revision=0
            )
        self.seen = state_token(Assessment.objects.get(pk=self.assessment.pk))
        self.sections = [section.key for section in questionnaire_for(self.assessment).sections]

    def post(self, who: uuid.UUID, name: str, *key: str, **data: object) -> HttpResponse:
        url = reverse(name, args=[self.assessment.pk, *key])
        return client_of(who).post(url, data)

    def answer(self) -> HttpResponse:
        """The save that must last."""
        return self.post(self.owner, "question", QUESTION, value=NEW, revision=1)

    def answer_differently(self) -> HttpResponse:
        return self.post(self.guest, "question", QUESTION, value=RIVAL, revision=1)

    def answer_another_question(self) -> HttpResponse:
        return self.post(self.guest, "question", OTHER_QUESTION, value=RIVAL, revision=0)

    def apply(self) -> HttpResponse:
        """The what-if form sends every answer as it saw it, and another weight."""
        tried = {f"q-{QUESTION}": OLD, f"w-{self.sections[0]}": WEIGHT, "state_token": self.seen}
        return self.post(self.guest, "apply_what_if", **tried)

    def weigh(self) -> HttpResponse:
        weights = {f"weight-{key}": WEIGHT for key in self.sections}
        return self.post(self.guest, "weights", revision=0, **weights)

    def rename(self) -> HttpResponse:
        return self.post(self.guest, "assessment_settings", revision=0, title="Renamed")

    def save_report(self) -> HttpResponse:
        return self.post(self.guest, "save_report")

    def leave(self) -> HttpResponse:
        return self.post(self.guest, "leave_assessment")

    def delete(self) -> HttpResponse:
        return self.post(self.owner, "delete_assessment")


RIVALS: list[Callable[[Scene], HttpResponse]] = [
    Scene.answer_differently,
    Scene.answer_another_question,
    Scene.apply,
    Scene.weigh,
    Scene.rename,
    Scene.save_report,
    Scene.leave,
    Scene.delete,
]
ROUNDS = -(-SAVES // (2 * len(RIVALS)))


@pytest.fixture
def bicycle(transactional_db) -> QuestionnaireVersion:
    """A small questionnaire: its pages are quick."""
    return load_bicycle()


@pytest.mark.parametrize("answer_stops", [True, False], ids=["answer-stops", "rival-stops"])
@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.__name__)
def test_acknowledged_answer_is_never_undone(bicycle, rival, answer_stops):
    acknowledged = 0
    for number in range(ROUNDS):
        scene, statement = Scene(bicycle), 1 + 5 * number % STATEMENTS
        if answer_stops:
            answered, other = race(scene.answer, partial(rival, scene), statement=statement)
        else:
            other, answered = race(partial(rival, scene), scene.answer, statement=statement)
        check_saved(scene, rival, answered, other)
        acknowledged += answered == 302
    print(f"{ROUNDS} races with {rival.__name__}: {acknowledged} answers acknowledged, 0 undone")


def check_saved(
    scene: Scene, rival: Callable[[Scene], HttpResponse], answered: int, other: int
) -> None:
    """What is saved must be what the two were told."""
    assert answered in (302, 404, 409)
    assert other in (302, 404, 409, 422)
    saved = Assessment.objects.filter(pk=scene.assessment.pk).first()
    assert (saved is None) == (rival is Scene.delete and other == 302)
    if saved is None:
        return
    kept = {answer.question_key: answer.value for answer in saved.answers.all()}
    assert kept[QUESTION] == told(rival, answered, other)
    if rival is Scene.answer_another_question:
        assert (other, kept[OTHER_QUESTION]) == (302, RIVAL)
    if rival in (Scene.apply, Scene.weigh) and other == 302:
        assert saved.weights[scene.sections[0]] == WEIGHT
    if rival is Scene.rename:
        assert (other, saved.title) == (302, "Renamed")
    if rival is Scene.save_report:
        assert saved.reports.get().document.answers[QUESTION] in (OLD, NEW)


def told(rival: Callable[[Scene], HttpResponse], answered: int, other: int) -> str:
    """The answer that must be saved after what the two were told."""
    if rival is not Scene.answer_differently:
        assert answered == 302
        return NEW
    assert sorted((answered, other)) == [302, 409], "one of them wins, the other is asked"
    return NEW if answered == 302 else RIVAL


@pytest.mark.parametrize("statement", range(1, STATEMENTS))
def test_two_entries_at_once_on_one_record_are_one_entry_and_one_question(bicycle, statement):
    scene = Scene(bicycle)
    scene.save_report()
    report = scene.assessment.reports.get()
    url = reverse("record", args=[report.pk])
    entry = {"status": "rejected", "by": "Ann", "why": "Too dear", "reason": "x", "revision": 1}

    def add(who: uuid.UUID) -> HttpResponse:
        return client_of(who).post(url, entry)

    statuses = race(lambda: add(scene.owner), lambda: add(scene.guest), statement=statement)
    assert sorted(statuses) == [302, 422]
    assert report.record.entries.count() == 2


@pytest.mark.parametrize("statement", range(1, STATEMENTS + 8))
def test_two_reports_at_once_get_numbers_of_their_own(bicycle, statement):
    scenes = [Scene(bicycle), Scene(bicycle)]
    statuses = race(scenes[0].save_report, scenes[1].save_report, statement=statement)
    assert statuses == (302, 302)
    records = [scene.assessment.reports.get().record for scene in scenes]
    assert sorted(record.serial for record in records) == [1, 2]


@pytest.mark.parametrize("name", ["apply", "weigh", "rename", "save_report", "leave", "delete"])
@pytest.mark.parametrize("statement", range(1, STATEMENTS, 2))
def test_write_to_an_assessment_that_is_being_deleted_finds_it_gone(bicycle, name, statement):
    scene = Scene(bicycle)
    statuses = race(getattr(scene, name), scene.delete, statement=statement)
    assert set(statuses) <= {302, 404}
    assert 302 in statuses
    assert not Assessment.objects.exists()
