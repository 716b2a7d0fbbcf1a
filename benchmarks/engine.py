"""The scoring engine on a questionnaire of 40 questions and 8 alternatives, and on larger ones."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter, process_time

from benchmarks import engine_limits
from benchmarks.measure import line, median_ms
from decider.base.files import read_yaml
from decider.engine.analysis.analyse import analyse
from decider.engine.analysis.robustness import Doubts, Simulator
from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.schema import Questionnaire
from decider.engine.report.document import METHODS
from decider.engine.scoring.method import CURRENT
from decider.engine.scoring.score import Outcome, compile_model, evaluate
from tests.engine.builders import synthetic

SCORE_MS = 0.060
RESULT_PAGE_MS = 25
DRAWS_MS = 8
LARGE_MS = 250
LONGEST_MS = 1000

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
QUESTIONNAIRE = "where-should-this-run"
EXAMPLE = read_yaml((FIXTURES / f"{QUESTIONNAIRE}.example.yaml").read_text(encoding="utf-8"))[
    "answers"
]


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


def _draws_ms(outcome: Outcome) -> float:
    return median_ms(
        lambda: Simulator(outcome).simulate(Doubts()).ranks, repeat=50, clock=process_time
    )


def _analysis(name: str, asked: Questionnaire, limit: float) -> bool:
    """A first analysis pays for the draws; the others are what a page costs."""
    answers = {key: f"c{i * 3 % 4}" for i, key in enumerate(asked.questions) if i % 2}
    start = perf_counter()
    analyse(asked, answers, {})
    print(f"{name + ', the first time':<58}{(perf_counter() - start) * 1000:>10.3f} ms")
    return line(name, median_ms(lambda: analyse(asked, answers, {}), repeat=5), limit, "ms")
