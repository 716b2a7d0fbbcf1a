"""Answers files, and the one to fill in."""

import pytest
from django.conf import settings

from decider.base.files import FileErrors, read_yaml
from decider.questionnaires.answer_files import AnswersFile, answers_template, parse_answers_file
from decider.questionnaires.versions import default_path, parse_file
from tests.bicycle import bicycle

WHOLE = {
    "questionnaire": "which-bicycle",
    "title": "Shop",
    "context": "Ten kilometres",
    "answers": {"load": "crates", "children": "n/a", "hills": "unknown", "socket": "no"},
    "notes": {"hills": "Ask Tom"},
    "weights": {"use": 10},
}


def read(data) -> AnswersFile:
    return parse_answers_file(bicycle(), data)


def errors_of(data) -> list[str]:
    with pytest.raises(FileErrors) as raised:
        read(data)
    return [str(error) for error in raised.value.errors]


def test_texts_are_cleaned_as_those_of_forms():
    reported = read(
        {**WHOLE, "title": "a\u202e \n b", "context": "c\u200b\n", "notes": {"hills": "\u202ed"}}
    )
    assert (reported.title, reported.context, reported.notes) == ("a b", "c", {"hills": "d"})
    assert read({"title": "\u202e"}).title == "Untitled"


def test_everything_that_a_file_may_hold():
    assert read(WHOLE) == AnswersFile(
        title="Shop",
        context="Ten kilometres",
        answers=WHOLE["answers"],
        notes={"hills": "Ask Tom"},
        weights={"use": 10},
    )


def test_answers_may_stand_beside_the_other_keys():
    flat = {**WHOLE, **WHOLE["answers"]}
    del flat["answers"]
    assert read(flat) == read(WHOLE)


def test_what_is_left_out_is_empty():
    assert read({"load": "bag"}) == AnswersFile("Untitled", "", {"load": "bag"}, {}, {})


def test_question_without_a_value_is_unanswered():
    assert read({"answers": {"load": None, "hills": "", "socket": "no"}}).answers == {
        "socket": "no"
    }


def test_words_that_look_like_something_else_are_words():
    assert read(read_yaml("title: 2024\nsocket: no\nnotes: {socket: 12}")) == AnswersFile(
        "2024", "", {"socket": "no"}, {"socket": "12"}, {}
    )


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ([], "should be a mapping of question keys to choice keys"),
        (None, "should be a mapping of question keys to choice keys"),
        ({"answers": ["load"]}, "answers: should be a mapping with keys and values"),
        ({"answers": {"lode": "bag"}}, 'answers.lode: unknown key. Did you mean "load"?'),
        ({"lode": "bag"}, 'lode: unknown key. Did you mean "load"?'),
        ({"tite": "bag"}, 'tite: unknown key. Did you mean "title"?'),
        ({"answers": {}, "load": "bag"}, 'load: unknown key. Did you mean "load"?'),
        (
            {"answers": {"load": "bags"}},
            'answers.load: no choice "bags". Did you mean "bag"?'
            " On offer: nothing, bag, crates, unknown, n/a",
        ),
        ({"hills": "NA"}, 'hills: no choice "NA". Did you mean "n/a"?'),
        ({"hills": True}, 'hills: no choice "true".'),
        ({"hills": ["flat"]}, "hills: should be the key of one choice"),
        ({"questionnaire": "which-boat"}, 'questionnaire: should be "which-bicycle"'),
        ({"title": ["a"]}, "title: should be text"),
        ({"title": "x" * 121}, "title: has 121 characters; at most 120"),
        ({"weights": {"use": 101}}, "weights.use: should be a whole number from 0 to 100"),
        ({"weights": {"use": True}}, "weights.use: should be a whole number from 0 to 100"),
        ({"weights": {"user": 1}}, 'weights.user: unknown key. Did you mean "use"?'),
        ({"notes": {"loud": "x"}}, 'notes.loud: unknown key. Did you mean "load"?'),
        (
            {"notes": {"load": "x"}},
            'notes.load: a note without an answer; answer it "unknown"',
        ),
    ],
)
def test_what_does_not_fit_is_told_at_its_path(data, error):
    (found,) = errors_of(data)
    assert found.startswith(error)


def test_all_errors_are_told_at_once():
    data = {"answers": {"load": "x", "lood": "bag"}, "weights": {"use": -1}, "titel": "x"}
    assert [error.split(":")[0] for error in errors_of(data)] == [
        "titel",
        "answers.load",
        "answers.lood",
        "weights.use",
    ]


@pytest.mark.parametrize("questionnaire", [bicycle(), parse_file(text=default_path().read_bytes())])
def test_template_is_an_answers_file_without_answers(questionnaire):
    weights = {section.key: section.weight for section in questionnaire.sections}
    data = read_yaml(answers_template(questionnaire))
    assert data["questionnaire"] == questionnaire.key
    assert list(data["answers"]) == list(questionnaire.questions)
    assert parse_answers_file(questionnaire, data) == AnswersFile("Untitled", "", {}, {}, weights)


@pytest.mark.parametrize("questionnaire", [bicycle(), parse_file(text=default_path().read_bytes())])
def test_template_tells_every_section_question_and_choice_but_no_evidence(questionnaire):
    text = " ".join(answers_template(questionnaire).replace("#", " ").split())
    for section in questionnaire.sections:
        assert section.title in text
        assert section.intro in text
    for question in questionnaire.questions.values():
        assert all(words in text for words in (question.text, question.help, question.example))
        for choice in question.choices:
            assert f"- {choice.key}: {choice.label}" in text
            assert choice.help in text
            assert not [e.reason for e in choice.evidence.values() if e.reason in text]


def test_template_asks_each_question_in_comments_above_its_key():
    lines = answers_template(bicycle()).splitlines()
    start = lines.index("  # What do you carry on a usual day?")
    assert lines[lines.index("  load:") - 1].startswith("  #   - crates: ")
    assert all(line.startswith("  #") for line in lines[start : lines.index("  load:")])


def test_template_says_when_a_question_is_asked():
    assert "  #   Only where load is crates.\n" in answers_template(bicycle())


def test_example_of_the_documentation_is_an_answers_file_of_the_default_questionnaire():
    page = (settings.BASE_DIR / "docs" / "answers-format.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    questionnaire = parse_file(text=default_path().read_bytes())
    read = parse_answers_file(questionnaire, read_yaml(example))
    assert (read.title, read.answers["addresses"], read.weights) == (
        "Order management",
        "n/a",
        {"starting-point": 90},
    )
