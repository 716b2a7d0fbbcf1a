"""Questionnaires at the limits of what a file may hold, made to take long.

400 questions of 12 choices with 20 alternatives in 40 sections; chances whose sums share few
factors, so that exact numbers get thousands of bits; conditions as deep and as wide as they go.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from time import process_time

from benchmarks.measure import line
from decider.engine.analysis.branches import Branches
from decider.engine.analysis.pairs import pair_flips
from decider.engine.questionnaire.schema import NOT_APPLICABLE, UNKNOWN, Choice, Questionnaire
from decider.engine.report.document import METHODS
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine import builders

QUESTIONS, ALTERNATIVES, SECTIONS, CHOICES = 400, 20, 40, 12
CHANCES = (61, 71, 73, 79, 83, 89, 97, 100)

Condition = Callable[[int], tuple[str, list[str]] | None]
"""What the question of a number depends on."""

EVERY = [f"c{c}" for c in range(CHOICES)]
SHAPES: dict[str, Condition] = {
    "no conditions": lambda _: None,
    "one chain": lambda i: (f"q{i - 1}", EVERY[:-1]) if i else None,
    "all below one": lambda i: ("q0", EVERY[:1]) if i else None,
    "chains of 20": lambda i: (f"q{i - 1}", EVERY[:2]) if i % 20 else None,
}


def run(limit: float) -> list[bool]:
    """Print the longest time of each shape, over several assessments, beside the limit (ms)."""
    found = []
    for shape, condition in SHAPES.items():
        for vetoes in (0.0, 0.05):
            asked = _questionnaire(condition, vetoes)
            name = f"{shape}, {'some' if vetoes else 'no'} vetoes"
            times = {"the first time": _document_ms(asked, {}, {})}
            times |= {kind: _document_ms(asked, *case) for kind, case in _cases(asked).items()}
            slowest = max(times, key=times.__getitem__)
            found.append(line(f"{name}: {slowest}", times[slowest], limit, "ms"))
            found.append(line(f"{name}: pairs of flips", _pairs_ms(asked), limit, "ms"))
    return found


def _questionnaire(condition: Condition, vetoes: float) -> Questionnaire:
    random = Random(1)
    asked = [
        builders.question(
            f"q{i}",
            [_choice(random, key, vetoes) for key in EVERY],
            random.randint(1, 9),
            condition(i),
        )
        for i in range(QUESTIONS)
    ]
    size = QUESTIONS // SECTIONS
    sections = [
        builders.section(f"s{s}", asked[size * s : size * (s + 1)], random.randint(1, 100))
        for s in range(SECTIONS)
    ]
    return builders.questionnaire(sections, [f"a{a}" for a in range(ALTERNATIVES)])


def _choice(random: Random, key: str, vetoes: float) -> Choice:
    def rating() -> builders.Rating:
        if random.random() < vetoes:
            return "veto"
        low, value, high = sorted(random.randint(-2, 2) for _ in range(3))
        return (low, value, high) if random.random() < 0.3 else value

    ratings = {f"a{a}": rating() for a in range(ALTERNATIVES)}
    return builders.choice(key, ratings, prior=random.choice(CHANCES))


def _cases(asked: Questionnaire) -> dict[str, tuple[dict[str, str], dict[str, int]]]:
    keys, random = list(asked.questions), Random(2)
    nothing = {section.key: 0 for section in asked.sections}
    given = [*EVERY[:1] * 8, EVERY[1], UNKNOWN, NOT_APPLICABLE]
    return {
        "nothing answered": ({}, {}),
        "all unknown": (dict.fromkeys(keys, UNKNOWN), {}),
        "none applies": (dict.fromkeys(keys, NOT_APPLICABLE), {}),
        "all answered": (dict.fromkeys(keys, EVERY[0]), {}),
        "half answered": (dict.fromkeys(keys[::2], EVERY[0]), {}),
        "mixed": ({key: random.choice(given) for key in keys}, {}),
        "nothing answered, no weight": ({}, nothing),
        "all answered, no weight": (dict.fromkeys(keys, EVERY[0]), nothing),
    }


def _document_ms(asked: Questionnaire, answers: dict[str, str], weights: dict[str, int]) -> float:
    start = process_time()
    METHODS["mavt-1"](asked, answers, weights)
    return (process_time() - start) * 1000


def _pairs_ms(asked: Questionnaire) -> float:
    answers, _ = _cases(asked)["half answered"]
    start = process_time()
    pair_flips(Branches(evaluate(compile_model(asked), answers, {}), answers), answers)
    return (process_time() - start) * 1000
