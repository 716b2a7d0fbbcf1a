"""What was said about a report, as the files that are made of it have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from decider.base.moments import minute_of, moment
from decider.reports.models import Comment, Report


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment by somebody; `by_link` says that the name came by a share link.

    Moments are in UTC, as 2026-03-07T14:05:09Z, or empty. A removed comment has no text;
    `removed_by` names who removed it where that was not its author.
    """

    by: str
    by_link: bool
    at: str
    text: str
    edited_at: str
    removed_at: str
    removed_by: str

    @property
    def minute(self) -> str:
        """When it was written, as 2026-03-07 14:05 UTC."""
        return minute_of(self.at)

    @property
    def said(self) -> str:
        """The text, or who removed it."""
        if not self.removed_at:
            return self.text
        return f"Removed by {self.removed_by or 'its author'}."

    @property
    def name(self) -> str:
        """The name as readers see it, with where it came from."""
        return f"{self.by} (by share link)" if self.by_link else self.by


@dataclass(frozen=True, slots=True)
class TopicThread:
    """A comment and the replies to it, the oldest first; who resolved it and when, or empty."""

    comments: tuple[Remark, ...]
    resolved_by: str
    resolved_at: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What was said about a question, or about the report as a whole, where the key is empty.

    `flagged_by` and `flagged_at` say who marked the question to be looked at again, and when.
    """

    question: str
    flagged_by: str
    flagged_at: str
    threads: tuple[TopicThread, ...]


def topics_of(report: Report) -> tuple[Topic, ...]:
    """All that was said about a report: on the whole, then by question in the order of asking."""
    flags = {flag.question_key: flag for flag in report.flags.all()}
    threads: dict[str, list[TopicThread]] = {}
    for thread in _threads(report):
        threads.setdefault(thread[0].question_key, []).append(_thread(thread))
    return tuple(
        Topic(
            question=key,
            flagged_by=flags[key].by if key in flags else "",
            flagged_at=moment(flags[key].at) if key in flags else "",
            threads=tuple(threads.get(key, ())),
        )
        for key in ("", *report.document.result.visible)
        if key in threads or key in flags
    )


def comments_data(discussion: Iterable[Topic]) -> list[dict[str, Any]]:
    """A discussion as plain data, for JSON."""
    return [asdict(topic) for topic in discussion]


def _threads(report: Report) -> list[list[Comment]]:
    """The comments of a report by thread, the oldest first."""
    threads: dict[int, list[Comment]] = {}
    for comment in report.comments.all():
        threads.setdefault(comment.thread_id or comment.pk, []).append(comment)
    return list(threads.values())


def _thread(comments: list[Comment]) -> TopicThread:
    first = comments[0]
    return TopicThread(
        comments=tuple(map(_remark, comments)),
        resolved_by=first.resolved_by,
        resolved_at=moment(first.resolved_at) if first.resolved_at else "",
    )


def _remark(comment: Comment) -> Remark:
    return Remark(
        by=comment.author_name,
        by_link=comment.by_link,
        at=moment(comment.at),
        text=comment.text,
        edited_at=moment(comment.edited_at) if comment.edited_at else "",
        removed_at=moment(comment.removed_at) if comment.removed_at else "",
        removed_by=comment.removed_by,
    )
