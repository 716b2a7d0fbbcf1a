"""The threads on a report as its page of comments shows them: by question, in their order."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from decider.presentation.report import PresentedReport
from decider.reports.forms.comments import CommentForm
from decider.reports.models import Comment, Flag, Report


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment, the names that it mentions, and whether whoever looks at it wrote it."""

    comment: Comment
    mentions: tuple[str, ...]
    is_own: bool

    @property
    def key(self) -> str:
        """What tells it apart on the page."""
        return str(self.comment.pk)


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with the replies to it, and the form of the next one."""

    first: Shown
    replies: tuple[Shown, ...]
    form: CommentForm


@dataclass(frozen=True, slots=True)
class Group:
    """The threads on a question, or on the report as a whole, whose `key` is empty."""

    key: str
    title: str
    answer: str
    threads: tuple[Thread, ...]
    flag: Flag | None


def questions_of(view: PresentedReport) -> list[tuple[str, str]]:
    """The keys and texts of all questions of a report, in their order."""
    return [(row.key, row.question) for section in view.sections for row in section.answers]


def groups_of(
    report: Report,
    view: PresentedReport,
    reader: uuid.UUID | None,
    form_of: Callable[[Comment], CommentForm],
) -> list[Group]:
    """The questions that have threads or a flag, after the report as a whole."""
    answers = {row.key: row for section in view.sections for row in section.answers}
    flags = {flag.question_key: flag for flag in report.flags.all()}
    threads: dict[str, list[Thread]] = {key: [] for key in ("", *answers)}
    for thread in _threads(report, reader, form_of):
        threads[thread.first.comment.question_key].append(thread)
    titles = {key: (row.question, row.label) for key, row in answers.items()}
    titles[""] = ("The report as a whole", "")
    return [
        Group(key, *titles[key], tuple(found), flags.get(key))
        for key, found in threads.items()
        if found or key in flags
    ]


def _threads(
    report: Report, reader: uuid.UUID | None, form_of: Callable[[Comment], CommentForm]
) -> list[Thread]:
    """All threads, the oldest first."""
    firsts: list[Comment] = []
    replies: dict[int, list[Shown]] = {}
    for comment in report.comments.prefetch_related("mentions"):
        if comment.thread_id is None:
            firsts.append(comment)
        else:
            replies.setdefault(comment.thread_id, []).append(_shown(comment, reader))
    return [
        Thread(_shown(first, reader), tuple(replies.get(first.pk, ())), form_of(first))
        for first in firsts
    ]


def _shown(comment: Comment, reader: uuid.UUID | None) -> Shown:
    mentions = tuple(person.name for person in comment.mentions.all())
    return Shown(comment, mentions, reader is not None and comment.author == reader)
