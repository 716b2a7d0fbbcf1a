"""The report document: everything that a page, a PDF or an export prints, as plain JSON data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from decider.engine.completions import necessary_winner, ranges
from decider.engine.model import Model, Node, compile_model
from decider.engine.parse import to_dict
from decider.engine.rounding import apportion, tenths
from decider.engine.schema import Answers, Choice, Disagreement, Questionnaire, Side, Weights
from decider.engine.scoring import (
    DONT_KNOW,
    METHOD,
    MISSING,
    POSSIBLE,
    SKIPPED,
    Outcome,
    Veto,
    evaluate,
)

FORMAT = "decider-report/1"

Json = dict[str, Any]


def build_document(
    *,
    questionnaire: Questionnaire,
    version: int,
    title: str,
    context: str,
    answers: Answers,
    notes: Mapping[str, str],
    weights: Weights,
) -> Json:
    """The report document of an assessment as it stands."""
    model = compile_model(questionnaire)
    outcome = evaluate(model, answers, weights)
    return {
        "format": FORMAT,
        "method": METHOD,
        "title": title,
        "context": context,
        "questionnaire": {"version": version, **to_dict(questionnaire)},
        "answers": dict(answers),
        "notes": dict(notes),
        "weights": dict(zip(model.sections, outcome.weights, strict=True)),
        "result": _result(outcome),
    }


def _result(outcome: Outcome) -> Json:
    alternatives = outcome.model.alternatives
    wording = _wording(outcome)
    sure = wording["level"] in ("leaning", "favoured", "strong")
    return {
        "visible": [node.key for node in _visible(outcome)],
        "counts": _counts(outcome),
        "answered_weight": answered_weight(outcome),
        "coverage": _coverage(outcome),
        "wording": wording,
        "recommendation": alternatives[outcome.leaders[0]] if sure else None,
        "leaders": [alternatives[a] for a in outcome.leaders],
        "ranking": _ranking(outcome),
        "ruled_out": _ruled_out(outcome),
        "contributions": {key: _contributions(outcome, a) for a, key in enumerate(alternatives)},
        "disagreements": _disagreements(outcome),
        "conflicts": _conflicts(outcome),
    }


def _visible(outcome: Outcome) -> list[Node]:
    pairs = zip(outcome.model.nodes, outcome.states, strict=True)
    return [node for node, state in pairs if state > POSSIBLE]


def _counts(outcome: Outcome) -> dict[str, int]:
    states = [outcome.states[node.position] for node in _visible(outcome)]
    return {
        "asked": len(states),
        "answered": sum(state >= 0 for state in states),
        "unknown": states.count(DONT_KNOW),
        "not_applicable": states.count(SKIPPED),
        "unanswered": states.count(MISSING),
    }


def _weight(outcome: Outcome, node: Node) -> int:
    return outcome.weights[node.section] * node.share


def _share(part: int, whole: int) -> float:
    """A share in 0..1 with two decimals, never rounded up to 1 or down to 0."""
    if part in (0, whole) or not whole:
        return float(part == whole != 0)
    return min(max(round(100 * Fraction(part, whole)), 1), 99) / 100


def answered_weight(outcome: Outcome) -> float:
    """The share of the weight of the visible questions that apply which has a real answer."""
    applying = [n for n in _visible(outcome) if outcome.states[n.position] != SKIPPED]
    answered = [n for n in applying if outcome.states[n.position] >= 0]
    return _share(
        sum(_weight(outcome, n) for n in answered), sum(_weight(outcome, n) for n in applying)
    )


def _coverage(outcome: Outcome) -> dict[str, float]:
    """The share of the answered weight for which somebody researched what it says."""
    answered = [n for n in _visible(outcome) if outcome.states[n.position] >= 0]
    whole = sum(_weight(outcome, node) for node in answered)
    return {
        alternative: _share(
            sum(
                _weight(outcome, node)
                for node in answered
                if alternative in _choice(outcome, node).evidence
            ),
            whole,
        )
        for alternative in outcome.model.alternatives
    }


def _choice(outcome: Outcome, node: Node) -> Choice:
    questions = outcome.model.questionnaire.questions
    return questions[node.key].choices[outcome.states[node.position]]


def shown_points(outcome: Outcome, total: int) -> float:
    """Points of a total, rounded to tenths."""
    return tenths(50 * (outcome.unit + total), outcome.unit) / 10


def _standing(outcome: Outcome, a: int) -> Json:
    return {
        "alternative": outcome.model.alternatives[a],
        "points": shown_points(outcome, outcome.totals[a]),
        "exact": str(outcome.points(a)),
    }


def _ranking(outcome: Outcome) -> list[Json]:
    least, most = ranges(outcome)
    order = sorted(outcome.eligible, key=lambda a: outcome.ranks[a])
    return [
        {
            **_standing(outcome, a),
            "rank": outcome.ranks[a],
            "low": shown_points(outcome, least[a]),
            "high": shown_points(outcome, most[a]),
            "provisional": _reasons_against(outcome, a, outcome.provisional),
        }
        for a in order
    ]


def _ruled_out(outcome: Outcome) -> list[Json]:
    rows = [
        {**_standing(outcome, a), "vetoes": _reasons_against(outcome, a, outcome.vetoes)}
        for a in range(len(outcome.totals))
        if a not in outcome.eligible
    ]
    return sorted(rows, key=lambda row: len(row["vetoes"]))


def _reasons_against(outcome: Outcome, a: int, vetoes: tuple[Veto, ...]) -> list[Json]:
    """Vetoes on one alternative; one behind an open question is told of that question."""
    rows = []
    for veto in vetoes:
        if veto.alternative == a:
            node = outcome.model.nodes[veto.question]
            question = outcome.model.questionnaire.questions[node.key]
            choice = question.choices[veto.choice]
            asked, answer = _asked(outcome, node, veto.choice)
            rows.append(
                {
                    "question": asked.key,
                    "choice": asked.choice_keys[answer],
                    "reason": choice.evidence[outcome.model.alternatives[a]].reason,
                }
            )
    return rows


def _asked(outcome: Outcome, node: Node, choice: int) -> tuple[Node, int]:
    """The nearest visible question above, and the choice of it that leads to this one."""
    while outcome.states[node.position] == POSSIBLE:
        choice = min(node.shown)
        node = outcome.model.nodes[node.parent]
    return node, choice


def _contributions(outcome: Outcome, a: int) -> Json:
    """What a question adds, with what only its open answer could still bring into view."""
    parts = {node.position: 0 for node in _visible(outcome)}
    for node, row in zip(outcome.model.nodes, outcome.contributions, strict=True):
        if row:
            parts[_asked(outcome, node, 0)[0].position] += 50 * row[a]
    base = 500
    shown = tenths(50 * (outcome.unit + outcome.totals[a]), outcome.unit)
    rounded = dict(
        zip(parts, apportion(list(parts.values()), outcome.unit, shown - base), strict=True)
    )
    return {
        "base": base / 10,
        "sections": [
            _section_part(outcome.model, section, rounded)
            for section in range(len(outcome.model.sections))
        ],
    }


def _section_part(model: Model, section: int, rounded: dict[int, int]) -> Json:
    own = {p: value for p, value in rounded.items() if model.nodes[p].section == section}
    return {
        "section": model.sections[section],
        "points": sum(own.values()) / 10,
        "questions": [
            {"question": model.nodes[p].key, "points": value / 10} for p, value in own.items()
        ],
    }


def _wording(outcome: Outcome) -> Json:
    names = outcome.model.questionnaire.alternative_by_key
    leaders = [names[outcome.model.alternatives[a]].name for a in outcome.leaders]
    necessary = necessary_winner(outcome) is not None
    if not leaders:
        level, words, sentence = "none", "No alternative is left", "Every alternative is ruled out."
    elif len(leaders) > 1:
        level, words = "tie", "An exact tie"
        sentence = f"An exact tie between {' and '.join(leaders)}."
    elif answered_weight(outcome) < 0.5:
        level, words = "too-early", "Too early to say"
        sentence = "Too early to say: less than half of the weight is answered."
    else:
        level, words, sentence = "leaning", "Leaning", f"Leaning: {leaders[0]}."
    return {"level": level, "words": words, "sentence": sentence, "necessary": necessary}


def _matches(when: Mapping[str, tuple[str, ...]], counted: Mapping[str, str]) -> list[str]:
    return [key for key, choices in when.items() if counted.get(key) in choices]


def _counted(outcome: Outcome) -> dict[str, str]:
    """The choices given, by question key."""
    pairs = zip(outcome.model.nodes, outcome.states, strict=True)
    return {node.key: node.choice_keys[state] for node, state in pairs if state >= 0}


def _disagreements(outcome: Outcome) -> list[Json]:
    counted = _counted(outcome)
    rows = []
    for disagreement in outcome.model.questionnaire.disagreements:
        touched = [key for key in _questions_of(disagreement) if key in counted]
        if touched:
            side = _side(disagreement.a, disagreement.b, counted)
            rows.append({"key": disagreement.key, "side": side, "questions": touched})
    return rows


def _questions_of(disagreement: Disagreement) -> list[str]:
    return list(dict.fromkeys([*disagreement.a.when, *disagreement.b.when]))


def _side(a: Side, b: Side, counted: Mapping[str, str]) -> str:
    on_a, on_b = _matches(a.when, counted), _matches(b.when, counted)
    if on_a and on_b:
        return "both"
    return "a" if on_a else "b" if on_b else "neither"


def _conflicts(outcome: Outcome) -> list[Json]:
    counted = _counted(outcome)
    return [
        {"key": conflict.key, "questions": list(conflict.when)}
        for conflict in outcome.model.questionnaire.conflicts
        if len(_matches(conflict.when, counted)) == len(conflict.when)
    ]
