"""What was said about a report, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decider.presentation.report import PresentedReport
from decider.reports.discussion import Remark, Topic, TopicThread
from decider.reports.exports.markdown import inline


def comments_as_markdown(discussion: Iterable[Topic], view: PresentedReport) -> Iterator[str]:
    """A heading for each question with the threads on it as lists; nothing where nobody spoke."""
    questions = {answer.key: answer.numbered for answer in view.answers}
    for number, topic in enumerate(discussion):
        if not number:
            yield "### Comments"
        yield f"#### {inline(questions.get(topic.question, 'The report as a whole'))}"
        if topic.flagged_by:
            day = topic.flagged_at[:10]
            yield f"Marked for another look by {inline(topic.flagged_by)} ({day})."
        lines = [line for thread in topic.threads for line in _lines(thread)]
        if lines:
            yield "\n".join(lines)


def _lines(thread: TopicThread) -> Iterator[str]:
    first, *replies = thread.comments
    yield f"* {_said(first)}"
    for reply in replies:
        yield f"  * {_said(reply)}"
    if thread.resolved_at:
        yield f"  * Resolved by {inline(thread.resolved_by)} on {thread.resolved_at[:10]}"


def _said(remark: Remark) -> str:
    return f"{remark.minute}, {inline(remark.name)}: {inline(remark.said)}"
