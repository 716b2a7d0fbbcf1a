"""What is legal in a questionnaire, but poor."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from decider.engine.analysis.lint_rules import (
    Finding,
    combinations_of,
    decisive_findings,
    layer_findings,
    requirement_findings,
)
from decider.engine.analysis.reach import Worth, always_behind, extremes, lead, winning_answers
from decider.engine.questionnaire.schema import Choice, Evidence, Question, Questionnaire, Side
from decider.engine.scoring.model import Model, Node, compile_model

STRONG = 2
ENOUGH_FOR = 3
ENOUGH_AGAINST = 2


def lint(questionnaire: Questionnaire) -> list[Finding]:
    """Every weakness found. What each code means is said in docs/questionnaire-format.md."""
    linter = _Linter(questionnaire)
    return [
        *linter.sources(),
        *linter.alternatives(),
        *requirement_findings(questionnaire),
        *linter.sections(),
        *linter.questions(),
        *linter.disagreements(),
    ]


class _Linter:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.model: Model = compile_model(questionnaire)
        self.paths = {
            question.key: f"sections[{s}].questions[{q}]"
            for s, section in enumerate(questionnaire.sections)
            for q, question in enumerate(section.questions)
        }
        self.required = _required(questionnaire)

    def sources(self) -> Iterator[Finding]:
        used = set(_quotations_used(self.questionnaire))
        for place, quotation in enumerate(self.questionnaire.quotations):
            if quotation.key not in used:
                yield Finding(f"quotations[{place}]", "unused-quotation", "nothing refers to it")
        quoted = {quotation.source for quotation in self.questionnaire.quotations}
        for place, source in enumerate(self.questionnaire.sources):
            if source.key not in quoted:
                yield Finding(f"sources[{place}]", "unused-source", "nothing is quoted from it")

    def alternatives(self) -> Iterator[Finding]:
        for place, alternative in enumerate(self.questionnaire.alternatives):
            path = f"alternatives[{place}]"
            yield from self._chances(path, place)
            yield from self._support(path, alternative.key)

    def _chances(self, path: str, a: int) -> Iterator[Finding]:
        if winning_answers(self.model, a):
            return
        rival = always_behind(self.model, a)
        if rival is not None:
            name = self.model.alternatives[rival]
            message = f'it never gets ahead of "{name}", whatever is answered'
            yield Finding(path, "never-wins", f"{message}, at the sections' own weights")
        else:
            message = "a search found no answers with which it comes first alone"
            yield Finding(path, "no-win-found", f"{message}, at the sections' own weights")

    def _support(self, path: str, alternative: str) -> Iterator[Finding]:
        speaking = [list(_about(q, alternative)) for q in self.questionnaire.questions.values()]
        strongly_for = sum(any(e.value >= STRONG for e in found) for found in speaking)
        against = sum(any(e.value <= -STRONG or e.veto for e in found) for found in speaking)
        if strongly_for < ENOUGH_FOR:
            message = f"questions that can speak strongly for it: {strongly_for}, at least"
            yield Finding(path, "little-for", f"{message} {ENOUGH_FOR}")
        if against < ENOUGH_AGAINST:
            message = f"questions that can speak strongly against it: {against}, at least"
            yield Finding(path, "little-against", f"{message} {ENOUGH_AGAINST}")

    def sections(self) -> Iterator[Finding]:
        """Sections whose direction no answer changes; answers elsewhere can hide questions."""
        for section in range(len(self.model.sections)):
            path = f"sections[{section}]"
            for a, name in enumerate(self.model.alternatives):
                least, most = extremes(self.model, _within(section, _rating(a)))
                for direction, one_way in (("for", least > 0), ("against", most < 0)):
                    if one_way:
                        message = f'speaks {direction} "{name}" whatever is answered'
                        yield Finding(path, "one-way-section", message)
                if self._always_ahead(section, a):
                    message = f'puts "{name}" ahead of all others whatever is answered'
                    yield Finding(path, "one-way-section", message)

    def _always_ahead(self, section: int, a: int) -> bool:
        rivals = (b for b in range(len(self.model.alternatives)) if b != a)
        worths = (_within(section, lead(self.model, a, b)) for b in rivals)
        return all(extremes(self.model, worth)[0] > 0 for worth in worths)

    def questions(self) -> Iterator[Finding]:
        for key, question in self.questionnaire.questions.items():
            path = self.paths[key]
            yield from self._reachable(path, key)
            if not question.factors:
                yield Finding(path, "no-factor", "names no decision factor")
            yield from self._alike(path, question)
            yield from layer_findings(self.questionnaire, path, question)
            yield from decisive_findings(self.questionnaire, path, question)
            for place, choice in enumerate(question.choices):
                yield from _unfounded(f"{path}.choices[{place}]", choice)

    def _reachable(self, path: str, key: str) -> Iterator[Finding]:
        required = self.required[key]
        for conflict in self.questionnaire.conflicts:
            when = conflict.when
            if all(above in required and required[above] <= set(when[above]) for above in when):
                message = f'is asked only after answers that the conflict "{conflict.key}" rejects'
                yield Finding(path, "unreachable-question", message)

    def _alike(self, path: str, question: Question) -> Iterator[Finding]:
        seen: dict[object, str] = {}
        for place, choice in enumerate(question.choices):
            effect = self._effect(question, choice)
            if effect in seen:
                message = f'has the same effect as "{seen[effect]}"'
                yield Finding(f"{path}.choices[{place}]", "choices-alike", message)
            seen.setdefault(effect, choice.key)

    def _effect(self, question: Question, choice: Choice) -> tuple[object, ...]:
        """Everything that a choice does, to compare it with the others of its question."""
        ratings = sorted(
            (e.alternative, e.value, e.low, e.high, e.veto) for e in choice.evidence.values()
        )
        conditions = (other.shown_when for other in self.questionnaire.questions.values())
        whens: list[Mapping[str, Collection[str]]] = [
            *({c.question: c.choices} for c in conditions if c),
            *(side.when for d in self.questionnaire.disagreements for side in (d.a, d.b)),
            *(conflict.when for conflict in self.questionnaire.conflicts),
            *combinations_of(self.questionnaire),
        ]
        named = tuple(choice.key in when.get(question.key, ()) for when in whens)
        return tuple(ratings), named

    def disagreements(self) -> Iterator[Finding]:
        for place, disagreement in enumerate(self.questionnaire.disagreements):
            sides = {"a": disagreement.a, "b": disagreement.b}
            for name, other in (("a", "b"), ("b", "a")):
                if not self._alone(sides[name], sides[other]):
                    message = f'no answer puts a case on this side without side "{other}"'
                    path = f"disagreements[{place}].{name}"
                    yield Finding(path, "one-sided-disagreement", message)

    def _alone(self, side: Side, other: Side) -> bool:
        """Whether some answer counts for one side, and neither it nor its path for the other."""
        return any(
            choice not in other.when.get(key, ())
            and not any(
                choices_above <= set(other.when.get(above, ()))
                for above, choices_above in self.required[key].items()
            )
            for key, choices in side.when.items()
            for choice in choices
        )


def _required(questionnaire: Questionnaire) -> dict[str, dict[str, frozenset[str]]]:
    """For each question those above it with the choices that lead to it."""
    required: dict[str, dict[str, frozenset[str]]] = {}
    for key, question in questionnaire.questions.items():
        condition = question.shown_when
        above = {condition.question: condition.choices} if condition else {}
        required[key] = {**(required[condition.question] if condition else {}), **above}
    return required


def _quotations_used(questionnaire: Questionnaire) -> Iterator[str]:
    for question in questionnaire.questions.values():
        yield from question.quotations
        for choice in question.choices:
            for evidence in choice.evidence.values():
                yield from evidence.quotations
    for requirement in questionnaire.requirements:
        for entry in requirement.compliance.values():
            yield from entry.quotations
    for disagreement in questionnaire.disagreements:
        yield from disagreement.a.quotations
        yield from disagreement.b.quotations


def _about(question: Question, alternative: str) -> Iterator[Evidence]:
    for choice in question.choices:
        if alternative in choice.evidence:
            yield choice.evidence[alternative]


def _unfounded(path: str, choice: Choice) -> Iterator[Finding]:
    if not choice.evidence:
        yield Finding(path, "choice-without-evidence", "says nothing about any alternative")
    for alternative, evidence in choice.evidence.items():
        if not evidence.quotations and not evidence.basis:
            message = "has neither a quotation nor a stated basis"
            yield Finding(f"{path}.evidence.{alternative}", "unfounded-evidence", message)


def _rating(a: int) -> Worth:
    return lambda node, choice: node.rows[choice][a]


def _within(section: int, worth: Worth) -> Worth:
    def limited(node: Node, choice: int) -> float:
        return worth(node, choice) if node.section == section else 0

    return limited
