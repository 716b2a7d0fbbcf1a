"""Questionnaire files become versions, whole or not at all."""

import json

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from decider.base.files import FileErrors
from decider.engine.questionnaire.plain import to_dict
from decider.questionnaires import versions
from decider.questionnaires.models import Evidence, Question, QuestionnaireVersion, Section
from decider.questionnaires.versions import (
    default_path,
    forget_versions,
    latest_version,
    load_questionnaire,
    parse_file,
    questionnaire_of,
)
from tests import heating
from tests.bicycle import TEXT, bicycle

pytestmark = pytest.mark.usefixtures("nothing_loaded")

CHANGED = TEXT.replace("title: Which bicycle?", "title: Which bike?")


def load(text):
    version, created = load_questionnaire(text=text)
    return version.number, created


@pytest.mark.parametrize("text", [TEXT, heating.TEXT, default_path().read_text(encoding="utf-8")])
def test_rows_hold_the_whole_file(text):
    version, _ = load_questionnaire(text=text)
    questionnaire = questionnaire_of(version_id=version.pk)
    assert questionnaire == parse_file(text=text)
    assert json.dumps(to_dict(questionnaire)) == json.dumps(to_dict(parse_file(text=text)))


def test_same_content_is_loaded_once():
    assert [load(TEXT), load(TEXT), load(f"# a comment\n{TEXT}")] == [
        (1, True),
        (1, False),
        (1, False),
    ]
    assert Question.objects.count() == 4


def test_changed_content_becomes_the_next_version_and_leaves_the_last_alone():
    first, _ = load_questionnaire(text=TEXT)
    assert load(CHANGED) == (2, True)
    assert questionnaire_of(version_id=first.pk) == bicycle()
    assert latest_version(key="which-bicycle").title == "Which bike?"


def test_going_back_to_earlier_content_is_a_version_of_its_own():
    assert [load(TEXT), load(CHANGED), load(TEXT)] == [(1, True), (2, True), (3, True)]


def test_questionnaires_are_counted_by_key():
    load(TEXT)
    assert load(TEXT.replace("key: which-bicycle", "key: which-boat")) == (1, True)


def test_file_with_errors_loads_nothing():
    broken = TEXT.replace("weight: 60", "weight: 600").replace("label: A bag", "lable: A bag")
    with pytest.raises(FileErrors) as raised:
        load(broken)
    assert [str(error) for error in raised.value.errors] == [
        "sections[0].weight: should be a whole number from 0 to 100, not 600 (line 56)",
        "sections[0].questions[0].choices[1]: missing: label (line 73)",
        'sections[0].questions[0].choices[1].lable: unknown key. Did you mean "label"? (line 74)',
    ]
    assert not QuestionnaireVersion.objects.exists()


def test_failure_while_rows_are_written_leaves_nothing(monkeypatch):
    def fail(_rows):
        raise RuntimeError

    monkeypatch.setattr(Evidence.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        load(TEXT)
    assert (QuestionnaireVersion.objects.count(), Section.objects.count()) == (0, 0)


def test_number_taken_by_another_process_is_tried_again(monkeypatch):
    real, calls = versions._load, []

    def taken_once(questionnaire):
        calls.append(questionnaire)
        if len(calls) == 1:
            real(questionnaire)
            raise IntegrityError
        return real(questionnaire)

    monkeypatch.setattr(versions, "_load", taken_once)
    assert load(TEXT) == (1, False)


def queries(action) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def test_reading_takes_as_many_queries_for_a_long_questionnaire_as_for_a_short_one():
    counts = set()
    for text in (TEXT, heating.TEXT, default_path().read_text(encoding="utf-8")):
        version, _ = load_questionnaire(text=text)
        counts.add(queries(lambda pk=version.pk: questionnaire_of(version_id=pk)))
    assert counts == {14}


def test_published_questionnaire_is_held_in_memory():
    version, _ = load_questionnaire(text=TEXT)
    first = questionnaire_of(version_id=version.pk)
    assert queries(lambda: questionnaire_of(version_id=version.pk)) == 0
    assert questionnaire_of(version_id=version.pk) is first


def test_draft_is_never_used():
    forget_versions()
    draft = QuestionnaireVersion.objects.create(
        key="which-bicycle", number=1, title="t", summary="s", language="en", anchors={}, digest="d"
    )
    with pytest.raises(QuestionnaireVersion.DoesNotExist):
        questionnaire_of(version_id=draft.pk)
    with pytest.raises(QuestionnaireVersion.DoesNotExist):
        latest_version(key="which-bicycle")


def test_latest_version_without_a_key_is_that_of_the_settings(settings):
    settings.DECIDER_QUESTIONNAIRE = "which-bicycle"
    load(TEXT)
    load(CHANGED)
    assert latest_version().number == 2
