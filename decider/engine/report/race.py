"""The part of a report document about who is in the race and why, as JSON data.

`conditional`
    Alternatives that nothing rules out and that open answers may make candidates, those with the
    most points first: `alternative`, `points`, `exact`, `if` and `questions` (what is open of it).
`candidates`
    Alternatives that are one on a condition only: `alternative`, `state` (yes, no, open), `if`,
    `otherwise`, `questions` (what settles it: the answers given that do, or what is open).
`requirements`
    Those that are raised or may be: `requirement`, `state` (raised, open), `questions` (as above),
    and by alternative in `alternatives`: met, on_condition, not_met.
`ruled_out`
    Rows of `alternative`, `points`, `exact`, with all reasons, those with the fewest first:
    `vetoes` (`question`, `choice`, `reason`), `requirements` (keys of those raised and not met) and
    `candidate` (why it is no candidate, or null).
`conditions`
    What has to be so for the recommended alternative to meet what is raised or may be:
    `requirement`, `state`, `condition`.
`layers`
    By layer and value, the share of draws in which an alternative with this value is first.
`swings`
    By section, the points between the best and the worst ranked alternative in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from decider.engine.analysis.analyse import Analysis
from decider.engine.questionnaire.rules import CandidateRule, Requirement
from decider.engine.questionnaire.schema import Alternative
from decider.engine.report import scores
from decider.engine.report.scores import Json
from decider.engine.scoring.clauses import Clause, Clauses, Need
from decider.engine.scoring.eligibility import FALSE, OPEN, TRUE, clause_truth
from decider.engine.scoring.rounding import tenths
from decider.engine.scoring.score import Outcome

CANDIDACY = {FALSE: "no", OPEN: "open", TRUE: "yes"}
RAISED = {OPEN: "open", TRUE: "raised"}


def race(analysis: Analysis) -> Json:
    """All of it."""
    outcome = analysis.outcome
    return {
        "conditional": _conditional(outcome),
        "candidates": list(_candidates(outcome)),
        "requirements": list(_requirements(outcome)),
        "ruled_out": ruled_out(outcome),
        "layers": {
            layer: {value: round(float(share), 4) for value, share in shares.items()}
            for layer, shares in analysis.layers.items()
        },
        "swings": swings(outcome, analysis.swings),
    }


def swings(outcome: Outcome, found: Iterable[Fraction]) -> Json:
    """What `swings_left` finds, by section, as it is shown."""
    return {
        section: tenths(swing.numerator, swing.denominator) / 10
        for section, swing in zip(outcome.model.sections, found, strict=True)
    }


def conditions(outcome: Outcome, alternative: int) -> list[Json]:
    """What has to be so for an alternative to meet what is required of it."""
    return [
        {"requirement": row.key, "state": RAISED[raised], "condition": entry.condition}
        for row, need, raised in _raised(outcome)
        if alternative in need.on_condition
        and (entry := row.compliance[outcome.model.alternatives[alternative]])
    ]


def _raised(outcome: Outcome) -> Iterator[tuple[Requirement, Need, int]]:
    """The requirements that are raised or may be, each with its truth value."""
    rows = outcome.model.questionnaire.requirements
    needs = outcome.model.rules.needs
    for row, need, raised in zip(rows, needs, outcome.eligibility.raised, strict=True):
        if raised != FALSE:
            yield row, need, raised


def _requirements(outcome: Outcome) -> Iterator[Json]:
    for row, need, raised in _raised(outcome):
        yield {
            "requirement": row.key,
            "state": RAISED[raised],
            "questions": _settling(outcome, need.clauses, raised),
            "alternatives": {key: row.compliance[key].status for key in outcome.model.alternatives},
        }


def _candidates(outcome: Outcome) -> Iterator[Json]:
    for a, alternative, rule in _rules(outcome):
        state = outcome.eligibility.candidacy[a]
        yield {
            "alternative": alternative.key,
            "state": CANDIDACY[state],
            "if": rule.condition,
            "otherwise": rule.otherwise,
            "questions": _settling(outcome, outcome.model.rules.candidates[a] or (), state),
        }


def _rules(outcome: Outcome) -> Iterator[tuple[int, Alternative, CandidateRule]]:
    for a, alternative in enumerate(outcome.model.questionnaire.alternatives):
        if alternative.candidate:
            yield a, alternative, alternative.candidate


def _conditional(outcome: Outcome) -> list[Json]:
    rules = {a: rule for a, _, rule in _rules(outcome)}
    order = sorted(outcome.conditional, key=lambda a: -outcome.totals[a])
    return [
        {
            **scores.scored(outcome, a),
            "if": rules[a].condition,
            "questions": _settling(outcome, outcome.model.rules.candidates[a] or (), OPEN),
        }
        for a in order
    ]


def _settling(outcome: Outcome, clauses: Clauses, state: int) -> list[str]:
    """The questions asked whose answers make a rule true or false, or that are open about it."""
    nodes, states = outcome.model.nodes, outcome.states
    found: list[int] = []
    for clause in clauses:
        if clause_truth(clause, states) == state:
            found += (q for q, value in _literals(clause, states) if value == state)
    asked = (outcome.behind[q][0] if q in outcome.behind else nodes[q] for q in found)
    return list(dict.fromkeys(node.key for node in asked))


def _literals(clause: Clause, states: Iterable[int]) -> Iterator[tuple[int, int]]:
    states = tuple(states)
    for question, choices in clause:
        yield question, clause_truth(((question, choices),), states)


def ruled_out(outcome: Outcome) -> list[Json]:
    """The alternatives that rules and vetoes take out."""
    left = {*outcome.eligible, *outcome.conditional}
    rows = [_reasons(outcome, a) for a in range(len(outcome.totals)) if a not in left]
    return sorted(rows, key=_number)


def _number(row: Json) -> int:
    return len(row["vetoes"]) + len(row["requirements"]) + bool(row["candidate"])


def _reasons(outcome: Outcome, a: int) -> Json:
    rule = outcome.model.questionnaire.alternatives[a].candidate
    no_candidate = outcome.eligibility.candidacy[a] == FALSE
    return {
        **scores.scored(outcome, a),
        "vetoes": scores.vetoes(outcome, a, outcome.vetoes),
        "requirements": [
            row.key
            for row, need, raised in _raised(outcome)
            if raised == TRUE and a in need.not_met
        ],
        "candidate": rule.otherwise if rule and no_candidate else None,
    }
