"""Assessments of every kind, drawn from numbered seeds: the same ones on every computer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from decider.engine.questionnaire.rules import (
    STATUSES,
    CandidateRule,
    Compliance,
    Layer,
    LayerValue,
    Requirement,
)
from decider.engine.questionnaire.schema import (
    KINDS,
    NOT_APPLICABLE,
    UNKNOWN,
    Choice,
    Question,
    Questionnaire,
)
from tests.engine import builders
from tests.engine.builders import Rating

Case = tuple[Questionnaire, dict[str, str], dict[str, int]]
"""A questionnaire with answers and weights."""


def small_cases(number: int) -> Iterator[Case]:
    """Up to 9 questions of 2 to 4 choices, and 2 to 5 alternatives."""
    for seed in range(number):
        random = Random(seed)
        yield _case(random, alternatives=random.randint(2, 5), questions=random.randint(1, 9))


def large_cases(number: int) -> Iterator[Case]:
    """About 30 questions and 6 to 9 alternatives."""
    for seed in range(number):
        random = Random(f"large {seed}")
        yield _case(random, alternatives=random.randint(6, 9), questions=random.randint(25, 35))


@dataclass(frozen=True)
class _Kind:
    """How often there are vetoes, and whether evidence and answers favour the first alternative."""

    vetoes: float
    one_sided: bool
    favoured: bool


def _case(random: Random, *, alternatives: int, questions: int) -> Case:
    keys = [f"alt-{a}" for a in range(alternatives)]
    kind = _Kind(random.choice([0, 0.02, 0.1]), random.random() < 0.4, random.random() < 0.4)
    asked: list[Question] = []
    for number in range(questions):
        choices = [_choice(random, c, keys, kind) for c in range(random.randint(2, 4))]
        asked.append(
            builders.question(f"q{number}", choices, random.randint(1, 5), _shown(random, asked))
        )
    cuts = sorted({0, questions, random.randint(0, questions), random.randint(0, questions)})
    questionnaire = builders.questionnaire(
        [
            builders.section(f"s{i}", asked[start:end], random.choice([0, 10, 25, 50, 100]))
            for i, (start, end) in enumerate(pairwise(cuts))
        ],
        keys,
    )
    weights = {s.key: random.randint(0, 100) for s in questionnaire.sections}
    return questionnaire, _answers(random, asked, kind), weights if random.random() < 0.7 else {}


def _choice(random: Random, number: int, alternatives: list[str], kind: _Kind) -> Choice:
    ratings = {a: _rating(random, kind.vetoes) for a in alternatives}
    if kind.one_sided:
        ratings["alt-0"] = random.choice([0, 1, 1, 2])
    return builders.choice(f"c{number}", ratings, prior=random.choice([1, 1, 2, 7]))


def _rating(random: Random, vetoes: float) -> Rating:
    spot = random.random()
    if spot < vetoes:
        return random.choice(["veto", "veto+1"])
    if spot > 0.9:
        return None
    low, value, high = sorted(random.randint(-2, 2) for _ in range(3))
    return (low, value, high) if spot > 0.7 else value


def _shown(random: Random, asked: list[Question]) -> tuple[str, list[str]] | None:
    if not asked or random.random() < 0.65:
        return None
    parent = random.choice(asked[-4:])
    offered = [c.key for c in parent.choices]
    return parent.key, random.sample(offered, random.randint(1, len(offered) - 1))


def _answers(random: Random, asked: list[Question], kind: _Kind) -> dict[str, str]:
    """Answers to most questions, hidden ones too; in some cases to few, in some for one winner."""
    rate = random.choice([0.2, 0.8, 1])
    special = random.choice([0, 0, 0.3])
    answers = {}
    for question in asked:
        if random.random() < rate:
            offered = question.choices
            best = max(offered, key=_favour) if kind.favoured else random.choice(offered)
            open_ones = random.choice([UNKNOWN, NOT_APPLICABLE])
            answers[question.key] = open_ones if random.random() < special else best.key
    return answers


def _favour(choice: Choice) -> int:
    """What a choice does for the first alternative against the others together."""
    values = {key: -9 if e.veto else e.value for key, e in choice.evidence.items()}
    return 2 * len(values) * values.get("alt-0", 0) - sum(values.values())


def with_rules(asked: Questionnaire, random: Random) -> Questionnaire:
    """The same with candidates, requirements, layers and kinds of questions."""
    candidates = [_rule(random, asked, a.key) for a in asked.alternatives]
    layers = [{"half": random.choice(["odd", "even"])} for _ in asked.alternatives]
    rows = zip(asked.alternatives, candidates, layers, strict=True)
    return replace(
        asked,
        alternatives=tuple(replace(a, candidate=rule, layers=own) for a, rule, own in rows),
        sections=tuple(
            replace(s, questions=tuple(replace(q, kind=random.choice(KINDS)) for q in s.questions))
            for s in asked.sections
        ),
        layers=(Layer("half", "Half", (LayerValue("odd", "Odd"), LayerValue("even", "Even"))),),
        requirements=tuple(
            _requirement(random, asked, f"r{i}") for i in range(random.randint(0, 3))
        ),
    )


def _rule(random: Random, asked: Questionnaire, key: str) -> CandidateRule | None:
    if random.random() < 0.6:
        return None
    when = tuple(_combination(random, asked) for _ in range(random.randint(1, 2)))
    return CandidateRule(when, f"{key} may be", f"{key} is none")


def _requirement(random: Random, asked: Questionnaire, key: str) -> Requirement:
    when = tuple(_combination(random, asked) for _ in range(random.randint(1, 3)))
    compliance = {
        a.key: Compliance(a.key, random.choice(STATUSES), "reason", f"condition {a.key}")
        for a in asked.alternatives
    }
    return Requirement(key, f"Title {key}", when, compliance)


def _combination(random: Random, asked: Questionnaire) -> dict[str, tuple[str, ...]]:
    """Answers to one to three questions, that can be given together or not."""
    keys = random.sample(list(asked.questions), min(len(asked.questions), random.randint(1, 3)))
    return {
        key: tuple(random.sample([c.key for c in asked.questions[key].choices], 1)) for key in keys
    }
