from hypothesis import given, settings

from decider.engine.scoring.model import compile_model
from tests.engine import reference
from tests.engine.builders import choice, question, questionnaire, questionnaires, section


@settings(max_examples=60)
@given(questionnaires(questions=5))
def test_heaviest_is_the_most_weight_that_any_answers_show(asked):
    model = compile_model(asked)
    assert dict(zip(model.sections, model.heaviest, strict=True)) == reference.heaviest(asked)


def test_heaviest_takes_the_heavier_of_two_branches():
    xy = [choice("x", {"a": 1}), choice("y", {"b": 1})]
    asked = questionnaire(
        [
            section(
                "s",
                [
                    question("root", xy, 1),
                    question("light", xy, 2, ("root", ["x"])),
                    question("heavy", xy, 5, ("root", ["y"])),
                    question("always", xy, 3),
                ],
            ),
            section("t", [question("elsewhere", xy, 4, ("root", ["x"]))]),
        ]
    )
    assert compile_model(asked).heaviest == (9, 4)


def test_section_without_questions_weighs_one():
    asked = questionnaire([section("empty", []), section("s", [question("q", [choice("x", {})])])])
    assert compile_model(asked).heaviest == (1, 1)


def test_model_is_compiled_once_for_each_questionnaire():
    asked = questionnaire([section("s", [question("q", [choice("x", {"a": 1})])])])
    assert compile_model(asked) is compile_model(asked)


def test_missing_evidence_is_rated_zero_and_vetoes_are_kept():
    asked = questionnaire(
        [section("s", [question("q", [choice("x", {"a": 1}), choice("y", {"b": "veto"})], 3)])]
    )
    (node,) = compile_model(asked).nodes
    assert node.ratings == ((1, 0), (0, -2))
    assert node.vetoes == ((), (1,))
    assert node.mean == (3, -6)
    assert node.rows == ((6, 0), (0, -12))
