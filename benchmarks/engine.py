"""The scoring engine on a questionnaire of 40 questions and 8 alternatives, and on larger ones."""

from __future__ import annotations

import warnings
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from benchmarks import engine_limits
from benchmarks.measure import line, median_ms
from decider.base.files import read_yaml
from decider.engine.analysis.analyse import analyse
from decider.engine.analysis.robustness import simulate
from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.schema import Questionnaire
from decider.engine.report.document import METHODS
from decider.engine.scoring.method import CURRENT
from decider.engine.scoring.model import Model
from decider.engine.scoring.portfolio import Integers, States, score_many
from decider.engine.scoring.score import compile_model, evaluate
from tests.engine.builders import synthetic

SCORE_MS = 0.060
RESULT_PAGE_MS = 25
DRAWS_MS = 8
MANY_MS = 50
LARGE_MS = 250
LONGEST_MS = 1000
TIMES_PYMCDM = 5

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
QUESTIONNAIRE = "where-should-this-run"
EXAMPLE = read_yaml((FIXTURES / f"{QUESTIONNAIRE}.example.yaml").read_text(encoding="utf-8"))[
    "answers"
]

ASSESSMENTS = 100_000
STACKED = 20_000
"""Assessments in the stacked call; its matrix has a row for each of their alternatives."""


def main() -> bool:
    """Print every figure beside its limit."""
    asked = synthetic(40, 8, 10)
    answers = {key: f"c{i * 3 % 4}" for i, key in enumerate(asked.questions)}
    partly = {key: choice for i, (key, choice) in enumerate(answers.items()) if i % 3}
    model = compile_model(asked)
    complete, half_open = evaluate(model, answers, {}), evaluate(model, partly, {})
    found = [
        line(
            "score with contributions",
            median_ms(lambda: evaluate(model, answers, {}), repeat=2000),
            SCORE_MS,
            "ms",
        ),
        line("result page of the example", _example_ms(EXAMPLE), RESULT_PAGE_MS, "ms"),
        line("result page of the example, nothing answered", _example_ms({}), RESULT_PAGE_MS, "ms"),
        line("result page, all answered", _page_ms(asked, answers), RESULT_PAGE_MS, "ms"),
        line("result page, a third open", _page_ms(asked, partly), RESULT_PAGE_MS, "ms"),
        line("result page, nothing answered", _page_ms(asked, {}), RESULT_PAGE_MS, "ms"),
        line("10,000 draws", _draws_ms(complete), DRAWS_MS, "ms"),
        line("10,000 draws, a third open", _draws_ms(half_open), DRAWS_MS, "ms"),
        *_many(model),
        _analysis("200 questions, 12 alternatives", synthetic(200, 12, 12), LARGE_MS),
        *engine_limits.run(LONGEST_MS),
    ]
    return all(found)


def _example_ms(answers: dict[str, str]) -> float:
    asked = parse(read_yaml((FIXTURES / f"{QUESTIONNAIRE}.yaml").read_text(encoding="utf-8")))
    return median_ms(
        lambda: METHODS[CURRENT.name](asked, answers, {}), repeat=25, clock=process_time
    )


def _page_ms(asked: Questionnaire, answers: dict[str, str]) -> float:
    return median_ms(lambda: METHODS["mavt-1"](asked, answers, {}), repeat=25, clock=process_time)


def _draws_ms(outcome: object) -> float:
    return median_ms(lambda: simulate(outcome).ranks, repeat=50, clock=process_time)  # type: ignore[arg-type]


def _analysis(name: str, asked: Questionnaire, limit: float) -> bool:
    """A first analysis pays for the draws; the others are what a page costs."""
    answers = {key: f"c{i * 3 % 4}" for i, key in enumerate(asked.questions) if i % 2}
    start = perf_counter()
    analyse(asked, answers, {})
    print(f"{name + ', the first time':<58}{(perf_counter() - start) * 1000:>10.3f} ms")
    return line(name, median_ms(lambda: analyse(asked, answers, {}), repeat=5), limit, "ms")


def _many(model: Model) -> list[bool]:
    """Many assessments at once, with shared and with own weights, and against pymcdm."""
    random = np.random.default_rng(7)
    states = random.integers(0, 4, (ASSESSMENTS, len(model.nodes)), np.int8)
    shared = np.array(model.default_weights)
    own = random.integers(0, 101, (ASSESSMENTS, len(model.sections)))
    ours = median_ms(lambda: score_many(model, states, shared), repeat=7)
    stacked = _stacked_ms(model, states[:STACKED], shared)
    same = median_ms(lambda: score_many(model, states[:STACKED], shared), repeat=15)
    return [
        line("100,000 assessments, shared weights", ours, MANY_MS, "ms"),
        line(
            "100,000 assessments, own weights",
            median_ms(lambda: score_many(model, states, own), repeat=7),
            MANY_MS,
            "ms",
        ),
        line("the same against a stacked pymcdm call (1 = 5 times)", *_ratio(same, stacked)),
    ]


def _ratio(ours: float, theirs: float) -> tuple[float, float, str]:
    print(f"{'stacked pymcdm call':<58}{theirs:>10.3f} ms   ours {ours:>9.3f} ms")
    return TIMES_PYMCDM * ours / theirs, 1, "x"


def _stacked_ms(model: Model, states: States, weights: Integers) -> float:
    """One weighted sum by pymcdm over all alternatives of all assessments, given the matrices.

    Without its validation, which looks at the rows one by one and takes many times as long.
    """
    from pymcdm.methods import WSM

    values = np.zeros((len(states), len(model.alternatives), len(model.nodes)))
    shares = np.zeros(len(model.nodes))
    for node, column in zip(model.nodes, states.T, strict=True):
        values[:, :, node.position] = np.array(node.ratings)[column]
        shares[node.position] = weights[node.section] * node.share
    matrix = values.reshape(-1, len(model.nodes))
    shares /= shares.sum()
    wsm = WSM(normalization_function=lambda column, cost: (column + 2) / 4)  # noqa: ARG005
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return median_ms(
            lambda: wsm(matrix, shares, np.ones(len(shares)), validation=False), repeat=5
        )
