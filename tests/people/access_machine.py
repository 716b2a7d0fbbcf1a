"""Three people with accounts do anything, also in a team in which their roles change."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from decider.people.models import Membership
from tests.conftest import client_of
from tests.site import access_machine
from tests.site import access_rules as rules
from tests.site.access_people import ASK_TO_SIGN_IN, key_in, people, which
from tests.site.access_rules import COMMENTER, DONE, EDITOR, HIDDEN, OWNER, VIEWER, Team

ROLES = {"viewer": VIEWER, "commenter": COMMENTER, "editor": EDITOR, "owner": OWNER}
roles = st.sampled_from(sorted(ROLES))


class MachineWithSignIn(access_machine.Machine):
    """The same three people, who sign in and out, a team of theirs, and invitations to it."""

    def __init__(self) -> None:
        super().__init__()
        self.out: set[str] = set()
        self.team = Team()
        self.invitations: list[tuple[str, int]] = []

    def who(self, name: str) -> str:
        """Whoever isn't signed in is somebody else, who owns nothing."""
        return f"the browser of {name}" if name in self.out else name

    def expected(self, name: str, role: int, needs: int) -> int:
        """Where one has to sign in, nobody learns anything before."""
        return ASK_TO_SIGN_IN if name in self.out else super().expected(name, role, needs)

    @initialize(name=people)
    def make_team(self, name: str) -> None:
        """Somebody makes a team."""
        page = self.ask(name, reverse("teams"), {"name": "Platform"})
        self.key = key_in(page.url)
        self.team.members[name] = OWNER

    @rule(name=people)
    def sign_in_or_out(self, name: str) -> None:
        """In the same browser, which goes on knowing the share links that it opened."""
        window = self.windows[name]
        if name in self.out:
            self.out.remove(name)
            window.keep(client_of(self.keys[name]).cookies)
        else:
            self.ask(name, reverse("account_logout"), {"sent": "yes"})
            self.out.add(name)

    # The team.

    def in_team(self, name: str) -> int:
        """The role that somebody has in the team."""
        return self.team.members.get(self.who(name), rules.NOBODY)

    def at_team(self, name: str, view: str, needs: int, *keys: object, **sent: Any) -> Any:
        """Send a form to an address of the team; the answer, None where it was kept from them."""
        expected = self.expected(name, self.in_team(name), needs)
        return self.act(name, reverse(view, args=[self.key, *keys]), expected, sent)

    @rule(name=people, role=roles)
    def invite_to_team(self, name: str, role: str) -> None:
        """Make a link by which whoever holds it joins the team."""
        response = self.at_team(name, "invite_to_team", OWNER, role=role, days="7", email="")
        if response:
            found = re.findall(r"/invited/([^\"/\s]+)", response.content.decode())
            self.invitations.append((found[0], ROLES[role]))

    @precondition(lambda self: self.invitations)
    @rule(name=people, number=which)
    def join_team(self, name: str, number: int) -> None:
        """Open an invitation, and accept it; who is a member keeps their role."""
        secret, role = self.invitations[number % len(self.invitations)]
        self.look(name, reverse("open_invitation", args=[secret]), DONE)
        if self.act(name, reverse("join_team"), self.expected(name, OWNER, OWNER)):
            self.team.members.setdefault(name, role)

    def row_in_team(self, member: str) -> Membership | None:
        """Somebody's membership."""
        return Membership.objects.filter(person=self.keys[member]).first()

    def at_member(self, name: str, view: str, member: str, **sent: Any) -> bool:
        """Send a form about a member; whether it has an effect."""
        row = self.row_in_team(member)
        expected = self.expected(name, self.in_team(name), OWNER)
        if expected == DONE and row is None:
            expected = HIDDEN
        address = reverse(view, args=[self.key, row.pk if row else 0])
        is_done = self.act(name, address, expected, sent) is not None
        return is_done and not self.team.would_have_no_owner(without=member)

    @rule(name=people, member=people, role=roles)
    def change_role(self, name: str, member: str, role: str) -> None:
        row = self.row_in_team(member)
        was = row.role if row else "viewer"
        is_same = role == was
        if self.at_member(name, "change_role", member, role=role, was=was) and not is_same:
            self.team.members[member] = ROLES[role]
            if ROLES[role] < EDITOR:
                self.end_editing(member)

    @rule(name=people, member=people)
    def remove_member(self, name: str, member: str) -> None:
        if self.at_member(name, "remove_member", member):
            del self.team.members[member]
            self.end_editing(member)

    @rule(name=people)
    def leave_team(self, name: str) -> None:
        is_only_owner = self.team.would_have_no_owner(without=name)
        if self.at_team(name, "leave_team", VIEWER) and not is_only_owner:
            del self.team.members[name]
            self.end_editing(name)

    def end_editing(self, member: str) -> None:
        """Who may no longer edit for the team does not do so by a private edit link either."""
        for each in self.world.assessments:
            if each.owner is self.team:
                each.guests.discard(member)
                if not each.is_purged:
                    self.replace_link(each)

    @rule(name=people, view=st.sampled_from(["team", "rename_team"]))
    def look_at_team(self, name: str, view: str) -> None:
        needs = VIEWER if view == "team" else OWNER
        expected = self.expected(name, self.in_team(name), needs)
        self.look(name, reverse(view, args=[self.key]), expected)

    # What belongs to the team.

    @rule(name=people, number=which)
    def give_to_team(self, name: str, number: int) -> None:
        self.hand_over(name, number, to=self.team)

    @rule(name=people, number=which)
    def take_from_team(self, name: str, number: int) -> None:
        self.hand_over(name, number, to=self.who(name))

    def hand_over(self, name: str, number: int, to: Team | str) -> None:
        """Give an assessment to the team for which one edits, or take it from there."""
        target = self.some_assessment(number)
        expected = self.expected(name, rules.role_now(target, self.who(name)), OWNER)
        may_choose = self.in_team(name) >= EDITOR if to is self.team else True
        if expected == DONE and (target.owner is to or not may_choose):
            expected = 422
        chosen = self.key if to is self.team else "own"
        address = reverse("hand_over", args=[target.pk])
        if self.act(name, address, expected, {"to": chosen}):
            target.guests -= set(self.team.members) if to is self.team else {to}
            target.owner = to
