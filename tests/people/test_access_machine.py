"""Whatever three people do, in any order, with sign-in: nobody sees or does what is not theirs."""

from __future__ import annotations

from hypothesis.stateful import run_state_machine_as_test

from tests.people.access_machine import MachineWithSignIn
from tests.site.test_access_machine import STORIES, small_site  # noqa: F401


def test_nobody_sees_or_does_what_their_role_in_a_team_forbids(small_site):  # noqa: F811
    run_state_machine_as_test(MachineWithSignIn, settings=STORIES)
