"""What would have to be true for an alternative to win, against trying every set of answers."""

from hypothesis import given

from decider.engine.flips import single_flips
from decider.engine.truths import what_would_have_to_be_true
from tests.engine.builders import cases
from tests.engine.test_flips import analysed, in_keys, leaders_after, sets_of_changes


@given(cases(questions=4, vetoes=True))
def test_what_would_have_to_be_true_is_bounded_by_trying_all_sets(case):
    outcome, branches = analysed(case)
    truths = what_would_have_to_be_true(branches, case[1], single_flips(branches))
    assert [t.alternative for t in truths] == [
        a for a in range(len(outcome.totals)) if outcome.leaders != (a,)
    ]
    fewest = {}
    for size in range(len(case[0].questions), 0, -1):
        for change in sets_of_changes(case[0], size):
            for truth in truths:
                if leaders_after(case, change) == (truth.alternative,):
                    fewest[truth.alternative] = size
    for truth in truths:
        if truth.alternative in fewest:
            assert truth.at_least <= fewest[truth.alternative]
        if truth.changes is not None:
            assert len(truth.changes) >= fewest[truth.alternative]
            change = in_keys(outcome, truth.changes)
            assert leaders_after(case, change) == (truth.alternative,)
