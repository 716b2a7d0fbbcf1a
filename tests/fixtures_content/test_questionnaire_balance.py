"""The default questionnaire over random answers: nothing wins by its construction alone."""

from __future__ import annotations

import random
from collections import Counter
from statistics import median

from decider.engine.schema import Questionnaire
from decider.engine.scoring import compile_model, evaluate

DRAWS = 1500


def random_answers(
    questionnaire: Questionnaire, generator: random.Random, *, likely: bool
) -> dict[str, str]:
    """An answer to each question that is asked: by the priors, or all choices alike."""
    answers: dict[str, str] = {}
    for key, question in questionnaire.questions.items():
        shown = question.shown_when
        if shown is None or answers.get(shown.question) in shown.choices:
            weights = [choice.prior if likely else 1 for choice in question.choices]
            keys = [choice.key for choice in question.choices]
            answers[key] = generator.choices(keys, weights)[0]
    return answers


def test_without_answers_no_alternative_is_ahead_by_much(questionnaire: Questionnaire) -> None:
    outcome = evaluate(compile_model(questionnaire), {}, {})
    points = [outcome.points(a) for a in range(len(questionnaire.alternatives))]
    assert min(points) > 48
    assert max(points) < 52


def test_each_alternative_wins_a_fair_share_of_random_answers(
    questionnaire: Questionnaire,
) -> None:
    generator = random.Random(20)
    model = compile_model(questionnaire)
    firsts: Counter[int] = Counter()
    for _ in range(DRAWS):
        ranks = evaluate(model, random_answers(questionnaire, generator, likely=False), {}).ranks
        firsts.update(a for a, rank in ranks.items() if rank == 1)
    shares = [firsts[a] / DRAWS for a in range(len(questionnaire.alternatives))]
    assert min(shares) > 0.03
    assert max(shares) < 0.33


def test_usual_path_asks_22_to_28_questions(questionnaire: Questionnaire) -> None:
    generator = random.Random(20)
    lengths = [len(random_answers(questionnaire, generator, likely=True)) for _ in range(DRAWS)]
    assert 22 <= median(lengths) <= 28
    assert len(questionnaire.questions) <= 40
