"""Who has how many points and why: what follows from the score alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from decider.engine.analysis.reasons import parts_of
from decider.engine.report.fields import Answer, Change, Count, Exact, Key, Keys, Part, Points
from decider.engine.scoring.completions import spans
from decider.engine.scoring.model import Model
from decider.engine.scoring.rounding import apportion, tenths
from decider.engine.scoring.score import Outcome, Veto
from decider.engine.scoring.states import DONT_KNOW, MISSING, SKIPPED

BASE = 500
"""Tenths of a point that every alternative starts from."""

Tenths = Mapping[int, int]
"""By visible question, what it adds or takes, in tenths of a point."""


class Argument(Part, frozen=True):
    """An answer that speaks decisively against an alternative."""

    question: Key
    choice: Answer
    reason: str


class VetoRow(Argument, frozen=True):
    """An answer that rules an alternative out."""


Decisive = (
    Annotated[
        tuple[Argument, ...],
        Meta(description="From mavt-3 on: answers given that speak decisively against it."),
    ]
    | UnsetType
)
OpenRequirements = (
    Annotated[
        Keys,
        Meta(
            description="From mavt-3 on: requirements that open answers may raise and that it"
            " would fail."
        ),
    ]
    | UnsetType
)


class Scored(Part, frozen=True):
    """An alternative with its points."""

    alternative: Key
    points: Points
    exact: Exact


class Ranked(Scored, frozen=True):
    """An eligible alternative; competition ranks (1, 1, 3)."""

    rank: Annotated[int, Meta(ge=1)]
    low: Annotated[Points, Meta(description="The least that open answers leave possible.")]
    high: Annotated[Points, Meta(description="The most that open answers leave possible.")]
    provisional: Annotated[
        tuple[VetoRow, ...], Meta(description="Vetoes that open answers may add.")
    ]
    decisive: Decisive = UNSET
    open_requirements: OpenRequirements = UNSET


class RuledOut(Scored, frozen=True):
    """An alternative that is out, with the points that it would have."""

    vetoes: tuple[VetoRow, ...]
    requirements: (
        Annotated[
            Keys,
            Meta(description="From mavt-2 on: requirements that are raised and that it fails."),
        ]
        | UnsetType
    ) = UNSET
    candidate: (
        Annotated[str | None, Meta(description="From mavt-2 on: why it is no candidate, or null.")]
        | UnsetType
    ) = UNSET


class QuestionPoints(Part, frozen=True):
    """What a question adds or takes."""

    question: Key
    points: Change


class SectionPoints(Part, frozen=True):
    """What a section adds or takes: the sum of its questions."""

    section: Key
    points: Change
    questions: tuple[QuestionPoints, ...]


class Contributions(Part, frozen=True):
    """The base and all parts add up to the points of an alternative."""

    base: Points
    sections: tuple[SectionPoints, ...]


class Counts(Part, frozen=True):
    """How the asked questions were answered."""

    asked: Count
    answered: Annotated[Count, Meta(description="With a choice.")]
    unknown: Count
    not_applicable: Count
    unanswered: Count


class PointsResult(Part, frozen=True):
    """Who has how many points and why."""

    visible: Annotated[
        Keys,
        Meta(
            description="The questions asked, in order. Only these appear in the result, unless"
            " said otherwise: what a question behind an open one may add is counted for the open"
            " one."
        ),
    ]
    ranking: Annotated[
        tuple[Ranked, ...], Meta(description="The eligible alternatives, the most points first.")
    ]
    ruled_out: Annotated[
        tuple[RuledOut, ...], Meta(description="The others, those with the fewest reasons first.")
    ]
    contributions: Annotated[dict[Key, Contributions], Meta(description="By alternative.")]


def points_result(
    outcome: Outcome,
    parts: Sequence[Tenths],
    ranked: tuple[Ranked, ...],
    out: tuple[RuledOut, ...],
) -> PointsResult:
    """The points; `parts` are those shown of every alternative, `out` those ruled out."""
    return PointsResult(
        visible=tuple(node.key for node in outcome.visible),
        ranking=ranked,
        ruled_out=out,
        contributions={
            key: Contributions(base=BASE / 10, sections=by_section(outcome.model, shown))
            for key, shown in zip(outcome.model.alternatives, parts, strict=True)
        },
    )


def names(outcome: Outcome, alternatives: Iterable[int]) -> Keys:
    """The keys of alternatives."""
    return tuple(outcome.model.alternatives[a] for a in alternatives)


def counts(outcome: Outcome) -> Counts:
    """How many questions were asked and how they were answered."""
    states = [outcome.states[node.position] for node in outcome.visible]
    return Counts(
        asked=len(states),
        answered=sum(state >= 0 for state in states),
        unknown=states.count(DONT_KNOW),
        not_applicable=states.count(SKIPPED),
        unanswered=states.count(MISSING),
    )


def shown_share(share: Fraction) -> float:
    """A share with two decimals, rounded neither to nothing nor to everything."""
    if share in (0, 1):
        return float(share)
    return min(max(round(100 * share), 1), 99) / 100


def coverage(outcome: Outcome) -> dict[str, float]:
    """By alternative, the share of the answered weight on which somebody researched it."""
    questions = outcome.model.questionnaire.questions
    given = [
        (outcome.weights[node.section] * node.share, questions[node.key].choices[choice].evidence)
        for node, choice in outcome.given
    ]
    whole = max(sum(weight for weight, _ in given), 1)
    return {
        key: shown_share(Fraction(sum(w for w, evidence in given if key in evidence), whole))
        for key in outcome.model.alternatives
    }


def shown_tenths(outcome: Outcome, total: int) -> int:
    """The points of a total, in tenths."""
    return tenths(50 * (outcome.unit + total), outcome.unit)


def shown_points(outcome: Outcome, total: int) -> float:
    """The points of a total, with one decimal."""
    return shown_tenths(outcome, total) / 10


def ranking(outcome: Outcome) -> tuple[Ranked, ...]:
    """The eligible alternatives, those with the most points first."""
    least, most = spans(outcome)
    order = sorted(outcome.eligible, key=outcome.ranks.__getitem__)
    return tuple(
        Ranked(
            *scored(outcome, a),
            rank=outcome.ranks[a],
            low=shown_points(outcome, least[a]),
            high=shown_points(outcome, most[a]),
            provisional=vetoes(outcome, a, outcome.provisional),
        )
        for a in order
    )


def ruled_out(outcome: Outcome) -> tuple[RuledOut, ...]:
    """The alternatives that answers rule out, those with the fewest vetoes first."""
    rows = (
        RuledOut(
            *scored(outcome, a),
            vetoes=vetoes(outcome, a, outcome.vetoes),
        )
        for a in range(len(outcome.totals))
        if a not in outcome.eligible
    )
    return tuple(sorted(rows, key=lambda row: len(row.vetoes)))


def scored(outcome: Outcome, a: int) -> tuple[str, float, str]:
    """The fields of `Scored`: the key of an alternative, its points as shown, and exact."""
    shown = shown_points(outcome, outcome.totals[a])
    return outcome.model.alternatives[a], shown, str(outcome.points(a))


def vetoes(outcome: Outcome, a: int, found: tuple[Veto, ...]) -> tuple[VetoRow, ...]:
    """The evidence that rules an alternative out; that behind an open question under that one."""
    own = (veto for veto in found if veto.alternative == a)
    return tuple(row for veto in own for row in _veto(outcome, veto))


def _veto(outcome: Outcome, veto: Veto) -> Iterator[VetoRow]:
    """The veto, unless it is a requirement or the rule of a candidate that rules out."""
    node = outcome.model.nodes[veto.question]
    choice = outcome.model.questionnaire.questions[node.key].choices[veto.choice]
    evidence = choice.evidence.get(outcome.model.alternatives[veto.alternative])
    if evidence and evidence.veto:
        asked, place = outcome.behind.get(node.position, (node, veto.choice))
        yield VetoRow(question=asked.key, choice=asked.choice_keys[place], reason=evidence.reason)


def shown_parts(outcome: Outcome, a: int) -> dict[int, int]:
    """By visible question, what it adds to an alternative's points, in tenths.

    With the base they add up to its points shown. Nothing else rounds what a question adds.
    """
    parts = parts_of(outcome, a)
    target = shown_tenths(outcome, outcome.totals[a]) - BASE
    rounded = apportion([50 * part for part in parts.values()], outcome.unit, target)
    return dict(zip(parts, rounded, strict=True))


def by_section(model: Model, shown: Tenths) -> tuple[SectionPoints, ...]:
    """Tenths by question as points, in their sections; every section, and only these questions."""
    own: list[dict[int, int]] = [{} for _ in model.sections]
    for place, value in shown.items():
        own[model.nodes[place].section][place] = value
    return tuple(
        SectionPoints(
            section=section,
            points=sum(parts.values()) / 10,
            questions=tuple(
                QuestionPoints(question=model.nodes[place].key, points=value / 10)
                for place, value in parts.items()
            ),
        )
        for section, parts in zip(model.sections, own, strict=True)
    )
