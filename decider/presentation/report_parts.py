"""The parts of a report as templates use them: names, labels and quotations in place of keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from decider.engine.questionnaire.schema import Alternative, Source
from decider.engine.report.points import Counts


@dataclass(frozen=True, slots=True)
class Quotation:
    """An exact passage and where it stands."""

    key: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the chosen answer says about one alternative, -2..+2 or a veto."""

    alternative: Alternative
    value: int
    low: int
    high: int
    veto: bool
    reason: str
    basis: str
    strength: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer added to the points of one alternative."""

    alternative: Alternative
    points: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An asked question and what was answered.

    `status` is "chosen", "unknown", "n/a" or "unanswered"; `label` says it in words.
    `effects` holds every alternative, in the order of the ranking; `evidence` those that the
    chosen answer speaks about, in the same order. `quotations` are the question's own and those
    of its evidence, each once.
    """

    number: int
    key: str
    question: str
    help: str
    section: str
    weight: int
    status: str
    label: str
    note: str
    effects: tuple[Effect, ...]
    evidence: tuple[Evidence, ...]
    quotations: tuple[Quotation, ...]

    @property
    def given(self) -> bool:
        """Whether it is answered with one of its choices."""
        return self.status == "chosen"

    def evidence_on(self, alternative: str) -> Evidence | None:
        """What the answer says about the alternative of this key, if anything."""
        return next((row for row in self.evidence if row.alternative.key == alternative), None)


@dataclass(frozen=True, slots=True)
class SectionAnswers:
    """A section with its asked questions; `weight` as used, `default_weight` as published."""

    key: str
    title: str
    intro: str
    weight: int
    default_weight: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Veto:
    """An answer that rules an alternative out."""

    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement that an alternative does not meet, or would not meet if it were raised."""

    key: str
    title: str
    reason: str
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """An eligible alternative. Points are 0..100; `low` and `high` bound what is left open.

    `unsettled` are the requirements that open answers may raise and that it would not meet.
    """

    alternative: Alternative
    rank: int
    points: float
    low: float
    high: float
    exact: str
    leads: bool
    provisional: tuple[Veto, ...]
    unsettled: tuple[Unmet, ...] = ()

    @property
    def may_be_ruled_out(self) -> bool:
        """Whether open answers can still rule it out."""
        return bool(self.provisional or self.unsettled)


@dataclass(frozen=True, slots=True)
class Conditional:
    """An alternative that is one only if `condition` holds, which `answers` leave open."""

    alternative: Alternative
    points: float
    exact: str
    condition: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class RuledOut:
    """An alternative that answers rule out, with the points it would have had.

    `no_candidate` says why it is no candidate at all, and is empty where it is one; `answers` are
    those that decide that.
    """

    alternative: Alternative
    points: float
    exact: str
    vetoes: tuple[Veto, ...]
    unmet: tuple[Unmet, ...] = ()
    no_candidate: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is out, in sentences; never empty."""
        found = (*(row.reason for row in self.unmet), *(veto.reason for veto in self.vetoes))
        return (self.no_candidate, *found) if self.no_candidate else found


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """What one answer added to an alternative, and the evidence behind it (None: no evidence)."""

    answer: Answer
    points: float
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class SectionPart:
    """What one section added to an alternative: the sum of its questions."""

    title: str
    weight: int
    points: float
    questions: tuple[QuestionPart, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How an alternative got its points: base and all sections add up to them exactly."""

    alternative: Alternative
    base: float
    points: float
    ruled_out: bool
    sections: tuple[SectionPart, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A claim of a disagreement; `taken` where this case falls on it."""

    claim: str
    quotations: tuple[Quotation, ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the sources contradict each other; `side` is "a", "b", "both" or "neither"."""

    key: str
    topic: str
    a: Side
    b: Side
    side: str
    resolution: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that can hardly be true together."""

    message: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the scale of words; `present` where the result is on it."""

    words: str
    present: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The honest wording. `level` is one of the levels of the method, `sentence` says why.

    `scale` has the four steps from no clear winner to strong; empty where the level is not one of
    them, and in reports of methods that say nothing of conditions.
    """

    level: str
    words: str
    sentence: str
    necessary: bool
    scale: tuple[Step, ...] = ()


@dataclass(frozen=True)
class PresentedReport:
    """Everything a page or a document prints about a report.

    `answered_weight` is the share, 0..1, of the weight of the visible questions that is answered.
    `breakdowns` holds every alternative: the ranked ones, the conditional ones, those ruled out.
    `quotations` are those of the questionnaire, by key.
    """

    title: str
    context: str
    language: str
    method: str
    questionnaire: str
    questionnaire_version: int
    verdict: Verdict
    recommendation: Alternative | None
    leaders: tuple[Alternative, ...]
    counts: Counts
    answered_weight: float
    ranking: tuple[Ranked, ...]
    conditional: tuple[Conditional, ...]
    ruled_out: tuple[RuledOut, ...]
    breakdowns: tuple[Breakdown, ...]
    sections: tuple[SectionAnswers, ...]
    disagreements: tuple[Disagreement, ...]
    conflicts: tuple[Conflict, ...]
    sources: tuple[Source, ...]
    quotations: Mapping[str, Quotation]

    @property
    def roads(self) -> tuple[Alternative, ...]:
        """The alternatives whose road ahead is worth reading: not while nothing sets them apart."""
        level = self.verdict.level
        undecided = level == "too-early" or (
            level == "tie" and len(self.leaders) == len(self.ranking)
        )
        return () if undecided else self.leaders

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every asked question in order."""
        return tuple(self.answer_by_key.values())

    @cached_property
    def answer_by_key(self) -> dict[str, Answer]:
        """Every asked question in order, by key."""
        return {answer.key: answer for section in self.sections for answer in section.answers}

    @cached_property
    def alternatives(self) -> dict[str, Alternative]:
        """By key: the ranked alternatives, the conditional ones, those ruled out."""
        return {row.alternative.key: row.alternative for row in self.breakdowns}

    @cached_property
    def section_by_key(self) -> dict[str, SectionAnswers]:
        """Every section in order, by key."""
        return {section.key: section for section in self.sections}

    def named(self, keys: Iterable[str]) -> tuple[Alternative, ...]:
        """The alternatives of these keys."""
        return tuple(self.alternatives[key] for key in keys)

    def asked(self, keys: Iterable[str]) -> tuple[Answer, ...]:
        """Those of the questions of these keys that were asked."""
        return tuple(self.answer_by_key[key] for key in keys if key in self.answer_by_key)

    def quoted(self, keys: Iterable[str]) -> tuple[Quotation, ...]:
        """The quotations of these keys."""
        return tuple(self.quotations[key] for key in keys)
