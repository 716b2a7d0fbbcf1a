"""Who is a candidate, what has to be met and by whom, and what the first places have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Annotated, Final, Literal, TypeVar

from msgspec import UNSET, Meta, field
from msgspec.structs import replace

from decider.engine.analysis.analyse import Analysis
from decider.engine.analysis.wording import decisive_against
from decider.engine.questionnaire.rules import STATUSES, CandidateRule, Requirement
from decider.engine.questionnaire.schema import Alternative
from decider.engine.report import points
from decider.engine.report.fields import Key, Keys, Part
from decider.engine.report.points import Argument, Ranked, RuledOut, Scored
from decider.engine.scoring.clauses import Clause, Clauses, Need
from decider.engine.scoring.eligibility import FALSE, OPEN, TRUE, clause_truth
from decider.engine.scoring.rounding import tenths
from decider.engine.scoring.score import Outcome

State = Literal["raised", "open"]
"""Whether a requirement has to be met, or may have to be."""

Status = Annotated[str, Meta(extra_json_schema={"enum": list(STATUSES)})]

CANDIDACY: Final[dict[int, Literal["yes", "no", "open"]]] = {FALSE: "no", OPEN: "open", TRUE: "yes"}
RAISED: Final[dict[int, State]] = {OPEN: "open", TRUE: "raised"}


class Conditional(Scored, frozen=True):
    """An alternative that nothing rules out and that open answers may make a candidate."""

    condition: Annotated[str, Meta(description="The condition.")] = field(name="if")
    questions: Annotated[Keys, Meta(description="The open questions that settle it.")]
    decisive: points.Decisive = UNSET
    open_requirements: points.OpenRequirements = UNSET


class Candidate(Part, frozen=True):
    """An alternative that is one on a condition only."""

    alternative: Key
    state: Literal["yes", "no", "open"]
    condition: Annotated[str, Meta(description="The condition.")] = field(name="if")
    otherwise: Annotated[str, Meta(description="Why it is none where the condition doesn't hold.")]
    questions: Annotated[Keys, Meta(description="The questions that settle it, answered or open.")]


class RequirementState(Part, frozen=True):
    """A requirement that has to be met, or may have to be."""

    requirement: Key
    state: State
    questions: Annotated[Keys, Meta(description="The questions that settle it, answered or open.")]
    alternatives: Annotated[
        dict[Key, Status], Meta(description="Whether each alternative meets it.")
    ]


class Condition(Part, frozen=True):
    """What has to be so for the recommended alternative to meet a requirement."""

    requirement: Key
    state: State
    condition: str


def layers(analysis: Analysis) -> dict[str, dict[str, float]]:
    """The shares of first places, by layer and value."""
    return {
        layer: {value: round(float(share), 4) for value, share in shares.items()}
        for layer, shares in analysis.layers.items()
    }


def swings(outcome: Outcome, found: Iterable[Fraction]) -> dict[str, float]:
    """What `swings_left` finds, by section, as it is shown."""
    return {
        section: tenths(swing.numerator, swing.denominator) / 10
        for section, swing in zip(outcome.model.sections, found, strict=True)
    }


def conditions(outcome: Outcome, alternative: int) -> tuple[Condition, ...]:
    """What has to be so for an alternative to meet what is required of it."""
    return tuple(
        Condition(requirement=row.key, state=RAISED[raised], condition=entry.condition)
        for row, need, raised in _raised(outcome)
        if alternative in need.on_condition
        and (entry := row.compliance[outcome.model.alternatives[alternative]])
    )


def _raised(outcome: Outcome) -> Iterator[tuple[Requirement, Need, int]]:
    """The requirements that are raised or may be, each with its truth value."""
    rows = outcome.model.questionnaire.requirements
    needs = outcome.model.rules.needs
    for row, need, raised in zip(rows, needs, outcome.eligibility.raised, strict=True):
        if raised != FALSE:
            yield row, need, raised


def requirements(outcome: Outcome) -> Iterator[RequirementState]:
    """Those that are raised or may be."""
    for row, need, raised in _raised(outcome):
        yield RequirementState(
            requirement=row.key,
            state=RAISED[raised],
            questions=_settling(outcome, need.clauses, raised),
            alternatives={key: row.compliance[key].status for key in outcome.model.alternatives},
        )


def candidates(outcome: Outcome) -> Iterator[Candidate]:
    """Alternatives that are one on a condition only."""
    for a, alternative, rule in _rules(outcome):
        state = outcome.eligibility.candidacy[a]
        yield Candidate(
            alternative=alternative.key,
            state=CANDIDACY[state],
            condition=rule.condition,
            otherwise=rule.otherwise,
            questions=_settling(outcome, outcome.model.rules.candidates[a] or (), state),
        )


def _rules(outcome: Outcome) -> Iterator[tuple[int, Alternative, CandidateRule]]:
    for a, alternative in enumerate(outcome.model.questionnaire.alternatives):
        if alternative.candidate:
            yield a, alternative, alternative.candidate


def conditional(outcome: Outcome) -> tuple[Conditional, ...]:
    """Those that open answers may make candidates, the most points first."""
    rules = {a: rule for a, _, rule in _rules(outcome)}
    return tuple(
        Conditional(
            *points.scored(outcome, a),
            condition=rules[a].condition,
            questions=_settling(outcome, outcome.model.rules.candidates[a] or (), OPEN),
        )
        for a in sorted(outcome.conditional, key=lambda a: -outcome.totals[a])
    )


Left = TypeVar("Left", Ranked, Conditional)


def with_arguments(outcome: Outcome, rows: Iterable[Left]) -> tuple[Left, ...]:
    """These alternatives with what speaks decisively against each, and what it may have to meet."""
    places = {key: place for place, key in enumerate(outcome.model.alternatives)}
    return tuple(
        replace(
            row,
            decisive=_decisive(outcome, places[row.alternative]),
            open_requirements=_failing(outcome, places[row.alternative], OPEN),
        )
        for row in rows
    )


def _decisive(outcome: Outcome, a: int) -> tuple[Argument, ...]:
    questions, key = outcome.model.questionnaire.questions, outcome.model.alternatives[a]
    nodes = (outcome.model.nodes[place] for place in decisive_against(outcome, a))
    given = ((node.key, node.choice_keys[outcome.states[node.position]]) for node in nodes)
    return tuple(
        Argument(question, choice, questions[question].choice(choice).evidence[key].reason)
        for question, choice in given
    )


def _failing(outcome: Outcome, a: int, state: int) -> Keys:
    """The requirements of this truth value that an alternative doesn't meet."""
    return tuple(
        row.key for row, need, raised in _raised(outcome) if raised == state and a in need.not_met
    )


def _settling(outcome: Outcome, clauses: Clauses, state: int) -> Keys:
    """The questions asked whose answers make a rule true or false, or that are open about it."""
    nodes, states = outcome.model.nodes, outcome.states
    found: list[int] = []
    for clause in clauses:
        if clause_truth(clause, states) == state:
            found += (q for q, value in _literals(clause, states) if value == state)
    asked = (outcome.behind[q][0] if q in outcome.behind else nodes[q] for q in found)
    return tuple(dict.fromkeys(node.key for node in asked))


def _literals(clause: Clause, states: Iterable[int]) -> Iterator[tuple[int, int]]:
    states = tuple(states)
    for question, choices in clause:
        yield question, clause_truth(((question, choices),), states)


def ruled_out(outcome: Outcome) -> tuple[RuledOut, ...]:
    """The alternatives that rules and vetoes take out, those with the fewest reasons first."""
    left = {*outcome.eligible, *outcome.conditional}
    rows = (_reasons(outcome, a) for a in range(len(outcome.totals)) if a not in left)
    return tuple(sorted(rows, key=_number))


def _number(row: RuledOut) -> int:
    return len(row.vetoes) + len(row.requirements or ()) + bool(row.candidate)


def _reasons(outcome: Outcome, a: int) -> RuledOut:
    rule = outcome.model.questionnaire.alternatives[a].candidate
    no_candidate = outcome.eligibility.candidacy[a] == FALSE
    return RuledOut(
        *points.scored(outcome, a),
        vetoes=points.vetoes(outcome, a, outcome.vetoes),
        requirements=_failing(outcome, a, TRUE),
        candidate=rule.otherwise if rule and no_candidate else None,
    )
