"""Random actions of three people, each checked against tests/site/access_rules.py."""

from __future__ import annotations

import itertools
import random
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from http.cookies import Morsel, SimpleCookie
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from decider.assessments import models as assessments
from decider.assessments.services import edit_token
from decider.reports import models as reports
from decider.reports.views.exports import EXPORTS
from tests.conftest import client_of
from tests.site import access_rules as rules
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
    World,
)

PEOPLE = ("Ada", "Bo", "Cy")
ASK_TO_SIGN_IN = 401
"""What pages get that need an account; Decider answers 302 and leads to the sign-in page."""

SIGN_IN_PAGE = "/account/login/"
PASSPHRASE = "correct horse"
KINDS = ("follows_newest", "may_comment", "has_passphrase")
MARK = re.compile(r"hush\d+x")

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

Sent = dict[str, Any] | None

people = st.sampled_from(PEOPLE)
which = st.integers(0, 5)


class Window(Client):
    """A browser: unlike a test client, it sends cookies only to the paths that they are for."""

    def __init__(self, cookies: SimpleCookie) -> None:
        super().__init__()
        self.jar: dict[tuple[str, str], Morsel[str]] = {}
        self.keep(cookies)

    def keep(self, cookies: SimpleCookie) -> None:
        """Keep these cookies, and drop those that are over."""
        for cookie in cookies.values():
            place = (cookie.key, cookie["path"] or "/")
            if cookie["max-age"] == 0:
                self.jar.pop(place, None)
            else:
                self.jar[place] = cookie

    def request(self, **request: Any) -> HttpResponse:
        """One request with the cookies for its path."""
        path = request["PATH_INFO"]
        self.cookies = SimpleCookie()
        for (name, below), cookie in self.jar.items():
            if path.startswith(below):
                self.cookies[name] = cookie.value
        response = super().request(**request)
        self.keep(response.cookies)
        return response

    def has_message(self) -> bool:
        """Whether the next page says something about what was done before."""
        return ("messages", "/") in self.jar


class Machine(RuleBasedStateMachine):
    """Three people who do anything, to anything, in any order; nobody signs in."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.world = World()
        self.marks = (f"hush{number}x" for number in itertools.count())
        self.keys = {name: uuid.uuid4() for name in PEOPLE}
        self.windows = {name: Window(client_of(key).cookies) for name, key in self.keys.items()}
        self.said_before: dict[str, set[str]] = {name: set() for name in PEOPLE}
        self.chance = random.Random()

    def teardown(self) -> None:
        """Nothing that was done stays."""
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # What every action is made of.

    def who(self, name: str) -> str:
        """The identity that somebody acts under."""
        return name

    def visible(self, name: str) -> set[str]:
        """The marks of all that somebody may see now."""
        return self.world.visible(self.who(name), name)

    def ask(self, name: str, address: str, sent: Sent = None) -> HttpResponse:
        """One request, whose answer must show nothing that is kept from whoever asks."""
        window = self.windows[name]
        shown = self.visible(name) | set(MARK.findall(str(sent)))
        if window.has_message():
            # It may say once more what could be seen when it was written.
            shown |= self.said_before[name]
        response = window.post(address, sent) if sent else window.get(address)
        told = f"{response.headers.items()} {response.content.decode()}"
        leaked = set(MARK.findall(told)) - shown
        assert not leaked, f"{name} was shown {leaked} at {address}"
        if sent:
            self.said_before[name] = shown
        return response

    def got(self, response: HttpResponse) -> int:
        """What an answer means."""
        address = getattr(response, "url", "")
        if address.startswith(SIGN_IN_PAGE):
            return ASK_TO_SIGN_IN
        if address.endswith("/passphrase/"):
            return ASK_PASSPHRASE
        return DONE if response.status_code == 302 else response.status_code

    def expected(self, name: str, role: int, needs: int) -> int:  # noqa: ARG002
        """What somebody gets where something asks for a role."""
        return rules.answer_to(role, needs)

    def look(self, name: str, address: str, expected: int) -> str:
        """Open a page, and compare what one gets; what it shows."""
        response = self.ask(name, address)
        got = self.got(response)
        assert got == expected, f"{name} got {got} instead of {expected} at {address}"
        return response.content.decode() if expected == DONE else ""

    def act(self, name: str, address: str, expected: int, sent: Sent = None) -> HttpResponse | None:
        """Send a form, and compare what one gets; the answer, None where it was kept from them."""
        response = self.ask(name, address, {"sent": "yes", **(sent or {})})
        got = self.got(response)
        assert got == expected, f"{name} got {got} instead of {expected} for {sent} to {address}"
        return response if expected == DONE else None

    def at(self, name: str, view: str, target: Assessment, needs: int) -> bool:
        """Use a button of an assessment; whether it is open to them."""
        role = rules.role_now(target, self.who(name))
        address = reverse(view, args=[target.pk])
        return self.act(name, address, self.expected(name, role, needs)) is not None

    def some_assessment(self, number: int) -> Assessment:
        """One of the assessments that there were."""
        return self.world.assessments[number % len(self.world.assessments)]

    def some_report(self, number: int) -> Report:
        """One of the reports."""
        return self.world.reports[number % len(self.world.reports)]

    def some_link(self, number: int) -> Link:
        """One of the share links."""
        return self.world.links[number % len(self.world.links)]

    # Assessments.

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

    @precondition(lambda self: len(self.world.assessments) < 5)
    @rule(name=people)
    def begin(self, name: str) -> None:
        """Begin an assessment and answer enough for a report."""
        title = next(self.marks)
        response = self.act(
            name, reverse("start"), self.expected(name, OWNER, OWNER), {"title": title}
        )
        if response:
            self.add(Assessment(key_in(response.url), self.who(name), title, marks={title}))
            for question, value in (("load", "crates"), ("socket", "socket")):
                self.answer(name, -1, question, value)

    def add(self, begun: Assessment) -> Assessment:
        """Count in a new assessment."""
        row = assessments.Assessment.objects.get(pk=begun.pk)
        begun.links.append(edit_token(row))
        self.world.assessments.append(begun)
        return begun

    @rule(name=people, number=which)
    def answer(self, name: str, number: int, question: str = "load", value: str = "crates") -> None:
        """Answer a question with a new note."""
        target, note = self.some_assessment(number), next(self.marks)
        saved = assessments.Answer.objects.filter(assessment=target.pk, question_key=question)
        revision = max(saved.values_list("revision", flat=True), default=0)
        data = {"value": value, "note": note, "revision": revision}
        role = rules.role_now(target, self.who(name))
        address = reverse("question", args=[target.pk, question])
        if self.act(name, address, self.expected(name, role, EDITOR), data):
            target.notes[question] = note
            target.marks.add(note)

    @precondition(lambda self: len(self.world.assessments) < 5)
    @rule(name=people, number=which)
    def duplicate(self, name: str, number: int) -> None:
        """Make a copy of one's own."""
        target = self.some_assessment(number)
        if self.at(name, "duplicate_assessment", target, VIEWER):
            notes = dict(target.notes)
            marks = {target.title, *notes.values()}
            copy = assessments.Assessment.objects.latest("created_at")
            self.add(Assessment(str(copy.pk), self.who(name), target.title, notes, marks))

    @rule(name=people, number=which)
    def delete(self, name: str, number: int) -> None:
        target = self.some_assessment(number)
        if self.at(name, "delete_assessment", target, OWNER):
            target.is_deleted = True

    def at_deleted(self, name: str, view: str, target: Assessment) -> bool:
        """Send a form about a deleted assessment, which only its owner finds."""
        is_owner = rules.role_in(target, self.who(name)) == OWNER
        is_there = is_owner and target.is_deleted and not target.is_purged
        expected = self.expected(name, OWNER if is_there else rules.NOBODY, OWNER)
        return self.act(name, reverse(view, args=[target.pk]), expected) is not None

    @precondition(lambda self: any(each.is_deleted for each in self.world.assessments))
    @rule(name=people, number=which)
    def restore(self, name: str, number: int) -> None:
        target = self.some_assessment(number)
        if self.at_deleted(name, "restore_assessment", target):
            target.is_deleted = False

    @precondition(lambda self: any(each.is_deleted for each in self.world.assessments))
    @rule(name=people, number=which)
    def purge(self, name: str, number: int) -> None:
        target = self.some_assessment(number)
        if self.at_deleted(name, "purge_assessment", target):
            target.is_purged = True
            for asked in target.rounds:
                for part in asked.parts:
                    part.part_in = None

    # Who edits.

    @rule(name=people, number=which, is_old=st.booleans())
    def open_edit_link(self, name: str, number: int, is_old: bool) -> None:
        """Join by the private edit link, or by one that was replaced."""
        target = self.some_assessment(number)
        secret = target.links[0 if is_old else -1]
        works = secret == target.links[-1] and not target.is_deleted
        expected = DONE if works else HIDDEN
        self.look(name, reverse("open_edit_link", args=[secret]), expected)
        joining = reverse("join_assessment", args=[target.pk])
        expected = self.expected(name, OWNER if works else rules.NOBODY, OWNER)
        who = self.who(name)
        if self.act(name, joining, expected) and rules.role_in(target, who) < EDITOR:
            target.guests.add(who)

    def replace_link(self, target: Assessment) -> None:
        """Decider gave an assessment another private edit link."""
        row = assessments.Assessment._base_manager.get(pk=target.pk)
        target.links.append(edit_token(row))

    @rule(name=people, number=which)
    def replace_edit_link(self, name: str, number: int) -> None:
        target = self.some_assessment(number)
        if self.at(name, "revoke_edit_links", target, OWNER):
            self.replace_link(target)
            self.open_edit_link("Cy", number, is_old=True)

    def row_of(self, target: Assessment, guest: str) -> int:
        """The key of somebody's row among the editors; of none where they are no guest."""
        found = assessments.Editor.objects.filter(assessment=target.pk, browser=self.keys[guest])
        return max(found.values_list("pk", flat=True), default=0) if guest in target.guests else 0

    def at_guest(self, name: str, view: str, target: Assessment, guest: str) -> bool:
        """Send a form about a guest of an assessment."""
        role = rules.role_now(target, self.who(name))
        expected = self.expected(name, role, OWNER)
        if expected == DONE and guest not in target.guests:
            expected = HIDDEN
        elif expected == DONE and guest == self.who(name):
            expected = rules.REFUSED
        address = reverse(view, args=[target.pk, self.row_of(target, guest)])
        return self.act(name, address, expected) is not None

    @rule(name=people, number=which, guest=people)
    def remove_guest(self, name: str, number: int, guest: str) -> None:
        target = self.some_assessment(number)
        if self.at_guest(name, "remove_editor", target, guest):
            target.guests.remove(guest)
            self.replace_link(target)
            self.open_edit_link(guest, number, is_old=True)

    @rule(name=people, number=which, guest=people)
    def make_owner(self, name: str, number: int, guest: str) -> None:
        target = self.some_assessment(number)
        if self.at_guest(name, "make_owner", target, guest):
            target.guests.remove(guest)
            if isinstance(target.owner, str):
                target.guests.add(target.owner)
            target.owner = guest

    @rule(name=people, number=which)
    def leave(self, name: str, number: int) -> None:
        target = self.some_assessment(number)
        is_guest = self.who(name) in target.guests
        if self.at(name, "leave_assessment", target, VIEWER if is_guest else OWNER + 1):
            target.guests.remove(self.who(name))

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
            target.rounds.append(Round(target))
        address = reverse("invite_to_round", args=[target.pk])
        page = self.ask(name, address, {"name": ""}).content.decode()
        target.rounds[-1].links.append(re.findall(r"/asked/([^\"/\s]+)", page)[0])

    def some_round(self, number: int) -> Round:
        """One of the rounds."""
        rounds = [asked for each in self.world.assessments for asked in each.rounds]
        return rounds[number % len(rounds)]

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
        target = self.some_round(number).group
        if self.at(name, "close_round", target, OWNER):
            target.rounds[-1].is_open = False

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


def key_in(address: str) -> str:
    """The key that an address names."""
    return re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", address)[0]


def of_report(prefix: str, key: str, view: str) -> str:
    """An address of a report; `view` is its name or the kind of an export."""
    if view in EXPORTS:
        return reverse(f"{prefix}_export", args=[key, view])
    return reverse(view, args=[key])
