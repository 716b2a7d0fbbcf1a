"""Disagreements of the sources that a case touches, and answers that contradict each other."""

from dataclasses import replace

import pytest

from decider.engine.questionnaire.schema import Conflict, Disagreement, Side
from tests.engine.report.test_document import ASKED, result

DISPUTED = replace(
    ASKED,
    disagreements=(
        Disagreement(
            "d",
            "Topic",
            Side("A", (), {"p": ("x",), "q": ("x",)}),
            Side("B", (), {"q": ("y",), "r": ("y",)}),
            "",
        ),
    ),
    conflicts=(Conflict("c", {"p": ("x",), "u": ("x", "y")}, "Can't both be."),),
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"p": "x"}, [("a", ["p"])]),
        ({"q": "y"}, [("b", ["q"])]),
        ({"p": "x", "q": "y"}, [("both", ["p", "q"])]),
        ({"p": "y", "r": "x"}, [("neither", ["p", "r"])]),
        ({"p": "unknown", "q": "n/a"}, []),
    ],
)
def test_disagreement_is_told_where_choices_touch_it(answers, expected):
    found = result(answers, {}, DISPUTED)["disagreements"]
    assert [(row["side"], row["questions"]) for row in found] == expected
    assert {row["key"] for row in found} <= {"d"}


def test_conflict_arises_where_all_its_choices_are_given_and_visible():
    both = {"p": "x", "r": "y", "u": "y"}
    assert result(both, {}, DISPUTED)["conflicts"] == [{"key": "c", "questions": ["p", "u"]}]
    assert result({**both, "r": "x"}, {}, DISPUTED)["conflicts"] == []
    assert result({**both, "p": "y"}, {}, DISPUTED)["conflicts"] == []
