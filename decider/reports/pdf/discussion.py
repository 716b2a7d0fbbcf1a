"""What was said about a report, as far as a PDF has room for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from decider.presentation.report import PresentedReport
from decider.reports.discussion import Topic, TopicThread
from decider.reports.pdf.clean import cut_short

MOST_PRINTED: Final = 100
TEXT_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class PrintedTopic:
    """A question with what was said about it."""

    title: str
    topic: Topic


@dataclass(frozen=True, slots=True)
class PrintedDiscussion:
    """The first comments by question, and how many more there are."""

    topics: tuple[PrintedTopic, ...]
    left_out: int


def printed_discussion(
    discussion: Iterable[Topic], view: PresentedReport
) -> PrintedDiscussion | None:
    """What is printed of a discussion; None where nobody spoke.

    Long texts are cut, and of many comments the first are printed, in whole threads: the attached
    record.json has all.
    """
    questions = {answer.key: answer.numbered for answer in view.answers}
    topics, left_out, room = [], 0, MOST_PRINTED
    for topic in discussion:
        threads = []
        for thread in topic.threads:
            if len(thread.comments) > room:
                left_out, room = left_out + len(thread.comments), 0
            else:
                threads.append(_shortened(thread))
                room -= len(thread.comments)
        title = questions.get(topic.question, "The report as a whole")
        if threads or topic.flagged_by:
            topics.append(PrintedTopic(title, replace(topic, threads=tuple(threads))))
    return PrintedDiscussion(tuple(topics), left_out) if topics or left_out else None


def _shortened(thread: TopicThread) -> TopicThread:
    comments = (
        replace(remark, text=cut_short(remark.text, TEXT_LIMIT, "record.json"))
        for remark in thread.comments
    )
    return replace(thread, comments=tuple(comments))
