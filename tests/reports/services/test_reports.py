"""A saved report never changes, whatever happens around it."""

import json
from itertools import pairwise

import pytest

from decider.assessments.lifecycle import delete_assessment, purge_assessment
from decider.assessments.services import (
    answer_question,
    change_assessment,
    questionnaire_for,
)
from decider.base.digests import sha256
from decider.base.frozen import Frozen
from decider.questionnaires.versions import load_questionnaire
from decider.reports.models import DecisionRecord, Report
from decider.reports.services.records import add_entry
from decider.reports.services.reports import (
    TooEarly,
    canonical_json,
    freeze_once,
    freeze_report,
)
from tests.conftest import DEFAULT_FILE, answer_enough


def saved(report):
    return Report.objects.get(pk=report.pk)


def test_report_holds_questions_answers_notes_weights_and_result(report, assessment):
    questionnaire = questionnaire_for(assessment)
    key = next(iter(questionnaire.questions))
    document = saved(report).document
    assert document.notes == {key: "As in the audit"}
    assert document.answers[key] == questionnaire.questions[key].choices[0].key
    assert document.weights == {s.key: s.weight for s in questionnaire.sections}
    asked = [q.text for q in document.questionnaire.content.questions.values()]
    assert asked == [q.text for q in questionnaire.questions.values()]
    assert document.result.ranking
    assert report.method == document.method


def test_content_is_canonical_and_hashed(report):
    assert canonical_json(json.loads(report.content)) == report.content
    assert sha256(report.content) == report.content_hash


def test_editing_the_assessment_changes_no_report(report, assessment):
    before = saved(report).content
    key = next(iter(questionnaire_for(assessment).questions))
    answer_question(
        assessment=assessment, question_key=key, value="unknown", note="changed", revision=1
    )
    change_assessment(assessment=assessment, revision=0, title="Renamed", weights={})
    assert saved(report).content == before
    assert saved(report).title == "Billing"


def test_new_questionnaire_version_changes_no_report(report):
    before = saved(report).content
    text = DEFAULT_FILE.read_text(encoding="utf-8")
    changed = text.replace("title: Where should this run?", "title: Where shall this run?", 1)
    version, created = load_questionnaire(text=changed)
    assert (version.number, created) == (2, True)
    assert saved(report).content == before


def test_deleting_the_assessment_changes_no_report(report, assessment, browser_key):
    before = saved(report).content
    delete_assessment(assessment=assessment)
    assert Report.objects.readable_by(browser_key).get() == report
    purge_assessment(assessment=assessment)
    assert saved(report).content == before
    assert saved(report).assessment is None
    assert Report.objects.readable_by(browser_key).get() == report


def test_report_can_be_neither_saved_again_nor_updated_nor_deleted(report):
    report.title = "Other"
    with pytest.raises(Frozen):
        report.save()
    with pytest.raises(Frozen):
        report.delete()
    with pytest.raises(Frozen):
        Report.objects.update(title="Other")
    with pytest.raises(Frozen):
        Report.objects.all().delete()
    assert saved(report).title == "Billing"


def test_reports_of_an_assessment_are_numbered_in_order(assessment, browser_key):
    made = [freeze_report(assessment=assessment, browser=browser_key) for _ in range(3)]
    assert [report.number for report in made] == [1, 2, 3]
    newest_first = list(assessment.reports.all())
    assert newest_first == made[::-1]
    assert all(later.saved_at >= earlier.saved_at for later, earlier in pairwise(newest_first))


def test_report_is_saved_again_only_once_something_has_changed(assessment, browser_key):
    answer_enough(assessment)
    report, created = freeze_once(assessment=assessment, browser=browser_key)
    assert created is True
    assert freeze_once(assessment=assessment, browser=browser_key) == (report, False)
    change_assessment(assessment=assessment, revision=0, title="Renamed")
    later, created = freeze_once(assessment=assessment, browser=browser_key)
    assert (later.number, created) == (2, True)
    change_assessment(assessment=assessment, revision=1, title="Billing")
    assert freeze_once(assessment=assessment, browser=browser_key)[1] is True


def test_same_facts_are_saved_again_for_another_decision(report, assessment, browser_key):
    answer_enough(assessment)
    first, _ = freeze_once(assessment=assessment, browser=browser_key)
    add_entry(record=first.record, revision=1, status="rejected", by="Ada", why="Board")
    again, created = freeze_once(assessment=assessment, browser=browser_key)
    assert (again.number, created, again.content_hash) == (3, True, first.content_hash)


def test_report_on_too_few_answers_is_refused_and_takes_no_number(assessment, browser_key):
    with pytest.raises(TooEarly, match="No question has been answered"):
        freeze_once(assessment=assessment, browser=browser_key)
    assert not DecisionRecord.objects.exists()
