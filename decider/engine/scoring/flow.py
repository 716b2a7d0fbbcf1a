"""The path through a questionnaire: which questions the answers so far make visible.

Nothing is stored: each call replays the answers through the questionnaire. Answers of hidden
questions are ignored but not lost, so that going back and forth is free.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from decider.engine.questionnaire.schema import UNKNOWN, Answers, Question, Questionnaire, Section


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far one section is, in numbers of its visible questions.

    `answered` counts those with a choice or "Does not apply", `unknown` those with "I don't
    know"; the rest has no answer yet.
    """

    section: Section
    visible: int
    answered: int
    unknown: int

    @property
    def unanswered(self) -> int:
        """The number of visible questions without any answer."""
        return self.visible - self.answered - self.unknown


@dataclass(frozen=True)
class Walk:
    """A questionnaire as one set of answers shows it."""

    questionnaire: Questionnaire
    visible: tuple[Question, ...]
    counted: Mapping[str, str]
    """The answers of visible questions, by question key, in the order asked."""

    @cached_property
    def current(self) -> Question | None:
        """The first visible question without an answer, or None."""
        return next((q for q in self.visible if q.key not in self.counted), None)

    @cached_property
    def sections(self) -> tuple[SectionProgress, ...]:
        """The progress of every section, in order."""
        return tuple(self._progress(section) for section in self.questionnaire.sections)

    @cached_property
    def most(self) -> int:
        """The number of questions asked at the most, whatever the answers still to come.

        `len(visible)` is the number asked at the least.
        """
        return sum(1 if q.key in self.counted else self._reach[q.key] for q in self.visible)

    def is_visible(self, key: str) -> bool:
        """Whether the question with this key is asked; False for an unknown key."""
        return key in self._visible_keys

    def next_after(self, key: str) -> Question | None:
        """The visible question that follows this one, itself visible or not; None at the end.

        Raises KeyError for a key that the questionnaire doesn't have.
        """
        place = self._places[key]
        return next((q for q in self.visible if self._places[q.key] > place), None)

    def before(self, key: str) -> Question | None:
        """The visible question before this one, itself visible or not; None at the beginning.

        Raises KeyError for a key that the questionnaire doesn't have.
        """
        place = self._places[key]
        return next((q for q in reversed(self.visible) if self._places[q.key] < place), None)

    @cached_property
    def _reach(self) -> dict[str, int]:
        """By question key, the number of questions asked at the most along with that question."""
        reach: dict[str, int] = {}
        opened: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for question in reversed(self.questionnaire.questions.values()):
            reach[question.key] = 1 + max(opened[question.key].values(), default=0)
            if condition := question.shown_when:
                for choice in condition.choices:
                    opened[condition.question][choice] += reach[question.key]
        return reach

    @cached_property
    def _visible_keys(self) -> frozenset[str]:
        return frozenset(question.key for question in self.visible)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.questionnaire.questions)}

    def _progress(self, section: Section) -> SectionProgress:
        visible = [q.key for q in section.questions if q.key in self._visible_keys]
        given = [self.counted[key] for key in visible if key in self.counted]
        unknown = given.count(UNKNOWN)
        return SectionProgress(section, len(visible), len(given) - unknown, unknown)


def walk(questionnaire: Questionnaire, answers: Answers) -> Walk:
    """The questions that these answers make visible.

    A conditional question is hidden while its parent is hidden, unanswered, unknown or doesn't
    apply. A condition names an earlier question only, so that one pass is enough.
    """
    visible: list[Question] = []
    counted: dict[str, str] = {}
    for question in questionnaire.questions.values():
        condition = question.shown_when
        if condition and counted.get(condition.question) not in condition.choices:
            continue
        visible.append(question)
        if question.key in answers:
            counted[question.key] = answers[question.key]
    return Walk(questionnaire, tuple(visible), counted)
