"""How sure a result is and what would change it, joined up for templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from decider.engine.analysis.sensitivity import HEAVIEST, LIGHTEST
from decider.engine.questionnaire.schema import Alternative
from decider.engine.report import changes, robustness
from decider.engine.report.document import Document
from decider.presentation.answers import Answer, answer_label
from decider.presentation.numbers import percent
from decider.presentation.reasons import Lead, Reasons, leads_of, reasons_of
from decider.presentation.report import PresentedReport

SMALLEST_SHARE = 0.005
"""Smaller shares are 0 in whole per cent."""


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
class Share:
    """In which share of the draws, 0..1, an alternative of this kind comes first."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class LayerShares:
    """What the alternatives that come first have in common, the most frequent value first.

    `others` are those that come first at all, in whole per cent.
    """

    title: str
    most: Share
    others: tuple[Share, ...]

    @property
    def line(self) -> str:
        """All of it on one line."""
        parts = (f"{row.name} {percent(row.share)}" for row in (self.most, *self.others))
        return f"{self.title}: {'; '.join(parts)}."


@dataclass(frozen=True, slots=True)
class Swing:
    """The points in a section between the best and the worst alternative of the ranking."""

    title: str
    weight: int
    points: float


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
    layers: tuple[LayerShares, ...]
    swings: tuple[Swing, ...]
    settled: bool
    necessary: bool
    can_change: bool

    @property
    def some_ruled_out(self) -> bool:
        """Whether an alternative of the ranking is ruled out in some draws."""
        return any(chance.ruled_out for chance in self.chances)

    @property
    def some_weightless(self) -> bool:
        """Whether a section has the weight 0, which no relative error moves."""
        return any(interval.weight == 0 for interval in self.intervals)


def present_analysis(document: Document, view: PresentedReport) -> PresentedAnalysis:
    """The analysis of a document whose other parts are in `view`."""
    whole = _Joined(document, view).analysis()
    return whole if view.counts.answered else _only_open(whole)


def _only_open(whole: PresentedAnalysis) -> PresentedAnalysis:
    """What is left to say where no answer is known: reasons and changes would be of nothing."""
    return replace(
        whole,
        leads=(),
        flips=(),
        smallest_flip=None,
        paths_to_win=(),
        chances=(),
        alone={},
        wrong_steps=None,
        tolerance=None,
        intervals=(),
    )


class _Joined:
    def __init__(self, document: Document, view: PresentedReport) -> None:
        self.view = view
        self.result = document.result
        self.questionnaire = document.questionnaire.content
        self.first = tuple(row.alternative.key for row in view.ranking if row.rank == 1)

    def analysis(self) -> PresentedAnalysis:
        result = self.result
        smallest = result.flips.smallest
        return PresentedAnalysis(
            reasons=reasons_of(result, self.view),
            leads=leads_of(result, self.view),
            flips=tuple(
                Flip((self._change(row),), self.view.named(row.leaders))
                for row in result.flips.single
            ),
            smallest_flip=self._flip(smallest) if smallest else None,
            paths_to_win=tuple(self._path_to_win(row) for row in result.to_win),
            open_questions=tuple(self._open_question(row) for row in result.information),
            draws=result.robustness.draws,
            chances=tuple(
                self._chance(result.robustness, key)
                for key in self.view.alternatives
                if key in result.robustness.first
            ),
            alone=result.robustness.alone,
            wrong_steps=self._wrong_steps(),
            tolerance=self._tolerance(),
            intervals=tuple(self._interval(row) for row in result.stability),
            layers=tuple(self._layers()),
            swings=tuple(self._swings()),
            settled=result.settled,
            necessary=result.wording.necessary,
            can_change=self._can_change(),
        )

    def _change(self, row: changes.OtherAnswer) -> Change:
        question = self.questionnaire.questions[row.question]
        asked = self.view.answer_by_key.get(row.question)
        return Change(
            key=row.question,
            question=question.text,
            number=asked.number if asked else None,
            before=answer_label(question, row.before) if row.before else "",
            after=answer_label(question, row.after),
            value=row.after,
        )

    def _flip(self, row: changes.SmallestFlip) -> Flip:
        leaders = self.view.named(row.leaders)
        return Flip(tuple(map(self._change, row.changes)), leaders, row.at_least or None)

    def _path_to_win(self, row: changes.PathToWin) -> PathToWin:
        return PathToWin(
            alternative=self.view.alternatives[row.alternative],
            at_least=row.at_least,
            changes=None if row.changes is None else tuple(map(self._change, row.changes)),
        )

    def _open_question(self, row: changes.OpenQuestion) -> OpenQuestion:
        question, forbids = self.questionnaire.questions[row.question], row.forbids or ()
        return OpenQuestion(
            answer=self.view.answer_by_key[row.question],
            value=row.value,
            swing=row.swing,
            possibilities=tuple(
                Possibility(
                    answer_label(question, part.choice), part.chance, self.view.named(part.leaders)
                )
                for part in row.answers
            ),
            decides=self._decides(row),
            forbids=tuple(answer_label(question, key) for key in forbids),
            forbidden=self.view.named(self.first if forbids else ()),
        )

    def _decides(self, row: changes.OpenQuestion) -> bool:
        return any(part.leaders != self.first for part in row.answers)

    def _can_change(self) -> bool:
        """Whether it is sure that open answers can change who leads."""
        rows = self.result.information
        if any(map(self._decides, rows)):
            return True
        if len(self.first) == 1:
            return bool(rows) and not self.result.wording.necessary
        return any(
            row.low < row.high for row in self.result.differences if row.behind in self.first
        )

    def _chance(self, found: robustness.Robustness, key: str) -> Chance:
        return Chance(
            alternative=self.view.alternatives[key],
            first=found.first[key],
            at_least=found.at_least[key],
            ranks=found.ranks[key],
            regret=found.regret[key],
        )

    def _wrong_steps(self) -> WrongSteps | None:
        row = self.result.robustness.wrong_steps
        return WrongSteps(row.count, self.view.alternatives[row.rival]) if row else None

    def _tolerance(self) -> Tolerance | None:
        row = self.result.weight_tolerance
        return Tolerance(row.percent, self.view.named(row.rivals)) if row else None

    def _interval(self, row: robustness.Interval) -> Interval:
        return Interval(
            title=self.view.section_by_key[row.section].title,
            weight=row.weight,
            low=row.low,
            high=row.high,
            below=self.view.named(row.below if row.low > LIGHTEST else ()),
            above=self.view.named(row.above if row.high < HEAVIEST else ()),
        )

    def _layers(self) -> Iterator[LayerShares]:
        for layer in self.questionnaire.layers:
            shares = (self.result.layers or {}).get(layer.key, {})
            if any(shares.values()):
                rows = [Share(value.name, shares[value.key]) for value in layer.values]
                most, *others = sorted(rows, key=lambda row: -row.share)
                shown = tuple(row for row in others if row.share >= SMALLEST_SHARE)
                yield LayerShares(layer.title, most, shown)

    def _swings(self) -> Iterator[Swing]:
        points = self.result.swings or {}
        for section in self.view.sections:
            if section.key in points:
                yield Swing(section.title, section.weight, points[section.key])
