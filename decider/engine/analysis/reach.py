"""How far scores can go over all complete answers, and answers with which an alternative wins.

Complete answers give every visible question one of its choices. Section weights are the
questionnaire's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf

from decider.engine.scoring.clauses import Clause
from decider.engine.scoring.model import Model, Node
from decider.engine.scoring.score import evaluate

Worth = Callable[[Node, int], float]
"""What a choice, by its position, of a question is worth."""

Answers = dict[str, str]

MAX_ROUNDS = 10
"""Rounds over all questions that a search makes from one start."""


def extremes(model: Model, worth: Worth) -> tuple[float, float]:
    """The least and the greatest sum of worths over all complete answers, exactly.

    Conditions form a tree, so one pass from the leaves up is enough.
    """
    least: dict[int, float] = {}
    most: dict[int, float] = {}
    for node in reversed(model.nodes):
        sums = [_with_children(model, node, c, worth, (least, most)) for c in _choices(node)]
        least[node.position] = min(low for low, _ in sums)
        most[node.position] = max(high for _, high in sums)
    roots = [node.position for node in model.nodes if node.parent < 0]
    return sum(least[root] for root in roots), sum(most[root] for root in roots)


def _choices(node: Node) -> range:
    return range(len(node.choice_keys))


def _with_children(
    model: Model,
    node: Node,
    choice: int,
    worth: Worth,
    found: tuple[dict[int, float], dict[int, float]],
) -> tuple[float, float]:
    shown = [child for child in node.children if choice in model.nodes[child].shown]
    least, most = ([table[child] for child in shown] for table in found)
    own = worth(node, choice)
    return own + sum(least), own + sum(most)


def lead(model: Model, a: int, b: int) -> Worth:
    """What a choice adds to the lead of alternative a over b."""

    def worth(node: Node, choice: int) -> float:
        row = node.rows[choice]
        return model.default_weights[node.section] * (row[a] - row[b])

    return worth


def always_behind(model: Model, a: int) -> int | None:
    """An alternative that a never gets ahead of, or None.

    Answers that rule a out are left aside; a rival that can be ruled out, or is no candidate with
    some answers, doesn't count.
    """
    rules = model.rules
    for b in range(len(model.alternatives)):
        if rules.candidates[b] or any(b in need.not_met for need in rules.needs):
            continue
        if a != b and extremes(model, _race(model, a, b))[1] <= 0:
            return b
    return None


def _race(model: Model, a: int, b: int) -> Worth:
    gain = lead(model, a, b)

    def worth(node: Node, choice: int) -> float:
        vetoed = node.vetoes[choice]
        if a in vetoed:
            return -inf
        # Finite, so that no sum meets both infinities.
        return model.common * 10**9 if b in vetoed else gain(node, choice)

    return worth


def winning_answers(model: Model, a: int) -> Answers | None:
    """Complete answers with which an alternative comes first alone; None where none were found.

    A search from several starts that changes one answer at a time: what it finds is certain, that
    it finds nothing is not.
    """
    for start in _starts(model, a):
        answers = _climb(model, a, start)
        if _margin(model, a, answers) > 0:
            return answers
    return None


def _starts(model: Model, a: int) -> Iterator[Answers]:
    """The best choice of each question against all rivals together, then against each one.

    With the answers that make it a candidate, in each way that there is.
    """
    rivals = [b for b in range(len(model.alternatives)) if b != a]
    for against in [rivals, *([b] for b in rivals)]:
        best = {node.key: _best_choice(node, a, against) for node in model.nodes}
        for clause in model.rules.candidates[a] or [()]:
            yield {**best, **_answers_to(model, clause)}


def _answers_to(model: Model, clause: Clause) -> Answers:
    """Answers with which a combination holds, and those above them that show its questions."""
    answers: Answers = {}
    for place, choices in clause:
        node, allowed = model.nodes[place], choices
        while node.key not in answers:
            answers[node.key] = node.choice_keys[min(allowed)]
            if node.parent < 0:
                break
            node, allowed = model.nodes[node.parent], node.shown
    return answers


def _best_choice(node: Node, a: int, against: list[int]) -> str:
    def worth(choice: int) -> float:
        row, vetoed = node.ratings[choice], node.vetoes[choice]
        rivals = [row[b] for b in against if b not in vetoed]
        return -inf if a in vetoed else row[a] - max(rivals, default=-2)

    return node.choice_keys[max(_choices(node), key=worth)]


def _climb(model: Model, a: int, answers: Answers) -> Answers:
    """Change one answer at a time, while that gives a larger margin and until it is enough."""
    best = _margin(model, a, answers)
    for _ in range(MAX_ROUNDS):
        before = best
        for node in model.nodes:
            for choice in node.choice_keys:
                tried = {**answers, node.key: choice}
                if (margin := _margin(model, a, tried)) > best:
                    best, answers = margin, tried
        if best > 0 or best == before:
            break
    return answers


def _margin(model: Model, a: int, answers: Answers) -> float:
    """By how much a leads the best of the others; negative infinity where it is ruled out."""
    outcome = evaluate(model, answers, {})
    if a not in outcome.eligible:
        return -inf
    others = [outcome.totals[b] for b in outcome.eligible if b != a]
    return outcome.totals[a] - max(others, default=-outcome.unit - 1)
