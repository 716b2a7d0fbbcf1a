"""The rules of a questionnaire compiled: keys become positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from decider.engine.questionnaire.rules import NOT_MET, ON_CONDITION, Combination, Requirement
from decider.engine.questionnaire.schema import Question, Questionnaire

Clause = tuple[tuple[int, frozenset[int]], ...]
"""A combination by positions: questions, each with some of its choices."""

Clauses = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement by positions: what raises it, and who doesn't meet it, or on a condition."""

    clauses: Clauses
    not_met: frozenset[int]
    on_condition: frozenset[int]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a questionnaire by positions.

    `candidates[a]` is None for what is always an alternative. `questions` holds the questions that
    any rule names. `barred` has, by question and choice, the alternatives that a choice rules out
    by itself, whatever else is answered.
    """

    candidates: tuple[Clauses | None, ...]
    needs: tuple[Need, ...]
    questions: frozenset[int]
    barred: Mapping[tuple[int, int], frozenset[int]]


def compile_rules(questionnaire: Questionnaire, position: Mapping[str, int]) -> Rules:
    """The rules with positions for keys."""
    asked = list(questionnaire.questions.values())
    candidates = tuple(
        compile_clauses(rule.when, position, asked) if (rule := alternative.candidate) else None
        for alternative in questionnaire.alternatives
    )
    needs = tuple(
        Need(
            compile_clauses(requirement.when, position, asked),
            _with_status(questionnaire, requirement, NOT_MET),
            _with_status(questionnaire, requirement, ON_CONDITION),
        )
        for requirement in questionnaire.requirements
    )
    named = [*filter(None, candidates), *(need.clauses for need in needs)]
    barred: dict[tuple[int, int], frozenset[int]] = {}
    for place, out in [*_barred_by_needs(needs), *_barred_by_candidates(candidates, asked)]:
        barred[place] = barred.get(place, frozenset()) | out
    questions = frozenset(q for clauses in named for clause in clauses for q, _ in clause)
    return Rules(candidates, needs, questions, barred)


def _with_status(
    questionnaire: Questionnaire, requirement: Requirement, status: str
) -> frozenset[int]:
    return frozenset(
        place
        for place, alternative in enumerate(questionnaire.alternatives)
        if requirement.compliance[alternative.key].status == status
    )


Barred = Iterator[tuple[tuple[int, int], frozenset[int]]]


def _barred_by_needs(needs: Iterable[Need]) -> Barred:
    """Answers that raise a requirement by themselves, with those that don't meet it."""
    for need in needs:
        for clause in need.clauses:
            if len(clause) == 1:
                question, choices = clause[0]
                yield from (((question, choice), need.not_met) for choice in choices)


def _barred_by_candidates(
    candidates: Iterable[Clauses | None], asked: Sequence[Question]
) -> Barred:
    """Answers that every combination of a candidate's rule contradicts, with the candidate."""
    for alternative, clauses in enumerate(candidates):
        named = [dict(clause) for clause in clauses or ()]
        for question in named[0] if named else ():
            if all(question in clause for clause in named):
                allowed = frozenset[int]().union(*(clause[question] for clause in named))
                for choice in range(len(asked[question].choices)):
                    if choice not in allowed:
                        yield (question, choice), frozenset({alternative})


def compile_clauses(
    when: Iterable[Combination], position: Mapping[str, int], asked: Sequence[Question]
) -> Clauses:
    """Combinations with positions for keys."""
    return tuple(
        tuple(
            (position[key], frozenset(_codes(asked[position[key]], choices)))
            for key, choices in combination.items()
        )
        for combination in when
    )


def _codes(question: Question, choices: Iterable[str]) -> list[int]:
    keys = [choice.key for choice in question.choices]
    return [keys.index(choice) for choice in choices]
