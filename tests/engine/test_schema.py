"""Look-ups in a questionnaire."""

import pytest

from tests.bicycle import bicycle


def test_choice_is_found_by_its_key():
    load = bicycle().questions["load"]
    assert load.choice("bag") is load.choices[1]
    with pytest.raises(KeyError, match="piano"):
        load.choice("piano")
