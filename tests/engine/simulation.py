"""The random draws once more, naively: draw by draw in plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from hashlib import shake_256
from math import sqrt

from decider.engine.analysis.robustness import Doubts
from decider.engine.questionnaire.schema import NOT_APPLICABLE, UNKNOWN, Question, Questionnaire
from tests.engine import reference


def byte(name: str, draw: int) -> int:
    return shake_256(f"decider/mavt-1/{name}".encode()).digest(draw + 1)[draw]


def word(name: str, draw: int) -> int:
    low, high = shake_256(f"decider/mavt-1/{name}".encode()).digest(2 * draw + 2)[-2:]
    return low + 256 * high


def drawn_choice(question: Question, draw: int) -> str:
    spot = word(f"answer/{question.key}", draw) * sum(c.prior for c in question.choices) >> 16
    for offered in sorted(question.choices, key=lambda c: c.key):
        if spot < offered.prior:
            return offered.key
        spot -= offered.prior
    raise AssertionError


def drawn_rating(question: Question, choice: str, alternative: str, draw: int) -> int:
    entry = question.choice(choice).evidence.get(alternative)
    low, high = (entry.low, entry.high) if entry else (-1, 1)
    name = f"{question.key}/{alternative}"
    rating = low + (byte(f"range/{name}", draw) * (high - low + 1) >> 8)
    error = byte(f"error/{name}", draw)
    rating += (error >= 256 - 26) - (error < 26)
    return max(-2, min(2, rating))


def drawn_error(alternative: str, draw: int, spread: float) -> Fraction:
    """The error that all ratings of an alternative share, in points."""
    drawn = shake_256(f"decider/mavt-1/common/{alternative}".encode()).digest(4 * draw + 4)[-4:]
    return Fraction(50 * (sum(drawn) - 510), round(50 * sqrt(65535 / 3) / spread))


def drawn_points(
    asked: Questionnaire,
    answers: Mapping[str, str],
    weights: Mapping[str, int],
    draw: int,
    doubts: Doubts,
) -> tuple[dict[str, Fraction], set[str]]:
    """Points and vetoed alternatives in one draw. Needs doubtful answers."""
    done = dict(reference.counted(asked, answers))
    for key, question in asked.questions.items():
        if key in reference.visible(asked, done) and done.get(key, UNKNOWN) == UNKNOWN:
            done[key] = drawn_choice(question, draw)
    factors = {
        s.key: (2048 + word(f"weight/{s.key}", draw) * 4096 // 65536) if doubts.weights else 4096
        for s in asked.sections
    }
    drawn = {s.key: Fraction(weights[s.key] * factors[s.key], 4096) for s in asked.sections}
    budgets = reference.heaviest(asked)
    total = sum(drawn.values())
    points = {}
    for alternative in asked.alternative_by_key:
        value = Fraction(0)
        for key, answer in done.items():
            if answer == NOT_APPLICABLE:
                continue
            question, section = asked.questions[key], asked.section_of[key].key
            entry = question.choice(answer).evidence.get(alternative)
            rating = (
                drawn_rating(question, answer, alternative, draw)
                if doubts.ratings
                else (entry.value if entry else 0)
            )
            value += drawn[section] * Fraction(question.weight, budgets[section]) * rating
        points[alternative] = 50 + 50 * value / (2 * total) if total else Fraction(50)
        if doubts.common and total:
            points[alternative] += drawn_error(alternative, draw, doubts.common)
    return points, reference.decided(asked, done, weights).vetoed
