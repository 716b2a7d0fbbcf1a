"""Which alternatives the rules of a questionnaire leave, now and if one answer were another.

Only the rules that an answer has to do with are looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from decider.engine.questionnaire.schema import Answers
from decider.engine.scoring.eligibility import TRUE, truth
from decider.engine.scoring.score import Outcome
from decider.engine.scoring.states import resolve

States = Sequence[int]


class Contenders:
    """By rules alone: vetoes of single answers are left aside, except in `if_known`."""

    def __init__(self, outcome: Outcome, answers: Answers) -> None:
        self.outcome = outcome
        self.answers = answers
        self.after = cache(self._after)
        self.if_known = cache(self._if_known)

    @cached_property
    def now(self) -> Sequence[int]:
        """The candidates that meet what is required."""
        found = self.outcome.eligibility
        return self._left(found.candidacy, found.raised)

    def _after(self, question: int, choice: int) -> Sequence[int]:
        """The same with another choice of a visible question."""
        if question not in self.touched:
            return self.now
        node = self.outcome.model.nodes[question]
        if node.children:
            other = {**self.answers, node.key: node.choice_keys[choice]}
            return self._with(question, resolve(self.outcome.model, other))
        states = list(self.outcome.states)
        states[question] = choice
        return self._with(question, states)

    def _if_known(self, question: int, choice: int) -> Sequence[int]:
        """The alternatives that would be ranked if an open question were answered with a choice.

        What it shows is open, and what it hides may be left as open as it was: neither can make a
        rule hold.
        """
        vetoed = self.outcome.model.nodes[question].vetoes[choice]
        if question not in self.touched:
            return [a for a in self.outcome.eligible if a not in vetoed]
        states = list(self.outcome.states)
        states[question] = choice
        out = {*vetoed, *(veto.alternative for veto in self.outcome.vetoes)}
        return [a for a in self._with(question, states) if a not in out]

    def _with(self, question: int, states: States) -> Sequence[int]:
        rules, found = self.outcome.model.rules, self.outcome.eligibility
        candidacy, raised = list(found.candidacy), list(found.raised)
        candidates, needs = self.touched[question]
        for place in candidates:
            candidacy[place] = truth(rules.candidates[place] or (), states)
        for place in needs:
            raised[place] = truth(rules.needs[place].clauses, states)
        return self._left(candidacy, raised)

    def _left(self, candidacy: Iterable[int], raised: Iterable[int]) -> Sequence[int]:
        out: set[int] = set()
        for need, value in zip(self.outcome.model.rules.needs, raised, strict=True):
            if value == TRUE:
                out |= need.not_met
        return [a for a, value in enumerate(candidacy) if value == TRUE and a not in out]

    @cached_property
    def touched(self) -> dict[int, tuple[set[int], set[int]]]:
        """By question, the candidates and the requirements that its answer has to do with.

        Their rules name it, or a question that it may show.
        """
        model = self.outcome.model
        found: dict[int, tuple[set[int], set[int]]] = {}
        for kind, rules in enumerate(
            (model.rules.candidates, [n.clauses for n in model.rules.needs])
        ):
            for place, clauses in enumerate(rules):
                for named in {question for clause in clauses or () for question, _ in clause}:
                    above = named
                    while above >= 0:
                        found.setdefault(above, (set(), set()))[kind].add(place)
                        above = model.nodes[above].parent
        return found
