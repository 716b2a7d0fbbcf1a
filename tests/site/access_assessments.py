"""What three people do with assessments, and with who edits them."""

from __future__ import annotations

from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from decider.assessments import models as assessments
from decider.assessments.services import edit_token
from tests.site import access_rules as rules
from tests.site.access_people import (
    ThreePeople,
    key_in,
    people,
    which,
)
from tests.site.access_rules import (
    DONE,
    EDITOR,
    HIDDEN,
    OWNER,
    VIEWER,
    Assessment,
)


class AssessmentActions(ThreePeople):
    """Assessments are begun, answered, copied, deleted, handed over, and edited together."""

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
        found = assessments.Editor.objects.filter(assessment=target.pk, holder=self.keys[guest])
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
