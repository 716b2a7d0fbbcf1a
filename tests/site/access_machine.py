"""Random actions of three people, each checked against tests/site/access_rules.py."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from decider.reports import models as reports
from decider.reports.views.exports import EXPORTS
from decider.rounds import models as rounds
from tests.site import access_rules as rules
from tests.site.access_assessments import AssessmentActions
from tests.site.access_people import (
    KINDS,
    MARK,
    PASSPHRASE,
    PEOPLE,
    key_in,
    people,
    which,
)
from tests.site.access_rules import (
    ASK_PASSPHRASE,
    COMMENTER,
    DONE,
    EDITOR,
    HIDDEN,
    OWNER,
    READER,
    VIEWER,
    Assessment,
    Comment,
    Link,
    Report,
    Round,
)

OF_ASSESSMENTS = {
    **dict.fromkeys(("check", "result", "ranking_so_far", "reports", "round", "history"), VIEWER),
    **dict.fromkeys(("weights", "assessment_settings", "rename_assessment"), EDITOR),
    "delete_assessment": OWNER,
}
OF_REPORTS = {
    **dict.fromkeys(("report", "report_pdf", *EXPORTS), VIEWER),
    "comments": READER,
    "sign_off": COMMENTER,
    "share": EDITOR,
}
OF_LINKS = {
    **dict.fromkeys(("shared_report", "shared_report_pdf", *EXPORTS), VIEWER),
    **dict.fromkeys(("shared_comments", "shared_sign_off"), COMMENTER),
}
"""The role that each address asks for; exports are named by their kinds."""


class Machine(AssessmentActions):
    """Three people who do anything, to anything, in any order; nobody signs in."""

    @initialize(
        kind=st.fixed_dictionaries(dict.fromkeys(KINDS, st.booleans())),
        seed=st.integers(0, 2**32),
    )
    def begin_together(self, kind: dict[str, bool], seed: int) -> None:
        """Ada has an assessment with a report, which Bo edits, too; Cy opened a link to it;
        both answer on their own, and Bo has finished. What is looked at in between comes from
        the seed."""
        self.chance = random.Random(seed)
        self.begin("Ada")
        self.save("Ada", 0)
        self.open_edit_link("Bo", 0, is_old=False)
        self.share("Ada", 0, **kind)
        self.open_share_link("Cy", 0)
        self.enter_passphrase("Cy", 0, is_right=True)
        self.comment("Bo", 0, by_link=False)
        self.ask_others("Ada", 0)
        self.take_part("Cy", 0)
        self.take_part("Bo", 0)
        self.finish("Bo", 1)

    # Reports, what is added to them, and links to them.

    @rule(name=people, number=which)
    def save(self, name: str, number: int) -> None:
        """Save a report; it may be too early, or nothing may have changed since the last one."""
        target = self.some_assessment(number)
        role = rules.role_now(target, self.who(name))
        address = reverse("save_report", args=[target.pk])
        response = self.act(name, address, self.expected(name, role, EDITOR))
        is_saved = response is not None and response.url.startswith("/reports/")
        if is_saved and key_in(response.url) not in {each.pk for each in self.world.reports}:
            made = Report(key_in(response.url), target, self.who(name), target.frozen)
            self.world.reports.append(made)

    @rule(name=people, number=which)
    def decide(self, name: str, number: int) -> None:
        """Add an entry to the decision record."""
        target, reason = self.some_report(number), next(self.marks)
        data = {"status": "proposed", "alternative": "city", "reason": reason, "by": name}
        data |= {"why": reason, "revision": self.revision_of(target)}
        role = rules.role_in_report(target, self.who(name))
        address = reverse("record", args=[target.pk])
        if self.act(name, address, self.expected(name, role, EDITOR), data):
            target.record.add(reason)

    def revision_of(self, target: Report) -> int:
        """The number of the newest entry of its record."""
        return reports.Report.objects.get(pk=target.pk).record.state.number

    @precondition(lambda self: len(self.world.links) < 6)
    @rule(name=people, number=which, **dict.fromkeys(KINDS, st.booleans()))
    def share(self, name: str, number: int, **kind: bool) -> None:
        """Make a share link of one of the kinds."""
        target, label = self.some_report(number), next(self.marks)
        data = {
            "label": label,
            "days": "7",
            "shows": "newest" if kind["follows_newest"] else "this",
            "allows": "comment" if kind["may_comment"] else "read",
            "passphrase": PASSPHRASE if kind["has_passphrase"] else "",
        }
        role = rules.role_in_report(target, self.who(name))
        address = reverse("share", args=[target.pk])
        response = self.act(name, address, self.expected(name, role, EDITOR), data)
        if response:
            row = reports.ShareLink.objects.latest("pk")
            secret = re.findall(r"/shared/([^\"/\s]+)", response.content.decode())[0]
            made = Link(row.pk, str(row.public_id), secret, target, label, **kind)
            self.world.links.append(made)

    def at_share_link(self, name: str, view: str, target: Link) -> bool:
        """Send a form about a share link, for those who edit its report."""
        role = rules.role_in_report(target.report, self.who(name))
        address = reverse(view, args=[target.report.pk, target.pk])
        return self.act(name, address, self.expected(name, role, EDITOR)) is not None

    @precondition(lambda self: self.world.links)
    @rule(name=people, number=which)
    def revoke(self, name: str, number: int) -> None:
        target = self.some_link(number)
        if self.at_share_link(name, "revoke_share", target):
            target.is_revoked = True

    @precondition(lambda self: any(link.is_revoked for link in self.world.links))
    @rule(name=people, number=which)
    def undo_revocation(self, name: str, number: int) -> None:
        target = self.some_link(number)
        if self.at_share_link(name, "restore_share", target):
            target.is_revoked = False

    @precondition(lambda self: self.world.links)
    @rule(number=which)
    def let_expire(self, number: int) -> None:
        """Time goes by."""
        target = self.some_link(number)
        over = timezone.now() - timedelta(seconds=1)
        reports.ShareLink.objects.filter(pk=target.pk).update(expires_at=over)
        target.is_expired = True

    @precondition(lambda self: self.world.links)
    @rule(name=people, number=which)
    def open_share_link(self, name: str, number: int) -> None:
        target = self.some_link(number)
        expected = DONE if target.is_open else HIDDEN
        self.look(name, reverse("open_share_link", args=[target.secret]), expected)
        if target.is_open:
            target.opened_by.add(name)
            target.unlocked_by.discard(name)

    @precondition(lambda self: any(link.has_passphrase for link in self.world.links))
    @rule(name=people, number=which, is_right=st.booleans())
    def enter_passphrase(self, name: str, number: int, is_right: bool) -> None:
        target = self.some_link(number)
        expected = rules.at_link(target, name, VIEWER)
        if expected == ASK_PASSPHRASE:
            expected = DONE if is_right else 422
        address = reverse("shared_passphrase", args=[target.key])
        said = PASSPHRASE if is_right else "incorrect horse"
        if self.act(name, address, expected, {"passphrase": said}) and target.has_passphrase:
            target.unlocked_by.add(name)

    # Comments and sign-offs, at the address of a report or at that of a share link.

    def place(self, name: str, number: int, by_link: bool) -> tuple[Report, int, str, str]:
        """A report, what somebody gets who comments on it there, and how its addresses begin."""
        if by_link and self.world.links:
            link = self.some_link(number)
            expected = rules.at_link(link, name, COMMENTER)
            return self.world.shown_by(link), expected, "shared_", link.key
        target = self.some_report(number)
        role = rules.role_in_report(target, self.who(name))
        return target, self.expected(name, role, COMMENTER), "", target.pk

    @rule(name=people, number=which, by_link=st.booleans())
    def comment(self, name: str, number: int, by_link: bool) -> None:
        target, expected, prefix, key = self.place(name, number, by_link)
        text = next(self.marks)
        data = {"text": text, "name": name, "report": target.pk}
        if self.act(name, reverse(f"{prefix}comments", args=[key]), expected, data):
            row = reports.Comment.objects.latest("pk")
            target.comments.append(Comment(row.pk, self.who(name), text))

    @precondition(lambda self: any(report.comments for report in self.world.reports))
    @rule(name=people, number=which, by_link=st.booleans(), is_removed=st.booleans())
    def change_comment(self, name: str, number: int, by_link: bool, is_removed: bool) -> None:
        """Change or remove a comment, one's own or somebody else's, which owners remove."""
        target, expected, prefix, key = self.place(name, number, by_link)
        if not target.comments:
            return
        chosen, text = target.comments[-1], next(self.marks)
        is_owner = not by_link and rules.role_in_report(target, self.who(name)) == OWNER
        may_change = chosen.author == self.who(name) or (is_removed and is_owner)
        if expected == DONE and not may_change:
            expected = rules.REFUSED
        view = f"{prefix}remove_comment" if is_removed else f"{prefix}edit_comment"
        revision = reports.Comment.objects.get(pk=chosen.pk).revision
        data = {"text": text, "revision": revision}
        if self.act(name, reverse(view, args=[key, chosen.pk]), expected, data):
            chosen.mark = text
            if is_removed:
                target.comments.remove(chosen)

    @rule(name=people, number=which, by_link=st.booleans())
    def sign(self, name: str, number: int, by_link: bool) -> None:
        target, expected, prefix, key = self.place(name, number, by_link)
        reason = next(self.marks)
        data = {"position": "objection", "reason": reason, "name": name}
        data["revision"] = self.revision_of(target)
        if self.act(name, reverse(f"{prefix}sign_off", args=[key]), expected, data):
            target.record.add(reason)

    # Rounds of independent answers.

    @rule(name=people, number=which)
    def ask_others(self, name: str, number: int) -> None:
        """Start a round, where none is open, and make a link to it."""
        target = self.some_assessment(number)
        if not self.at(name, "begin_round", target, OWNER):
            return
        if not target.rounds or not target.rounds[-1].is_open:
            newest = rounds.Round.objects.filter(assessment=target.pk).first()
            target.rounds.append(Round(newest.pk, target))
        address = reverse("invite_to_round", args=[target.pk])
        page = self.ask(name, address, {"name": ""}).content.decode()
        target.rounds[-1].links.append(re.findall(r"/asked/([^\"/\s]+)", page)[0])

    def some_round(self, number: int) -> Round:
        """One of the rounds."""
        found = [asked for each in self.world.assessments for asked in each.rounds]
        return found[number % len(found)]

    @precondition(lambda self: any(each.rounds for each in self.world.assessments))
    @rule(name=people, number=which)
    def take_part(self, name: str, number: int) -> None:
        """Open a link to a round, and answer on one's own."""
        asked, who = self.some_round(number), self.who(name)
        works = asked.is_open and not asked.group.is_deleted
        address = reverse("open_round_invitation", args=[asked.links[0]])
        self.look(name, address, DONE if works else HIDDEN)
        if works:
            asked.invited.add(name)
        if not works or self.expected(name, OWNER, OWNER) != DONE:
            return
        response = self.act(name, reverse("join_round"), DONE, {"name": name})
        takes_part = any(part.owner == who and not part.is_purged for part in asked.parts)
        if response and not takes_part:
            title = asked.group.title
            own = Assessment(key_in(response.url), who, title, marks={title}, part_in=asked)
            asked.parts.append(self.add(own))
            self.answer(name, -1)

    @precondition(lambda self: any(each.part_in for each in self.world.assessments))
    @rule(name=people, number=which)
    def finish(self, name: str, number: int) -> None:
        parts = [each for each in self.world.assessments if each.part_in]
        own = parts[number % len(parts)]
        asked = own.part_in
        assert asked
        role = rules.role_now(own, self.who(name))
        expected = self.expected(name, role, EDITOR)
        if expected == DONE and asked.group.is_deleted:
            expected = HIDDEN
        done = self.act(name, reverse("finish_round", args=[own.pk]), expected)
        if done and asked.is_open and own.handed_in is None:
            own.handed_in = set(own.notes.values())

    @precondition(lambda self: any(each.rounds for each in self.world.assessments))
    @rule(name=people, number=which)
    def close_round(self, name: str, number: int) -> None:
        asked = self.some_round(number)
        if self.at(name, "close_round", asked.group, OWNER, asked.pk):
            asked.is_open = False

    # Looking.

    @invariant()
    def somebody_looks_at_something(self) -> None:
        """After every step."""
        look = self.chance.choice(self.looks)
        look(self.chance.choice(PEOPLE), self.chance.randrange(6))

    @property
    def looks(self) -> list[Callable[[str, int], None]]:
        """All that can be looked at now."""
        found = [self.look_around, self.look_at_assessment, self.look_at_report, self.compare]
        if self.world.links:
            found.append(self.look_through_link)
        if any(each.part_in for each in self.world.assessments):
            found.append(self.look_at_others_in_round)
        return found

    def look_at_assessment(self, name: str, number: int) -> None:
        target, view = self.some_assessment(number), self.chance.choice(sorted(OF_ASSESSMENTS))
        role = rules.role_now(target, self.who(name))
        expected = self.expected(name, role, OF_ASSESSMENTS[view])
        page = self.look(name, reverse(view, args=[target.pk]), expected)
        assert not page or target.title in page

    def look_at_others_in_round(self, name: str, number: int) -> None:
        parts = [each for each in self.world.assessments if each.part_in]
        own = parts[number % len(parts)]
        assert own.part_in
        role = rules.NOBODY
        if not own.part_in.group.is_deleted:
            role = rules.role_now(own, self.who(name))
        expected = self.expected(name, role, VIEWER)
        self.look(name, reverse("taking_part", args=[own.pk]), expected)

    def look_at_report(self, name: str, number: int) -> None:
        target, view = self.some_report(number), self.chance.choice(sorted(OF_REPORTS))
        role = rules.role_in_report(target, self.who(name))
        expected = self.expected(name, role, OF_REPORTS[view])
        page = self.look(name, of_report("report", target.pk, view), expected)
        holds_all(page, view, target)

    def look_through_link(self, name: str, number: int) -> None:
        link, view = self.some_link(number), self.chance.choice(sorted(OF_LINKS))
        expected = rules.at_link(link, name, OF_LINKS[view])
        page = self.look(name, of_report("shared_report", link.key, view), expected)
        holds_all(page, view, self.world.shown_by(link))

    def look_around(self, name: str, _number: int) -> None:
        """The pages that list what somebody may open."""
        self.ask(name, reverse("home"))
        shown = self.chance.choice(["active", "archived", "deleted"])
        page = self.ask(name, f"{reverse('workspace')}?show={shown}").content.decode()
        for each in self.world.assessments:
            is_listed = rules.role_now(each, self.who(name)) >= VIEWER and shown == "active"
            assert not is_listed or self.is_out(name) or each.title in page

    def is_out(self, name: str) -> bool:
        """Whether somebody has to sign in first."""
        return self.expected(name, OWNER, OWNER) != DONE

    def compare(self, name: str, number: int) -> None:
        """Two reports side by side; others than one's own are not to be chosen."""
        before, after = self.some_report(number), self.chance.choice(self.world.reports)
        address = f"{reverse('compare')}?before={before.pk}&after={after.pk}"
        is_open = all(rules.role_in_report(each, self.who(name)) for each in (before, after))
        if self.is_out(name) or before is after:
            self.ask(name, address)
        else:
            self.look(name, address, DONE if is_open else 422)


def holds_all(page: str, view: str, target: Report) -> None:
    """What may be seen is there: that nothing else is shown would prove little without it."""
    wanted = set() if view == "csv" else {target.assessment.title}
    if view in ("json", "record"):
        wanted = target.marks
    elif view.endswith("comments"):
        wanted = target.discussion
    assert not page or wanted <= set(MARK.findall(page)), f"{wanted} are missing"


def of_report(prefix: str, key: str, view: str) -> str:
    """An address of a report; `view` is its name or the kind of an export."""
    if view in EXPORTS:
        return reverse(f"{prefix}_export", args=[key, view])
    return reverse(view, args=[key])
