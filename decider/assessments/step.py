"""A step of the wizard: one question on the way through an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse

from decider.assessments.models import Answer, Assessment
from decider.assessments.question_page import (
    Contradiction,
    Dispute,
    SectionLink,
    SourceGroup,
    contradictions,
    disputes_of,
    section_links,
    sources_of,
)
from decider.assessments.services import (
    most_decisive,
    questionnaire_for,
    walk_through,
    what_can_change,
)
from decider.engine.questionnaire.schema import Question, Questionnaire, Section
from decider.engine.scoring.flow import Walk

QUICK = "quick"
RETURN_TO = ("check", "result", QUICK)
"""Where a question can have been opened from, and leads back to."""

SETTLED = {
    "unanswered": "",
    "nothing": "No open question can change what comes first any more.",
    "unknown": "No unanswered question can change what comes first any more."
    " What you answered with “I don’t know” still can, once you find it out.",
}


def question_url(assessment: Assessment, question: Question) -> str:
    """The address of a question."""
    return reverse("question", args=[assessment.pk, question.key])


@dataclass(frozen=True)
class Step:
    """A question with the answers so far, by question key: all else follows from them.

    `return_to` is one of RETURN_TO, or empty on the way through all questions in order.
    `after` is the key of the question whose answer was just saved, where one request does both.
    """

    assessment: Assessment
    answers: Mapping[str, Answer]
    question: Question
    return_to: str = ""
    after: str = ""

    @property
    def initial(self) -> dict[str, Any]:
        """What the form of the question shows first: its saved answer, if there is one."""
        answer = self.answers.get(self.question.key) or Answer(value="", revision=0)
        return {
            "value": answer.value,
            "note": answer.note,
            "revision": answer.revision,
            "return_to": self.return_to,
        }

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that asks the question."""
        return questionnaire_for(self.assessment)

    @property
    def section(self) -> Section:
        """The section of the question."""
        return self.questionnaire.section_of[self.question.key]

    @cached_property
    def walk(self) -> Walk:
        """The way through the questionnaire that the answers lead."""
        return walk_through(self.assessment, self.answers)

    @property
    def is_visible(self) -> bool:
        """Whether the answers lead to the question."""
        return self.walk.is_visible(self.question.key)

    @property
    def position(self) -> str:
        """How far along the question is, within bounds that hold whatever is answered next."""
        least, most = len(self.walk.visible), self.walk.most
        if not self.is_visible:
            return ""
        if self.return_to == QUICK:
            return f"Quick path: question {len(self.earlier) + 1} of at most {most}"
        place = self.walk.visible.index(self.question) + 1
        return f"Question {place} of {least}" + (f" to {most}" if most > least else "")

    @cached_property
    def earlier(self) -> list[Answer]:
        """The answers that count and were given before this question's, the latest last."""
        own = self.answers.get(self.question.key)
        counted = [self.answers[key] for key in self.walk.counted]
        given = [a for a in counted if own is None or a.updated_at < own.updated_at]
        return sorted(given, key=lambda answer: answer.updated_at)

    @property
    def url(self) -> str:
        """The address of the question; on the quick path it leads on along it."""
        quick = f"?return_to={QUICK}" if self.return_to == QUICK else ""
        return question_url(self.assessment, self.question) + quick

    @property
    def review_url(self) -> str:
        """The address of the page that reviews all answers."""
        return reverse("check", args=[self.assessment.pk])

    @cached_property
    def following(self) -> Step | None:
        """The step that comes next, once the question is answered; None where it is none."""
        if self.return_to == QUICK:
            question = most_decisive(self.assessment, self.answers)
        elif self.return_to:
            question = None
        else:
            question = self.walk.next_after(self.question.key)
        return replace(self, question=question, after=self.question.key) if question else None

    @property
    def following_url(self) -> str:
        """The address to go on to: of the next step, or of the page that leads out of them."""
        if self.following:
            return self.following.url
        if self.return_to in ("", QUICK):
            return self.review_url
        return f"{reverse(self.return_to, args=[self.assessment.pk])}#{self.question.key}"

    @property
    def previous(self) -> Step | None:
        """The step before this one, on the quick path the one answered last; None for the first."""
        if self.return_to == QUICK:
            key = self.earlier[-1].question_key if self.earlier else None
            question = self.questionnaire.questions[key] if key else None
        else:
            question = self.walk.before(self.question.key) if self.is_visible else None
        return replace(self, question=question) if question else None

    @property
    def skip_url(self) -> str:
        """The address of the question after this one, or of the review; empty on the quick path,
        where the same question would come again."""
        if self.return_to == QUICK:
            return ""
        following = self.walk.next_after(self.question.key)
        return question_url(self.assessment, following) if following else self.review_url

    @cached_property
    def can_change(self) -> str:
        """Which open questions can still change what comes first, as `what_can_change` says."""
        return what_can_change(self.assessment, self.answers)

    @property
    def is_final(self) -> bool:
        """Whether nothing that is open can change what comes first."""
        return self.can_change == "nothing"

    @property
    def settled(self) -> str:
        """That no unanswered question matters any more, in words; empty where one does."""
        return SETTLED[self.can_change]

    @cached_property
    def sections(self) -> list[SectionLink]:
        """The list of sections beside the question."""
        return section_links(self.walk, self.section, lambda q: question_url(self.assessment, q))

    @cached_property
    def sources(self) -> list[SourceGroup]:
        """What the sources say on the question, by the choice that they speak to."""
        return sources_of(self.questionnaire, self.question)

    @cached_property
    def disputes(self) -> list[Dispute]:
        """Where the sources disagree on the question."""
        return disputes_of(self.questionnaire, self.question)

    @property
    def contradictions(self) -> list[Contradiction]:
        """The answers that contradict each other, here or at the question just answered."""
        return contradictions(self.walk, {self.question.key, self.after})
