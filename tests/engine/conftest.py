"""Property tests run without a deadline: a busy machine is no finding.

STRESS_EXAMPLES sets how many examples each tries that doesn't say it itself.

Under mutation a test runs hundreds of times. There it tries fewer examples, the same every time,
and doesn't look for smaller ones; tests by example go first, which most mutants don't survive; and
what was computed before the mutant was born is forgotten.
"""

import os

import pytest
from hypothesis import Phase, settings

from decider.engine.analysis.draws import draws_of
from decider.engine.questionnaire.validation import _validator
from decider.engine.scoring.completions import _forest_of
from decider.engine.scoring.model import _compiled

EXAMPLES = int(os.environ.get("STRESS_EXAMPLES", "60"))
MUTATION = "MUTANT_UNDER_TEST" in os.environ

settings.register_profile("engine", deadline=None, max_examples=EXAMPLES)
settings.register_profile(
    "mutation",
    deadline=None,
    max_examples=60,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("mutation" if MUTATION else "engine")

if MUTATION:

    def pytest_collection_modifyitems(items):
        items.sort(key=lambda item: getattr(item.obj, "is_hypothesis_test", False))

    @pytest.fixture(autouse=True)
    def nothing_remembered():
        for cached in (_validator, _compiled, _forest_of, draws_of):
            cached.cache_clear()
