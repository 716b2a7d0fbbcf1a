"""Comments on reports: written, changed and removed by their authors, and resolved."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from decider.assessments.editors import team_of
from decider.base.access import Can, Role
from decider.people.models import Person
from decider.reports.models import Comment, DecisionRecord, Flag, Report, ShareLink
from decider.reports.services.erasure import forget_pdfs
from decider.web.limits import Limit

QUARTER_OF_AN_HOUR = 15 * 60
MOST_COMMENTS = 500
"""A report can have this many comments, apart from removed ones: its files hold all of them."""
OF_AUTHOR = Limit("comments of an author", times=20, seconds=QUARTER_OF_AN_HOUR)
BY_LINK = Limit("comments by a share link", times=60, seconds=QUARTER_OF_AN_HOUR)
"""All readers of one link together: whoever drops a cookie is another author."""


class StaleComment(Exception):
    """The comment was changed in the meantime; `current` is how it is now."""

    def __init__(self, current: Comment) -> None:
        super().__init__(f"comment {current.pk} was changed in the meantime")
        self.current = current


class TooMany(Exception):
    """The report has as many comments as it can have."""


@dataclass(frozen=True)
class Author:
    """Who writes: their key and name, and the share link through which they read, if any."""

    key: uuid.UUID
    name: str
    link: ShareLink | None = None


def add_comment(
    *,
    report: Report,
    author: Author,
    text: str,
    question: str = "",
    thread: Comment | None = None,
    look_again: bool = False,
) -> Comment:
    """A new comment, or a reply to a `thread`, which it reopens.

    `question` is the key of a question, or empty; `look_again` flags it. Raises TooOften where
    somebody writes faster than people do, and TooMany where the report takes no more.
    """
    count_writing(author)
    if report.comments.filter(removed_at=None).count() >= MOST_COMMENTS:
        raise TooMany
    with transaction.atomic():
        comment = _save_new(report, author, text, question, thread)
        if thread:
            Comment.objects.filter(pk=thread.pk).update(resolved_at=None, resolved_by="")
        elif look_again and question:
            set_flag(report=report, question=question, by=author.name)
    return comment


def count_writing(author: Author) -> None:
    """Count a comment or sign-off; raises TooOften."""
    if author.link:
        BY_LINK.spend(str(author.link.pk))
    OF_AUTHOR.spend(str(author.key))


def _save_new(
    report: Report, author: Author, text: str, question: str, thread: Comment | None
) -> Comment:
    comment = Comment.objects.create(
        report=report,
        thread=thread,
        question_key=thread.question_key if thread else question,
        author=author.key,
        author_name=author.name,
        link=author.link,
        by_link=author.link is not None,
        text=text,
    )
    _save_mentions(comment)
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, text: str, revision: int) -> Comment:
    """Change the text of a comment that its form showed at `revision`.

    Raises StaleComment where it was changed since, Comment.DoesNotExist where it was removed.
    """
    current = _locked(comment)
    if current.revision != revision:
        raise StaleComment(current)
    current.text = text
    current.revision += 1
    current.edited_at = timezone.now()
    current.save(update_fields=["text", "revision", "edited_at"])
    _save_mentions(current)
    return current


@transaction.atomic
def remove_comment(*, comment: Comment, by: str = "") -> None:
    """Take the text of a comment away; its place and the replies to it stay.

    `by` names who does, where that is not its author. Raises Comment.DoesNotExist where it was
    removed already.
    """
    current = _locked(comment)
    current.text = ""
    current.removed_at = timezone.now()
    current.removed_by = by
    current.save(update_fields=["text", "removed_at", "removed_by"])
    current.mentions.clear()


def _locked(comment: Comment) -> Comment:
    return Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk, removed_at=None)


def set_resolved(*, thread: Comment, by: str, resolved: bool) -> None:
    """Resolve a thread, or open it again; where it is so already, nothing changes."""
    rows = Comment.objects.filter(pk=thread.pk, resolved_at__isnull=resolved)
    if resolved:
        rows.update(resolved_at=timezone.now(), resolved_by=by)
    else:
        rows.update(resolved_at=None, resolved_by="")


def set_flag(*, report: Report, question: str, by: str) -> None:
    """Mark a question to be looked at again; a flag that it has already stays."""
    Flag.objects.get_or_create(report=report, question_key=question, defaults={"by": by})


def clear_flag(*, report: Report, question: str) -> None:
    """Take the mark from a question."""
    Flag.objects.filter(report=report, question_key=question).delete()


def comments_by(keys: Iterable[uuid.UUID]) -> QuerySet[Comment]:
    """All that was written under these keys, on whichever report."""
    return Comment.objects.filter(author__in=keys).order_by("at", "pk")


@transaction.atomic
def forget_author(*, keys: Iterable[uuid.UUID], name: str, instead: str) -> None:
    """Put another name wherever comments and flags name somebody. What they wrote stays.

    Kept PDFs that show the name go; they are printed again when asked for.
    """
    written = comments_by(keys)
    resolved = Comment.objects.filter(resolved_by__iexact=name)
    removed = Comment.objects.filter(removed_by__iexact=name)
    flags = Flag.objects.filter(by__iexact=name)
    found = (rows.values_list("report", flat=True) for rows in (written, resolved, removed, flags))
    records = DecisionRecord.objects.filter(report__in=set(chain.from_iterable(found)))
    forget_pdfs(set(map(str, records)))
    resolved.update(resolved_by=instead)
    removed.update(removed_by=instead)
    flags.update(by=instead)
    written.update(author_name=instead)
    mentions = Comment.mentions.through.objects
    mentions.filter(person__in=keys).delete()


def comment_counts(report: Report) -> dict[str, int]:
    """How many comments there are by the key of the question, empty for the whole report."""
    present = report.comments.filter(removed_at=None).order_by().values("question_key")
    return dict(present.annotate(number=Count("pk")).values_list("question_key", "number"))


def open_threads(report: Report) -> int:
    """How many threads are not resolved."""
    return report.comments.filter(thread=None, resolved_at=None, removed_at=None).count()


def mentionable(report: Report) -> list[Person]:
    """Who can be mentioned: members of the assessment's team whose role lets them read comments."""
    team = team_of(report.assessment) if report.assessment else None
    if team is None:
        return []
    readers = [role for role in Role if Can.READ_COMMENTS in role.may]
    members = Person.objects.filter(memberships__team=team, memberships__role__in=readers)
    return list(members.filter(is_active=True))


def _save_mentions(comment: Comment) -> None:
    """Remember who is mentioned. What comes by a share link mentions nobody: its readers don't
    learn who is in the team."""
    if not comment.by_link and "@" in comment.text:
        comment.mentions.set(_mentioned(comment.text, mentionable(comment.report)))
    elif comment.revision > 1:
        comment.mentions.clear()


def _mentioned(text: str, people: Iterable[Person]) -> list[Person]:
    """The people whose names stand in a text behind an @; the longest name counts."""
    found = []
    for person in sorted(people, key=lambda person: -len(person.name)):
        name = rf"(?<!\w)@{re.escape(person.name)}(?!\w)"
        text, times = re.subn(name, "", text, flags=re.IGNORECASE)
        if times:
            found.append(person)
    return found
