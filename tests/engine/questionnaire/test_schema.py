"""Look-ups in a questionnaire."""

import pytest

from decider.engine.questionnaire.parse import parse
from tests.bicycle import bicycle, data


def test_choice_is_found_by_its_key():
    load = bicycle().questions["load"]
    assert load.choice("bag") is load.choices[1]
    with pytest.raises(KeyError, match="piano"):
        load.choice("piano")


def test_disagreements_are_found_by_every_question_that_takes_a_side():
    root = data()
    root["disagreements"][0]["b"]["when"] = {"hills": ["flat"]}
    asked = parse(root)
    assert asked.disagreements_of == {
        "load": asked.disagreements,
        "children": (),
        "hills": asked.disagreements,
        "socket": (),
    }
