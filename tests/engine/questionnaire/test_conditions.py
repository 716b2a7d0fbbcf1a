"""A condition names an earlier question and its choices; anything else is reported at its path."""

from tests.bicycle import question
from tests.engine.questionnaire.test_references import wrong

CHILDREN = "sections[0].questions[1]"


def condition_on(key, choice):
    """A change that makes the second question depend on another."""

    def change(root):
        question(root, "children")["shown_when"] = {"question": key, "choices": [choice]}

    return change


def test_condition_on_the_question_itself_is_refused():
    assert wrong(condition_on("children", "none")) == [
        f"{CHILDREN}.shown_when.question: a question can't depend on itself"
    ]


def test_condition_on_a_later_question_is_refused():
    assert wrong(condition_on("hills", "flat")) == [
        f'{CHILDREN}.shown_when.question: "hills" comes later: a condition names an earlier'
        " question only, so that conditions can't go in a circle"
    ]


def test_conditions_in_a_circle_are_refused():
    def change(root):
        question(root, "load")["shown_when"] = {"question": "children", "choices": ["one"]}

    (error,) = wrong(change)
    assert error.startswith('sections[0].questions[0].shown_when.question: "children" comes later')


def test_condition_on_an_unknown_question_is_refused():
    assert wrong(condition_on("lod", "crates")) == [
        f'{CHILDREN}.shown_when.question: there is no question "lod". Did you mean "load"?'
    ]


def test_condition_on_an_unknown_choice_is_refused():
    assert wrong(condition_on("load", "crate")) == [
        f'{CHILDREN}.shown_when.choices[0]: there is no choice of "load" "crate".'
        ' Did you mean "crates"?'
    ]
