"""The method once more, naively: full enumeration in fractions, to check the engine against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from decider.engine.questionnaire.schema import NOT_APPLICABLE, UNKNOWN, Questionnaire


def visible(asked: Questionnaire, answers: Mapping[str, str]) -> list[str]:
    shown: list[str] = []
    for key, question in asked.questions.items():
        condition = question.shown_when
        if condition is None or (
            condition.question in shown and answers.get(condition.question) in condition.choices
        ):
            shown.append(key)
    return shown


def counted(asked: Questionnaire, answers: Mapping[str, str]) -> dict[str, str]:
    return {key: answers[key] for key in visible(asked, answers) if key in answers}


def completions(
    asked: Questionnaire,
    answers: Mapping[str, str],
    *,
    skipping: bool = False,
    staying: bool = False,
    final_unknown: bool = False,
) -> Iterator[tuple[Fraction, dict[str, str]]]:
    """Every way to answer what is open, with its chance under the prior.

    `skipping` adds "does not apply" (chance 0), `staying` leaving it open (chance 0, answer
    "unknown"); `final_unknown` keeps "I don't know" as it is.
    """
    answers = counted(asked, answers)
    for key in visible(asked, answers):
        given = answers.get(key)
        if given not in (None, UNKNOWN) or (given == UNKNOWN and final_unknown):
            continue
        choices = asked.questions[key].choices
        total = sum(c.prior for c in choices)
        options = [(Fraction(c.prior, total), c.key) for c in choices]
        if skipping:
            options.append((Fraction(0), NOT_APPLICABLE))
        for chance, option in options:
            rest = completions(
                asked,
                {**answers, key: option},
                skipping=skipping,
                staying=staying,
                final_unknown=final_unknown,
            )
            for further, done in rest:
                yield chance * further, done
        if staying:
            yield from (
                (Fraction(0), {**done, key: UNKNOWN})
                for _, done in completions(
                    asked,
                    {**answers, key: NOT_APPLICABLE},
                    skipping=skipping,
                    staying=staying,
                    final_unknown=final_unknown,
                )
            )
        return
    yield Fraction(1), answers


def heaviest(asked: Questionnaire) -> dict[str, int]:
    """V of each section by trying every set of answers."""
    best = {section.key: 0 for section in asked.sections}
    for _, answers in completions(asked, {}, skipping=True):
        for section in asked.sections:
            shown = visible(asked, answers)
            weight = sum(q.weight for q in section.questions if q.key in shown)
            best[section.key] = max(best[section.key], weight)
    return best


@dataclass(frozen=True)
class Result:
    points: dict[str, Fraction]
    vetoed: set[str]

    @property
    def leaders(self) -> set[str]:
        eligible = {a: p for a, p in self.points.items() if a not in self.vetoed}
        return {a for a, p in eligible.items() if p == max(eligible.values())}


def decided(asked: Questionnaire, answers: Mapping[str, str], weights: Mapping[str, int]) -> Result:
    """The score where every visible question is answered with a choice or does not apply."""
    budgets = heaviest(asked)
    weight = {s.key: weights.get(s.key, s.weight) for s in asked.sections}
    points, vetoed = {}, set()
    for alternative in asked.alternative_by_key:
        value = Fraction(0)
        for key, answer in counted(asked, answers).items():
            if answer == NOT_APPLICABLE:
                continue
            entry = asked.questions[key].choice(answer).evidence.get(alternative)
            if entry is None:
                continue
            section = asked.section_of[key].key
            part = Fraction(asked.questions[key].weight, budgets[section])
            value += weight[section] * part * entry.value
            if entry.veto:
                vetoed.add(alternative)
        total = sum(weight.values())
        points[alternative] = 50 + 50 * value / (2 * total) if total else Fraction(50)
    return Result(points, vetoed | ruled_out(asked, counted(asked, answers)))


def holds(when: Iterable[Mapping[str, tuple[str, ...]]], given: Mapping[str, str]) -> bool:
    return any(all(given.get(key) in choices for key, choices in row.items()) for row in when)


def ruled_out(asked: Questionnaire, given: Mapping[str, str]) -> set[str]:
    """The alternatives that rules take out, where what is not a choice contradicts all of them."""
    out = {
        key
        for requirement in asked.requirements
        if holds(requirement.when, given)
        for key, entry in requirement.compliance.items()
        if entry.status == "not_met"
    }
    for alternative in asked.alternatives:
        if alternative.candidate and not holds(alternative.candidate.when, given):
            out.add(alternative.key)
    return out


def score(asked: Questionnaire, answers: Mapping[str, str], weights: Mapping[str, int]) -> Result:
    """The score with open answers: the mean over every completion; vetoes of given answers."""
    points = dict.fromkeys(asked.alternative_by_key, Fraction(0))
    for chance, done in completions(asked, answers):
        for alternative, value in decided(asked, done, weights).points.items():
            points[alternative] += chance * value
    vetoed = ruled_out(asked, counted(asked, answers)) | {
        a
        for key, answer in counted(asked, answers).items()
        if answer not in (UNKNOWN, NOT_APPLICABLE)
        for a, entry in asked.questions[key].choice(answer).evidence.items()
        if entry.veto
    }
    return Result(points, vetoed)
