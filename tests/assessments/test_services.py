"""Two people at once, and who may edit."""

import uuid

import pytest

from decider.assessments.models import Answer
from decider.assessments.services import (
    StaleAnswer,
    StaleAssessment,
    answer_question,
    change_assessment,
    edit_token,
    open_edit_link,
    questionnaire_for,
)


@pytest.fixture
def key(assessment):
    return next(iter(questionnaire_for(assessment).questions))


def answer(assessment, key, value, revision, note=""):
    return answer_question(
        assessment=assessment, question_key=key, value=value, note=note, revision=revision
    )


def test_each_save_raises_the_revision(assessment, key):
    for seen, value in enumerate(["n/a", "unknown"]):
        assert answer(assessment, key, value, seen)[key].revision == seen + 1


@pytest.mark.parametrize("seen", [0, 1])
def test_second_of_two_saves_learns_of_the_first(assessment, key, seen):
    for revision in range(seen + 1):
        answer(assessment, key, "unknown", revision, note=f"{revision}")
    with pytest.raises(StaleAnswer) as stale:
        answer(assessment, key, "n/a", seen)
    assert (stale.value.current.value, stale.value.current.revision) == ("unknown", seen + 1)
    assert Answer.objects.get().value == "unknown"


def test_saving_an_answer_marks_the_assessment_as_changed(assessment, key):
    before = assessment.updated_at
    answer(assessment, key, "unknown", 0)
    assessment.refresh_from_db()
    assert assessment.updated_at > before


def test_stale_change_of_title_or_weights_is_told_and_shows_theirs(assessment):
    change_assessment(assessment=assessment, revision=0, title="Theirs")
    with pytest.raises(StaleAssessment):
        change_assessment(assessment=assessment, revision=0, weights={"x": 1})
    assert (assessment.title, assessment.weights, assessment.revision) == ("Theirs", {}, 1)


def test_edit_link_of_another_secret_is_refused(assessment, settings):
    token = edit_token(assessment)
    tampered = token.replace(token[0], "A" if token[0] != "A" else "B", 1)
    assert open_edit_link(token=tampered, browser=uuid.uuid4()) is None
