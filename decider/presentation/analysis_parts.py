"""What the analysis of a result says, as templates use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from decider.engine.questionnaire.schema import Alternative
from decider.presentation.report_parts import Answer, Evidence, SectionPart


@dataclass(frozen=True, slots=True)
class Reason:
    """What an answer adds to an alternative or takes from it, and the evidence if there is any."""

    answer: Answer
    points: float
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Reasons:
    """The given answers that speak for an alternative and against it, the heaviest first."""

    alternative: Alternative
    speak_for: tuple[Reason, ...]
    speak_against: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """Why one alternative is ahead of another, by `points`; open answers leave `low` to `high`.

    `counter` holds what speaks against the lead, `decisive` the fewest given answers that
    outweigh it; None where there is no lead, or where that takes open questions too. Points are
    those that an answer adds to the lead or takes from it.
    """

    ahead: Alternative
    behind: Alternative
    points: float
    low: float
    high: float
    sections: tuple[SectionPart, ...]
    decisive: tuple[Reason, ...] | None
    counter: tuple[Reason, ...]

    @property
    def counter_given(self) -> tuple[Reason, ...]:
        """The given answers that speak against the lead, the heaviest first."""
        return tuple(reason for reason in self.counter if reason.answer.given)


@dataclass(frozen=True, slots=True)
class Change:
    """Another answer to a question; `number` is None where the question was not asked.

    `before` is empty where it is not answered. `value` is the key of the answer `after`.
    """

    key: str
    question: str
    number: int | None
    before: str
    after: str
    value: str

    @property
    def instead(self) -> str:
        """What the other answer stands in for, in words."""
        if self.before:
            return f"instead of \u201c{self.before}\u201d"
        return "(not answered yet)" if self.number else "(not asked yet)"


@dataclass(frozen=True, slots=True)
class Flip:
    """Changes of answers after which these lead; nobody, where all are ruled out.

    `at_least` is how many it takes at least, where fewer might do.
    """

    changes: tuple[Change, ...]
    leaders: tuple[Alternative, ...]
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class PathToWin:
    """What would have to be true for an alternative to win: `at_least` so many other answers.

    `changes` is None where no set of them was found.
    """

    alternative: Alternative
    at_least: int
    changes: tuple[Change, ...] | None


@dataclass(frozen=True, slots=True)
class Possibility:
    """An answer to an open question, its chance, 0..1, and who would lead with it."""

    label: str
    chance: float
    leaders: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What it is worth to find out.

    `value` is by how many points the best choice is expected to gain if the answer is known first,
    `swing` by how many its answers move the lead. `decides` says whether one of them changes who
    leads. `forbids` are the answers that would rule out one of `forbidden`, which lead now.
    """

    answer: Answer
    value: float
    swing: float
    possibilities: tuple[Possibility, ...]
    decides: bool
    forbids: tuple[str, ...] = ()
    forbidden: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """The weights of a section, 0..100, with which the winner stands, and who takes over.

    Nobody does beyond an end of the scale.
    """

    title: str
    weight: int
    low: float
    high: float
    below: tuple[Alternative, ...]
    above: tuple[Alternative, ...]

    @property
    def free(self) -> bool:
        """Whether no weight of this section changes the winner."""
        return not self.below and not self.above


@dataclass(frozen=True, slots=True)
class Chance:
    """How often an alternative is first, and on each rank, among the random draws; 0..1.

    `at_least` is the lower end of the 95% interval; `regret` the most points it is behind by.
    """

    alternative: Alternative
    first: float
    at_least: float
    ranks: tuple[float, ...]
    regret: float

    @property
    def ruled_out(self) -> float:
        """In which share of the draws it has no rank, since an answer rules it out."""
        return max(round(1 - sum(self.ranks), 3), 0.0)


@dataclass(frozen=True, slots=True)
class WrongSteps:
    """How few ratings, each one step off, would put the rival level."""

    count: int
    rival: Alternative


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The winner stands while no weight is off by more than `percent` of itself."""

    percent: int
    rivals: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class PresentedAnalysis:
    """How sure the result is, and what would change it.

    `chances` are in the order of the ranking. `alone` is the leader's share of first places with
    only "weights", "answers" or "ratings" in doubt; empty without a leader. `settled` says that no
    unanswered question can change who leads, `necessary` that no open one can, and `can_change`
    that it is sure that open ones can. Where no answer is known, there are only open questions.
    """

    reasons: tuple[Reasons, ...]
    leads: tuple[Lead, ...]
    flips: tuple[Flip, ...]
    smallest_flip: Flip | None
    paths_to_win: tuple[PathToWin, ...]
    open_questions: tuple[OpenQuestion, ...]
    draws: int
    chances: tuple[Chance, ...]
    alone: Mapping[str, float]
    wrong_steps: WrongSteps | None
    tolerance: Tolerance | None
    intervals: tuple[Interval, ...]
    settled: bool
    necessary: bool
    can_change: bool

    @property
    def against_first(self) -> tuple[Reason, ...]:
        """What takes points from the first alternative and is no reason for its lead."""
        decisive = self._decisive
        return tuple(r for r in self.reasons[0].speak_against if r.answer.key not in decisive)

    @property
    def against_both(self) -> tuple[Reason, ...]:
        """What takes points from the first alternative, and so many more from the second that it
        is among the reasons for the lead."""
        decisive = self._decisive
        return tuple(r for r in self.reasons[0].speak_against if r.answer.key in decisive)

    @property
    def _decisive(self) -> set[str]:
        """The questions of the reasons for the lead over the second of the ranking, if there is."""
        leads = self.leads[:1] if len(self.chances) > 1 else ()
        return {reason.answer.key for lead in leads for reason in lead.decisive or ()}

    @property
    def some_ruled_out(self) -> bool:
        """Whether an alternative of the ranking is ruled out in some draws."""
        return any(chance.ruled_out for chance in self.chances)

    @property
    def some_weightless(self) -> bool:
        """Whether a section has the weight 0, which no relative error moves."""
        return any(interval.weight == 0 for interval in self.intervals)
