"""A questionnaire made ready for scoring: keys become positions, ratings become integers.

Rows. A row holds one integer for each alternative: rating * question weight * (L / V) * M, where
V is the heaviest sum of question weights that can be visible at once in the question's section,
L the least common multiple of all V, and M the least common multiple of the denominators that
unknown answers lead to. In this unit every score is a whole number, however many answers
are unknown, and section weights multiply rows at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import lcm
from operator import add, mul

from decider.engine.questionnaire.schema import FACT, Choice, Question, Questionnaire
from decider.engine.scoring.clauses import Rules, compile_rules

Row = tuple[int, ...]


def add_rows(first: Row, *others: Row) -> Row:
    """The sum of rows, element by element."""
    if len(others) == 1:
        return tuple(map(add, first, others[0]))
    return tuple(map(sum, zip(first, *others, strict=True))) if others else first


@dataclass(frozen=True, slots=True)
class Node:
    """A question in the tree of conditions; choices and alternatives are positions.

    `share` is v * L / V, the question's part of its section. `ratings[c][a]` is the plain rating,
    0 where evidence is missing, and `sums` their sum over choices, times the prior; `rows[c]` and
    `mean` (over the prior) are rows as described above.
    `vetoes[c]` lists the alternatives that a choice rules out by itself. `is_fact` says that nobody
    chooses or doubts the answer. `shown` holds the parent's choices
    that make the question visible; `parent` is -1 for a question that is always asked.
    """

    key: str
    position: int
    section: int
    weight: int
    share: int
    parent: int
    shown: frozenset[int]
    children: tuple[int, ...]
    choice_keys: tuple[str, ...]
    codes: dict[str, int]
    prior: tuple[int, ...]
    prior_total: int
    ratings: tuple[Row, ...]
    rows: tuple[Row, ...]
    sums: Row
    mean: Row
    vetoes: tuple[tuple[int, ...], ...]
    is_fact: bool

    def mass(self, choices: frozenset[int]) -> int:
        """The prior weight of some choices, out of `prior_total`."""
        return sum(self.prior[choice] for choice in choices)


@dataclass(frozen=True, eq=False)
class Model:
    """A compiled questionnaire. Nodes stand in the order asked, so parents before children.

    `heaviest[s]` is V of a section, `common` is L, `precision` is M.
    """

    questionnaire: Questionnaire
    alternatives: tuple[str, ...]
    sections: tuple[str, ...]
    default_weights: tuple[int, ...]
    heaviest: tuple[int, ...]
    common: int
    precision: int
    nodes: tuple[Node, ...]
    position: dict[str, int]
    rules: Rules


def compile_model(questionnaire: Questionnaire) -> Model:
    """The model of a questionnaire, built once for each questionnaire object."""
    return _compiled(_Same(questionnaire))


class _Same:
    """A questionnaire by which object it is: comparing all of its content would take longer."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.questionnaire is other.questionnaire

    def __hash__(self) -> int:
        return id(self.questionnaire)


@lru_cache(maxsize=32)
def _compiled(same: _Same) -> Model:
    questionnaire = same.questionnaire
    questions = tuple(questionnaire.questions.values())
    position = {question.key: index for index, question in enumerate(questions)}
    children = _children(questions, position)
    section_keys = tuple(section.key for section in questionnaire.sections)
    section_of = [section_keys.index(questionnaire.section_of[q.key].key) for q in questions]
    heaviest = _heaviest(questions, section_of, children, len(section_keys))
    common = lcm(*heaviest)
    precision = _precision(questions, position)
    rules = compile_rules(questionnaire, position)
    nodes = tuple(
        _node(
            question,
            index,
            section_of[index],
            common // heaviest[section_of[index]],
            precision,
            position,
            questions,
            children[index],
            tuple(alternative.key for alternative in questionnaire.alternatives),
            rules,
        )
        for index, question in enumerate(questions)
    )
    return Model(
        questionnaire=questionnaire,
        alternatives=tuple(alternative.key for alternative in questionnaire.alternatives),
        sections=section_keys,
        default_weights=tuple(section.weight for section in questionnaire.sections),
        heaviest=heaviest,
        common=common,
        precision=precision,
        nodes=nodes,
        position=position,
        rules=rules,
    )


def _node(
    question: Question,
    index: int,
    section: int,
    factor: int,
    precision: int,
    position: dict[str, int],
    questions: Sequence[Question],
    children: tuple[int, ...],
    alternatives: tuple[str, ...],
    rules: Rules,
) -> Node:
    choices = question.choices
    ratings = tuple(
        tuple(c.evidence[a].value if a in c.evidence else 0 for a in alternatives) for c in choices
    )
    share = question.weight * factor
    unit = share * precision
    prior = tuple(choice.prior for choice in choices)
    total = sum(prior)
    sums = tuple(sum(map(mul, prior, column)) for column in zip(*ratings, strict=True))
    parent, shown = _condition(question, position, questions)
    return Node(
        key=question.key,
        position=index,
        section=section,
        weight=question.weight,
        share=share,
        parent=parent,
        shown=shown,
        children=children,
        choice_keys=tuple(choice.key for choice in choices),
        codes={choice.key: code for code, choice in enumerate(choices)},
        prior=prior,
        prior_total=total,
        ratings=ratings,
        rows=tuple(tuple(unit * rating for rating in row) for row in ratings),
        sums=sums,
        mean=tuple(unit * x // total for x in sums),
        vetoes=tuple(
            _ruled_out(choice, alternatives, rules.barred.get((index, code), frozenset()))
            for code, choice in enumerate(choices)
        ),
        is_fact=question.kind == FACT,
    )


def _ruled_out(
    choice: Choice, alternatives: tuple[str, ...], barred: frozenset[int]
) -> tuple[int, ...]:
    """The alternatives that a choice rules out by itself."""
    evidence = choice.evidence
    return tuple(
        place
        for place, key in enumerate(alternatives)
        if place in barred or (key in evidence and evidence[key].veto)
    )


def _condition(
    question: Question, position: dict[str, int], questions: Sequence[Question]
) -> tuple[int, frozenset[int]]:
    condition = question.shown_when
    if condition is None:
        return -1, frozenset()
    parent = position[condition.question]
    keys = [choice.key for choice in questions[parent].choices]
    return parent, frozenset(keys.index(choice) for choice in condition.choices)


def _children(
    questions: Sequence[Question], position: dict[str, int]
) -> tuple[tuple[int, ...], ...]:
    children: list[list[int]] = [[] for _ in questions]
    for index, question in enumerate(questions):
        if question.shown_when is not None:
            children[position[question.shown_when.question]].append(index)
    return tuple(map(tuple, children))


def _precision(questions: Sequence[Question], position: dict[str, int]) -> int:
    """M: every product of prior totals along a chain of conditions divides it."""
    chains: list[int] = []
    for question in questions:
        total = sum(choice.prior for choice in question.choices)
        above = chains[position[question.shown_when.question]] if question.shown_when else 1
        chains.append(above * total)
    return lcm(*chains)


def _heaviest(
    questions: Sequence[Question],
    section_of: Sequence[int],
    children: Sequence[tuple[int, ...]],
    sections: int,
) -> tuple[int, ...]:
    """V of each section, found over the tree of conditions from the leaves up.

    A section without weight that can be visible gets 1, so that it divides nothing by zero.
    """
    nothing = (0,) * sections
    best: dict[int, Row] = {}
    for index in reversed(range(len(questions))):
        question = questions[index]
        below = [
            add_rows(nothing, *(best[c] for c in children[index] if _shows(choice, questions[c])))
            for choice in question.choices
        ]
        own = tuple(question.weight * (s == section_of[index]) for s in range(sections))
        best[index] = add_rows(own, tuple(map(max, nothing, *below)))
    roots = (best[index] for index in best if questions[index].shown_when is None)
    return tuple(total or 1 for total in add_rows(*roots))


def _shows(choice: Choice, question: Question) -> bool:
    return question.shown_when is not None and choice.key in question.shown_when.choices
