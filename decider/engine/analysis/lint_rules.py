"""What is legal in the layers, candidates and requirements of a questionnaire, but poor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from decider.engine.questionnaire.rules import MET, Combination, Requirement
from decider.engine.questionnaire.schema import Choice, Evidence, Question, Questionnaire

DECISIVE = -2

NOTES = frozenset({"decisive-against-not-required"})
"""Codes of findings that may well be meant so."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A weakness, at its path in the file. The code names the kind, such as `unused-quotation`."""

    path: str
    code: str
    message: str

    @property
    def is_note(self) -> bool:
        """Whether it is only worth a look."""
        return self.code in NOTES


def requirement_findings(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Requirements that change nothing, and entries of theirs that nothing stands behind."""
    for place, requirement in enumerate(questionnaire.requirements):
        path = f"requirements[{place}]"
        if all(entry.status == MET for entry in requirement.compliance.values()):
            message = "every alternative meets it, so that it changes nothing"
            yield Finding(path, "requirement-without-effect", message)
        for key, entry in requirement.compliance.items():
            if not entry.quotations and not entry.basis:
                message = "has neither a quotation nor a stated basis"
                yield Finding(f"{path}.{entry.status}.{key}", "unfounded-evidence", message)


def layer_findings(
    questionnaire: Questionnaire, path: str, question: Question
) -> Iterator[Finding]:
    """Alternatives alike in the layer that is asked about, whose ratings but not reasons differ."""
    if not question.layer:
        return
    for place, choice in enumerate(question.choices):
        for one, other in combinations(questionnaire.alternatives, 2):
            alike = one.layers[question.layer] == other.layers[question.layer]
            if alike and _differ(choice, one.key, other.key):
                message = f'rates "{one.key}" and "{other.key}" differently, though they have the'
                message += f' same "{question.layer}", without a reason for each'
                yield Finding(f"{path}.choices[{place}]", "layer-differs", message)


def _differ(choice: Choice, one: str, other: str) -> bool:
    """Whether ratings differ without different reasons."""
    first, second = choice.evidence.get(one), choice.evidence.get(other)
    if first is None or second is None:
        return first is not second
    return first.reason == second.reason and _rating(first) != _rating(second)


def _rating(evidence: Evidence) -> tuple[int, int, int, bool]:
    return evidence.value, evidence.low, evidence.high, evidence.veto


def decisive_findings(
    questionnaire: Questionnaire, path: str, question: Question
) -> Iterator[Finding]:
    """Choices that speak decisively against an alternative which nothing rules out then.

    None where a questionnaire states no requirements at all.
    """
    if not questionnaire.requirements:
        return
    for place, choice in enumerate(question.choices):
        for evidence in choice.evidence.values():
            decisive = evidence.value == DECISIVE and not evidence.veto
            if decisive and not _covered(questionnaire, question.key, choice.key, evidence):
                message = "speaks decisively against it, and no requirement says so:"
                message += " it could still come first"
                where = f"{path}.choices[{place}].evidence.{evidence.alternative}"
                yield Finding(where, "decisive-against-not-required", message)


def _covered(questionnaire: Questionnaire, question: str, choice: str, evidence: Evidence) -> bool:
    """Whether a requirement that this choice can raise, or the rule of a candidate, says it."""
    rule = questionnaire.alternative_by_key[evidence.alternative].candidate
    if rule and all(choice not in when.get(question, (choice,)) for when in rule.when):
        return True
    return any(
        _raises(requirement, question, choice)
        and requirement.compliance[evidence.alternative].status != MET
        for requirement in questionnaire.requirements
    )


def _raises(requirement: Requirement, question: str, choice: str) -> bool:
    return any(choice in when.get(question, ()) for when in requirement.when)


def combinations_of(questionnaire: Questionnaire) -> Iterator[Combination]:
    """Every combination of answers that a candidate or a requirement depends on."""
    for alternative in questionnaire.alternatives:
        if alternative.candidate:
            yield from alternative.candidate.when
    for requirement in questionnaire.requirements:
        yield from requirement.when
