"""What many people saw, in one figure."""

from collections import Counter

import pytest

from load.crowd import Seen

SEEN = Seen(
    times={"answer": Counter({10: 98, 40: 1, 300: 1}), "result": Counter({90: 100})},
    failures={"answer": 1, "result": 2},
)


@pytest.mark.parametrize(
    ("share", "names", "milliseconds"),
    [
        (0.5, ["answer"], 10),
        (0.98, ["answer"], 10),
        (0.99, ["answer"], 40),
        (1, ["answer"], 300),
        (0.99, [], 90),
        (0.5, ["never asked for"], float("inf")),
    ],
)
def test_share_of_requests_is_answered_within_a_time(share, names, milliseconds):
    assert SEEN.percentile(share, *names) == milliseconds


def test_failures_are_counted_by_name_and_in_all():
    assert (SEEN.failed("answer"), SEEN.failed()) == (1, 3)


def test_requests_made_while_people_arrive_count_apart():
    seen = Seen(times={"answer": Counter({10: 1}), "arriving: answer": Counter({900: 1})})
    assert seen.percentile(1, *seen.all_there()) == 10
