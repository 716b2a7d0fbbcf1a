"""What people may see and do, written down once more: the tests compare Decider with it.

Nothing here asks the database or Decider's own rules. Whoever acts is named by an identity: that of
their browser, or with sign-in that of their account. What is protected is named by its marks, words
that stand nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

NOBODY, VIEWER, READER, COMMENTER, EDITOR, OWNER = range(6)
"""What somebody is to an assessment; each may do all that those before it may. A reader reads the
comments on a report, too: whoever could comment until its assessment was deleted."""

DONE, ASK_PASSPHRASE, REFUSED, HIDDEN, ENDED = 200, 302, 403, 404, 410
"""What somebody gets: what they asked for, or one of the ways to keep it from them."""


@dataclass(eq=False)
class Team:
    """People who work together, each in a role."""

    members: dict[str, int] = field(default_factory=dict)

    def would_have_no_owner(self, without: str) -> bool:
        """Whether this member is its only owner."""
        return [who for who, role in self.members.items() if role == OWNER] == [without]


@dataclass(eq=False)
class Assessment:
    """Answers of somebody or of a team.

    `notes` are the marks of its answers as they are, by question; `marks` are all that it ever had,
    its title included. A purged assessment is gone, but who it belonged to still counts for its
    reports.
    """

    pk: str
    owner: str | Team
    title: str
    notes: dict[str, str] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    guests: set[str] = field(default_factory=set)
    is_deleted: bool = False
    is_purged: bool = False
    links: list[str] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    part_in: Round | None = None
    handed_in: set[str] | None = None

    @property
    def frozen(self) -> set[str]:
        """What a report that is saved now holds for ever."""
        closed = [asked for asked in reversed(self.rounds) if not asked.is_open]
        kept = next((asked.finished for asked in closed if asked.has_results), ())
        return {self.title, *self.notes.values(), *kept}


@dataclass(eq=False)
class Round:
    """Others answer on their own; `invited` are browsers that opened a link to it."""

    pk: int
    group: Assessment
    parts: list[Assessment] = field(default_factory=list)
    invited: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    is_open: bool = True

    @property
    def has_results(self) -> bool:
        """Whether somebody has finished."""
        return any(part.handed_in is not None for part in self.parts)

    @property
    def finished(self) -> set[str]:
        """What those said who have finished."""
        return {mark for part in self.parts for mark in part.handed_in or ()}


@dataclass(eq=False)
class Comment:
    """A comment and who wrote it."""

    pk: int
    author: str
    mark: str


@dataclass(eq=False)
class Report:
    """An assessment as it was saved, with what was added to it since."""

    pk: str
    assessment: Assessment
    saved_by: str
    marks: set[str]
    record: set[str] = field(default_factory=set)
    comments: list[Comment] = field(default_factory=list)

    @property
    def discussion(self) -> set[str]:
        """What stands in its comments now."""
        return {comment.mark for comment in self.comments}


@dataclass(eq=False)
class Link:
    """A share link; `opened_by` and `unlocked_by` are browsers."""

    pk: int
    key: str
    secret: str
    report: Report
    label: str
    follows_newest: bool
    may_comment: bool
    has_passphrase: bool
    is_expired: bool = False
    is_revoked: bool = False
    opened_by: set[str] = field(default_factory=set)
    unlocked_by: set[str] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        """Whether it still works: a share link ends with its assessment."""
        ended = self.is_expired or self.is_revoked or self.report.assessment.is_deleted
        return not ended


@dataclass
class World:
    """All that there is."""

    assessments: list[Assessment] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def shown_by(self, link: Link) -> Report:
        """The report that a share link shows."""
        assessment = link.report.assessment
        if not link.follows_newest:
            return link.report
        return [report for report in self.reports if report.assessment is assessment][-1]

    def visible(self, who: str, browser: str) -> set[str]:
        """The marks of all that somebody may see in a browser."""
        return {
            mark
            for part in (self._in_assessments(who, browser), self._in_reports(who, browser))
            for marks in part
            for mark in marks
        }

    def _in_assessments(self, who: str, browser: str) -> Iterator[set[str]]:
        for each in self.assessments:
            role = role_in(each, who)
            if role == OWNER and each.is_deleted and not each.is_purged:
                yield {each.title}
            if role_now(each, who) >= VIEWER:
                yield each.marks
                yield from (asked.finished for asked in each.rounds if not asked.is_open)
                if each.part_in:
                    yield said_to(each)
            for asked in each.rounds:
                if browser in asked.invited and asked.is_open and not each.is_deleted:
                    yield {each.title}

    def _in_reports(self, who: str, browser: str) -> Iterator[set[str]]:
        for report in self.reports:
            yield shown_of(report, role_in_report(report, who))
        for link in self.links:
            if at_link(link, browser, VIEWER) == DONE:
                yield shown_of(self.shown_by(link), COMMENTER if link.may_comment else VIEWER)
            if role_in_report(link.report, who) >= EDITOR:
                yield {link.label}


def said_to(part: Assessment) -> set[str]:
    """What somebody who takes part in a round is told about it."""
    asked = part.part_in
    if asked is None or asked.group.is_deleted:
        return set()
    is_told = part.handed_in is not None or not asked.is_open
    return {asked.group.title} | (asked.finished if is_told else set())


def shown_of(report: Report, role: int) -> set[str]:
    """What somebody in this role is shown of a report."""
    read = report.marks | report.record if role >= VIEWER else set()
    return read | report.discussion if role >= READER else read


def role_in(assessment: Assessment, who: str) -> int:
    """What somebody is to an assessment, even to one that was deleted."""
    owner = assessment.owner
    own = OWNER if owner == who else EDITOR if who in assessment.guests else NOBODY
    in_team = owner.members.get(who, NOBODY) if isinstance(owner, Team) else NOBODY
    return max(own, in_team)


def role_now(assessment: Assessment, who: str) -> int:
    """The same; a deleted assessment is open to nobody."""
    return NOBODY if assessment.is_deleted else role_in(assessment, who)


def role_in_report(report: Report, who: str) -> int:
    """What somebody is to a report: it outlasts its assessment, and whoever saved it reads it,
    unless it is a team's."""
    assessment = report.assessment
    role = role_in(assessment, who)
    if assessment.is_deleted:
        role = min(role, READER)
    is_own = report.saved_by == who and not isinstance(assessment.owner, Team)
    return max(role, VIEWER) if is_own else role


def answer_to(role: int, needs: int) -> int:
    """What somebody in one role gets where another is needed; who sees nothing learns nothing."""
    if role >= needs:
        return DONE
    return REFUSED if role >= VIEWER else HIDDEN


def at_link(link: Link, browser: str, needs: int) -> int:
    """What a browser gets at the addresses of a share link."""
    if browser not in link.opened_by:
        return HIDDEN
    if not link.is_open:
        return ENDED
    if link.has_passphrase and browser not in link.unlocked_by:
        return ASK_PASSPHRASE
    return answer_to(COMMENTER if link.may_comment else VIEWER, needs)
