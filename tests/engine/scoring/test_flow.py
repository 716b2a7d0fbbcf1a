"""The path through a questionnaire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decider.engine.questionnaire.schema import NOT_APPLICABLE, UNKNOWN
from decider.engine.scoring.flow import walk
from tests.bicycle import bicycle
from tests.engine.builders import questionnaires


def keys(questions) -> list[str]:
    return [question.key for question in questions]


@pytest.mark.parametrize("load", [None, "bag", UNKNOWN, NOT_APPLICABLE])
def test_conditional_question_is_hidden_unless_its_choice_is_given(load):
    path = walk(bicycle(), {"load": load} if load else {})
    assert keys(path.visible) == ["load", "hills", "socket"]
    assert not path.is_visible("children")


def test_conditional_question_is_visible_after_its_choice():
    path = walk(bicycle(), {"load": "crates"})
    assert keys(path.visible) == ["load", "children", "hills", "socket"]
    assert path.current.key == "children"


def test_answers_of_a_hidden_branch_are_not_counted():
    path = walk(bicycle(), {"children": "one", "hills": "flat", "load": "bag"})
    assert path.counted == {"load": "bag", "hills": "flat"}


def test_question_without_an_answer_is_current_even_before_answered_ones():
    assert walk(bicycle(), {"hills": "flat"}).current.key == "load"


def test_nothing_is_current_when_all_is_answered():
    answers = {"load": "bag", "hills": UNKNOWN, "socket": NOT_APPLICABLE}
    assert walk(bicycle(), answers).current is None


def test_steps_from_visible_and_hidden_questions():
    path = walk(bicycle(), {"load": "bag"})
    assert [path.next_after(key).key for key in ("load", "children", "hills")] == [
        "hills",
        "hills",
        "socket",
    ]
    assert path.next_after("socket") is None
    assert [path.before(key).key for key in ("children", "hills", "socket")] == [
        "load",
        "load",
        "hills",
    ]
    assert path.before("load") is None


def test_steps_from_a_question_that_does_not_exist():
    path = walk(bicycle(), {})
    assert not path.is_visible("wheels")
    with pytest.raises(KeyError):
        path.next_after("wheels")
    with pytest.raises(KeyError):
        path.before("wheels")


def test_progress_counts_visible_questions_by_section():
    path = walk(bicycle(), {"load": "crates", "hills": UNKNOWN, "socket": NOT_APPLICABLE})
    assert [
        (p.section.key, p.visible, p.answered, p.unknown, p.unanswered) for p in path.sections
    ] == [("use", 2, 1, 0, 1), ("ground", 2, 1, 1, 0)]


@pytest.mark.parametrize(
    ("answers", "least", "most"),
    [({}, 3, 4), ({"load": "bag"}, 3, 3), ({"load": "crates"}, 4, 4), ({"load": UNKNOWN}, 3, 3)],
)
def test_questions_are_counted_at_least_and_at_most(answers, least, most):
    path = walk(bicycle(), answers)
    assert (len(path.visible), path.most) == (least, most)


def values_of(question) -> list[str]:
    return [*(choice.key for choice in question.choices), UNKNOWN, NOT_APPLICABLE]


@st.composite
def walks(draw):
    questionnaire = draw(questionnaires(questions=7))
    answers = {
        key: draw(st.sampled_from(values_of(question)))
        for key, question in questionnaire.questions.items()
        if draw(st.booleans())
    }
    return walk(questionnaire, answers), answers


@given(walks(), st.data())
def test_further_answers_keep_to_the_least_and_the_most(pair, data):
    path, answers = pair
    further = {
        key: data.draw(st.sampled_from(values_of(question)))
        for key, question in path.questionnaire.questions.items()
    }
    later = walk(path.questionnaire, {**further, **answers})
    assert len(path.visible) <= len(later.visible) <= path.most
    assert later.most == len(later.visible)


@given(walks())
def test_question_is_visible_where_every_condition_above_it_holds(pair):
    path, answers = pair

    def visible(question) -> bool:
        condition = question.shown_when
        return condition is None or (
            answers.get(condition.question) in condition.choices
            and visible(path.questionnaire.questions[condition.question])
        )

    questions = path.questionnaire.questions.values()
    assert list(path.visible) == [question for question in questions if visible(question)]
    assert path.counted == {q.key: answers[q.key] for q in path.visible if q.key in answers}


@given(walks())
def test_steps_forward_and_back_go_through_every_visible_question(pair):
    path, _ = pair
    forward = [path.visible[0]]
    while following := path.next_after(forward[-1].key):
        forward.append(following)
    back = [forward[-1]]
    while previous := path.before(back[-1].key):
        back.append(previous)
    assert tuple(forward) == tuple(reversed(back)) == path.visible
