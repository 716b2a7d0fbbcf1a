"""Single changes of answers as arrays."""

from decider.engine.analysis.branches import Branches
from decider.engine.analysis.moves import Moves
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import choice, question, questionnaire, section


def moves_of(answers):
    rows = [
        question("p", [choice("x", {}), choice("y", {"a": "veto"})]),
        question("q", [choice("x", {}), choice("y", {"b": 1})], 1, ("p", ["y"])),
        question("r", [choice("x", {"a": "veto"}), choice("y", {})], 1, ("q", ["y"])),
    ]
    model = compile_model(questionnaire([section("s", rows)]))
    return Moves(Branches(evaluate(model, answers, {}), answers))


def test_change_counts_the_vetoes_of_all_that_it_shows():
    moves = moves_of({"p": "x", "q": "y", "r": "x"})
    assert [(c.question, c.after) for c in moves.changes] == [(0, 1)]
    assert moves.vetoes.tolist() == [[2, 0]]


def test_changes_below_each_other_are_of_one_tree():
    moves = moves_of({"p": "y", "q": "y", "r": "x"})
    assert moves.questions.tolist() == [0, 1, 2]
    assert moves.trees.tolist() == [0, 0, 0]
    assert moves.vetoes.tolist() == [[-2, 0], [-1, 0], [-1, 0]]
