"""Importing a report: what fits carries over, what doesn't is reported with its reason."""

import copy
import json

import pytest
from msgspec.structs import replace

from decider.assessments.models import Assessment
from decider.assessments.services import document_of, start_from_answers
from decider.base.files import FileErrors
from decider.engine.questionnaire.parse import parse
from decider.engine.report.codec import canonical_json
from decider.questionnaires.example import example_answers
from decider.questionnaires.versions import load_questionnaire
from decider.reports.proof.importing import (
    NO_SECTION,
    NO_WEIGHT,
    NO_WEIGHTS,
    NOT_ASKED,
    NOT_OFFERED,
    REWORDED,
    ROUND_STAYS,
    carry_over,
    import_file,
)
from decider.reports.services.reports import export_of, freeze_report
from tests.conftest import DEFAULT_FILE
from tests.presentation.builders import QUESTIONNAIRE, USUAL, document
from tests.presentation.test_round import ADA, BO, with_round
from tests.reports.proof.proof_files import changed, opened, pdf_with

LARGE = "How many people eat together?"
BREAK = "How long is the break?"


def as_it_is(_data):
    """No change."""


def as_sent(report):
    """A report document as a file has it."""
    return json.loads(canonical_json(report))


def carried(report, change=as_it_is):
    """What fits a questionnaire after this change of its file, and the remarks."""
    data = copy.deepcopy(QUESTIONNAIRE)
    change(data)
    sent = report if isinstance(report, dict) else as_sent(report)
    result = carry_over(sent, parse(data))
    return result.answers, [(r.part, r.name, r.value, r.reason) for r in result.remarks]


def question(data, key):
    return next(q for s in data["sections"] for q in s["questions"] if q["key"] == key)


def test_round_of_independent_answers_stays_in_the_report():
    answers, remarks = carried(with_round(ADA, BO))
    assert answers.answers == USUAL
    assert remarks == [("Independent answers", "", "", ROUND_STAYS)]


def test_everything_fits_the_same_version():
    report = document(notes={"minutes": "Fifty"}, weights={"people": 10})
    answers, remarks = carried(report)
    assert (answers.title, answers.context) == (report.title, report.context)
    assert (answers.answers, answers.notes, answers.weights) == (
        USUAL,
        {"minutes": "Fifty"},
        {"people": 10},
    )
    assert remarks == []


def test_question_that_is_gone_is_told_with_its_note():
    def change(data):
        data["sections"][0]["questions"] = [question(data, "how-many")]

    answers, remarks = carried(document(notes={"guests": "Rarely"}), change)
    assert answers.answers == {key: value for key, value in USUAL.items() if key != "guests"}
    assert remarks == [
        ("Answer", "Do guests come along?", "Nobody from outside comes", NOT_ASKED),
        ("Note", "Do guests come along?", "Rarely", NOT_ASKED),
    ]


def test_answer_that_is_gone_leaves_its_note_on_an_open_question():
    def change(data):
        data["conflicts"] = []
        for choice in question(data, "minutes")["choices"]:
            choice["key"] = choice["key"].replace("short", "brief")

    choices = question(QUESTIONNAIRE, "minutes")["choices"]
    label = next(choice["label"] for choice in choices if choice["key"] == "short")
    report = document({"minutes": "short"}, notes={"minutes": "Fifty"})
    answers, remarks = carried(report, change)
    assert (answers.answers, answers.notes) == ({"minutes": "unknown"}, {"minutes": "Fifty"})
    assert remarks == [("Answer", BREAK, label, NOT_OFFERED)]


def test_question_in_other_words_carries_over_and_is_to_be_looked_at():
    def change(data):
        question(data, "how-many")["text"] = "How many people could eat together?"

    answers, remarks = carried(document(), change)
    assert answers.answers == USUAL
    assert remarks == [("Answer", LARGE, "Up to four", REWORDED)]


def test_weight_of_a_section_that_is_gone_is_told():
    def change(data):
        data["sections"][0]["key"] = "persons"

    answers, remarks = carried(document(weights={"people": 10}), change)
    assert "people" not in answers.weights
    assert remarks == [("Weight", "People", "10", NO_SECTION)]


def test_weight_that_nobody_set_is_that_of_the_newest_version():
    def change(data):
        for section in data["sections"]:
            section["weight"] = 33

    report = document(weights={"people": 10})
    answers, remarks = carried(report, change)
    assert answers.weights == {"people": 10}
    assert remarks == [
        (
            "Weight",
            section["title"],
            str(section.get("weight", 50)),
            "nobody set it, and it is 33 now",
        )
        for section in QUESTIONNAIRE["sections"]
        if section["key"] != "people"
    ]


@pytest.mark.parametrize("weight", [-1, 101, True, 1.5, "50", None])
def test_weight_that_is_none_is_told(weight):
    answers, remarks = carried({**as_sent(document()), "weights": {"people": weight}})
    assert answers.weights == {}
    assert [(part, name, reason) for part, name, _, reason in remarks] == [
        ("Weight", "People", NO_WEIGHT)
    ]


@pytest.mark.parametrize(
    ("changes", "reported"),
    [
        ({"title": 1}, ("Title", "1", "it is not a text")),
        ({"title": "x" * 121}, ("Title", "x" * 121, "it is longer than 120 characters")),
        (
            {"weights": {"people": 0, "time": 0}},
            ("Weights", '{"people": 0, "time": 0}', NO_WEIGHTS),
        ),
        ({"notes": []}, ("Notes", "[]", "they are missing, or not readable")),
        ({"answers": {"rain": ["wet"]}}, ("Answer", '["wet"]', NOT_OFFERED)),
        ({"answers": {"x\0": "wet"}}, ("Answer", "wet", NOT_ASKED)),
        (
            {"notes": {"rain": "x" * 4001}},
            ("Note", "x" * 4000, "it is longer than 4000 characters"),
        ),
        ({"notes": {"rain": None}}, ("Note", "null", "it is not a text")),
    ],
)
def test_hostile_content_does_not_carry_over(changes, reported):
    answers, remarks = carried({**as_sent(document()), **changes})
    assert [(part, value, reason) for part, _, value, reason in remarks] == [reported]
    assert "\0" not in repr((answers, remarks))


def test_invisible_characters_are_left_out():
    answers, remarks = carried(document(title="a\0\nb", context="\u202ec\0", notes={"rain": "\0d"}))
    assert (answers.title, answers.context, answers.notes) == ("a b", "c", {"rain": "d"})
    assert remarks == []


def test_endless_answers_are_looked_at_in_part():
    _, remarks = carried({**as_sent(document()), "answers": {f"key-{n}": "x" for n in range(9000)}})
    assert len(remarks) == 501
    assert remarks[-1] == ("Answers", "", "", "only the first 500 were looked at")


@pytest.mark.parametrize("sections", [None, 1, [1], [{"key": 1}], [{"key": "a", "questions": {}}]])
def test_damaged_questionnaire_in_the_file_costs_only_its_words(sections):
    report = as_sent(document())
    report["questionnaire"] = {"key": "where-to-eat", "sections": sections}
    answers, _ = carried(report)
    assert answers.answers == USUAL


@pytest.fixture
def report(version, browser_key):
    answers = example_answers(version)
    assessment = start_from_answers(version=version, answers=answers, browser=browser_key)
    return freeze_report(assessment=assessment, browser=browser_key)


@pytest.mark.parametrize("wrap", [str.encode, lambda text: pdf_with(text.encode())])
def test_report_read_in_gives_the_same_document(report, browser_key, wrap):
    made = import_file(file=opened(wrap(export_of(report))), browser=browser_key)
    assert made.assessment.pk != report.assessment_id
    copied = replace(report.document, title=f"{report.title} (copy)")
    assert document_of(assessment=made.assessment) == copied
    assert (made.record, made.version, made.genuine, made.remarks) == (
        str(report.record),
        1,
        True,
        [],
    )
    assert made.assessment.editors.get().holder == browser_key


def test_report_of_an_older_version_is_read_into_the_newest(report, browser_key):
    text = DEFAULT_FILE.read_text(encoding="utf-8")
    key = report.document.result.visible[0]
    words = report.document.questionnaire.content.questions[key].text
    newest, _ = load_questionnaire(text=text.replace(key, "what-is-there"))
    made = import_file(file=opened(export_of(report)), browser=browser_key)
    assert (made.version, made.assessment.version) == (1, newest)
    assert NOT_ASKED in [r["reason"] for r in made.remarks if r["name"] == words]
    kept = document_of(assessment=made.assessment).answers
    assert kept.items() < report.document.answers.items()


@pytest.mark.parametrize("number", [0, -1, 2**31, True, 1.5, "1", None])
def test_number_that_no_version_has_is_left_out(report, browser_key, number):
    content = changed(report, lambda d: d["report"]["questionnaire"].update(version=number))
    assert import_file(file=opened(content), browser=browser_key).version is None


def test_altered_report_is_read_in_and_not_called_genuine(report, browser_key):
    content = changed(report, lambda data: data["report"].update(title="Other"))
    made = import_file(file=opened(content), browser=browser_key)
    assert (made.assessment.title, made.genuine) == ("Other", False)


@pytest.mark.parametrize(
    ("questionnaire", "message"),
    [
        ({"key": "where-to-eat"}, "This server doesn't have the questionnaire “where-to-eat”"),
        ({"key": "a\0"}, "This server doesn't have the questionnaire “a"),
        ({"key": 1}, "This file doesn't say which questionnaire it answers."),
        (None, "This file doesn't say which questionnaire it answers."),
    ],
)
def test_other_questionnaires_are_refused_and_nothing_is_made(
    version, browser_key, questionnaire, message
):
    content = canonical_json({**as_sent(document()), "questionnaire": questionnaire})
    with pytest.raises(FileErrors, match=message):
        import_file(file=opened(content), browser=browser_key)
    assert not Assessment.objects.exists()
