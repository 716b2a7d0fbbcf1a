"""What each role may do."""

from __future__ import annotations

from itertools import pairwise

import pytest

from decider.base.access import Can, Role

COMMENTING = {Can.READ, Can.READ_COMMENTS, Can.COMMENT}
TABLE = {
    Role.VIEWER: {Can.READ},
    Role.COMMENTER: COMMENTING,
    Role.EDITOR: COMMENTING | {Can.ANSWER, Can.RECORD, Can.SHARE},
    Role.OWNER: set(Can),
}


@pytest.mark.parametrize("role", Role)
def test_role_may_do_what_the_table_says(role):
    assert set(role.may) == TABLE[role]


def test_each_role_may_do_all_that_the_one_before_it_may():
    roles = list(Role)
    for lower, higher in pairwise(roles):
        assert set(lower.may) < set(higher.may)
