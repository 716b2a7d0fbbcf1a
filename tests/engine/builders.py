"""Small questionnaires for tests, written out by hand or drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

from hypothesis import strategies as st

from decider.engine.questionnaire.rules import (
    CandidateRule,
    Compliance,
    Layer,
    LayerValue,
    Requirement,
)
from decider.engine.questionnaire.schema import (
    KINDS,
    NOT_APPLICABLE,
    UNKNOWN,
    Alternative,
    Choice,
    Condition,
    Evidence,
    Question,
    Questionnaire,
    Section,
)

Rating = int | str | None | tuple[int, int, int]


def evidence(alternative: str, rating: Rating) -> Evidence | None:
    """2, "veto" (with -2), "veto+1" (with +1), (low, value, high), or None for missing."""
    if rating is None:
        return None
    veto = isinstance(rating, str)
    if isinstance(rating, str):
        rating = int(rating.removeprefix("veto") or -2)
    low, value, high = rating if isinstance(rating, tuple) else (rating, rating, rating)
    return Evidence(alternative, value, low, high, f"reason for {alternative}", veto, basis="test")


def choice(key: str, ratings: Mapping[str, Rating], prior: int = 1) -> Choice:
    entries = {a: evidence(a, rating) for a, rating in ratings.items()}
    return Choice(
        key, f"Label {key}", prior=prior, evidence={a: e for a, e in entries.items() if e}
    )


def question(
    key: str,
    choices: Sequence[Choice],
    weight: int = 1,
    shown_when: tuple[str, Sequence[str]] | None = None,
) -> Question:
    condition = Condition(shown_when[0], frozenset(shown_when[1])) if shown_when else None
    return Question(key, f"Text {key}?", "", "", tuple(choices), weight, condition)


def section(key: str, questions: Sequence[Question], weight: int = 50) -> Section:
    return Section(key, f"Title {key}", "", tuple(questions), weight)


def questionnaire(
    sections: Sequence[Section], alternatives: Sequence[str] = ("a", "b")
) -> Questionnaire:
    return Questionnaire(
        key="small",
        title="Small",
        summary="",
        language="en",
        anchors={},
        sources=(),
        quotations=(),
        alternatives=tuple(Alternative(key, f"Name {key}", "", "", (), ()) for key in alternatives),
        sections=tuple(sections),
    )


RATINGS = st.sampled_from([-2, -1, 0, 1, 2, 2, -2, None])
RATINGS_WITH_VETOES = st.sampled_from([-2, -1, 0, 1, 2, 1, -1, None, "veto", "veto+1"])


@st.composite
def questionnaires(
    draw: st.DrawFn,
    *,
    alternatives: int = 3,
    questions: int = 5,
    sections: int = 2,
    vetoes: bool = False,
    conditions: bool = True,
    ranges: bool = False,
) -> Questionnaire:
    """A questionnaire with up to this many of each, at least two alternatives."""
    keys = [f"alt-{i}" for i in range(draw(st.integers(2, alternatives)))]
    rating: st.SearchStrategy[Rating] = RATINGS_WITH_VETOES if vetoes else RATINGS
    if ranges:
        triple = st.tuples(*[st.integers(-2, 2)] * 3).map(lambda t: tuple(sorted(t)))
        rating = rating | triple  # type: ignore[assignment]
    asked: list[Question] = []
    for number in range(draw(st.integers(1, questions))):
        choices = [
            choice(
                f"c{index}",
                {key: draw(rating) for key in keys},
                prior=draw(st.sampled_from([1, 1, 2, 5])),
            )
            for index in range(draw(st.integers(2, 3)))
        ]
        shown_when = None
        if conditions and asked and draw(st.booleans()):
            parent = draw(st.sampled_from(asked))
            offered = [c.key for c in parent.choices]
            shown_when = (
                parent.key,
                draw(st.lists(st.sampled_from(offered), min_size=1, max_size=2, unique=True)),
            )
        asked.append(question(f"q{number}", choices, draw(st.integers(1, 4)), shown_when))
    count = min(len(asked), draw(st.integers(1, sections)))
    cuts = [len(asked) * index // count for index in range(count + 1)]
    return questionnaire(
        [
            section(f"s{i}", asked[cuts[i] : cuts[i + 1]], draw(st.integers(0, 100)))
            for i in range(count)
        ],
        keys,
    )


KEPT_IN = st.sampled_from(["met", "met", "on_condition", "not_met"])


@st.composite
def combinations_of(draw: st.DrawFn, asked: Questionnaire) -> dict[str, tuple[str, ...]]:
    """Answers that can be given together, to one to three questions."""
    path: dict[str, str] = {}
    for key, question in asked.questions.items():
        condition = question.shown_when
        if condition is None or path.get(condition.question) in condition.choices:
            path[key] = draw(st.sampled_from([c.key for c in question.choices]))
    named = draw(st.lists(st.sampled_from(list(path)), min_size=1, max_size=3, unique=True))
    found = {}
    for key in sorted(named, key=list(path).index):
        others = st.sampled_from([c.key for c in asked.questions[key].choices])
        found[key] = tuple({path[key]: 0} | dict.fromkeys(draw(st.lists(others, max_size=1)), 0))
    return found


@st.composite
def requirements_of(draw: st.DrawFn, asked: Questionnaire, key: str) -> Requirement:
    when = draw(st.lists(combinations_of(asked), min_size=1, max_size=3))
    compliance = {
        a: Compliance(a, draw(KEPT_IN), "reason", condition="condition")
        for a in asked.alternative_by_key
    }
    return Requirement(key, f"Title {key}", tuple(when), compliance)


@st.composite
def ruled(draw: st.DrawFn, asked: Questionnaire) -> Questionnaire:
    """The questionnaire with requirements, candidates, layers and kinds of questions."""
    count = draw(st.integers(0, 3))
    rules = [draw(requirements_of(asked, f"r{i}")) for i in range(count)]
    alternatives = []
    for place, alternative in enumerate(asked.alternatives):
        when = draw(st.lists(combinations_of(asked), max_size=2))
        rule = CandidateRule(tuple(when), f"{alternative.key} may", "otherwise") if when else None
        layers = {"half": "even" if place % 2 else "odd"}
        alternatives.append(replace(alternative, candidate=rule, layers=layers))
    kinds = {key: draw(st.sampled_from(KINDS)) for key in asked.questions}
    sections = tuple(
        replace(s, questions=tuple(replace(q, kind=kinds[q.key]) for q in s.questions))
        for s in asked.sections
    )
    halves = Layer("half", "Half", (LayerValue("even", "Even"), LayerValue("odd", "Odd")))
    return replace(
        asked,
        alternatives=tuple(alternatives),
        sections=sections,
        requirements=tuple(rules),
        layers=(halves,),
    )


@st.composite
def ruled_cases(
    draw: st.DrawFn, **options: object
) -> tuple[Questionnaire, dict[str, str], dict[str, int]]:
    """A questionnaire with rules, with answers and weights."""
    asked = draw(ruled(draw(questionnaires(**options))))  # type: ignore[arg-type]
    return asked, draw(answers_to(asked)), draw(weights_of(asked))


def answers_to(
    asked: Questionnaire, *, special: bool = True, complete: bool = False
) -> st.SearchStrategy[dict[str, str]]:
    """Answers to any of the questions, hidden ones too."""
    extra = [UNKNOWN, NOT_APPLICABLE] if special else []
    each = {
        key: st.sampled_from([c.key for c in q.choices] + extra)
        for key, q in asked.questions.items()
    }
    return st.fixed_dictionaries(each) if complete else st.fixed_dictionaries({}, optional=each)


def weights_of(asked: Questionnaire) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({s.key: st.integers(0, 100) for s in asked.sections})


@st.composite
def cases(
    draw: st.DrawFn, **options: object
) -> tuple[Questionnaire, dict[str, str], dict[str, int]]:
    """A questionnaire with answers and weights."""
    asked = draw(questionnaires(**options))  # type: ignore[arg-type]
    return asked, draw(answers_to(asked)), draw(weights_of(asked))


def with_rating(
    asked: Questionnaire, question_key: str, choice_key: str, entry: Evidence
) -> Questionnaire:
    """The same questionnaire with one entry of evidence replaced."""

    def swap_choice(c: Choice) -> Choice:
        if c.key != choice_key:
            return c
        return replace(c, evidence={**c.evidence, entry.alternative: entry})

    def swap(q: Question) -> Question:
        if q.key != question_key:
            return q
        return replace(q, choices=tuple(map(swap_choice, q.choices)))

    return replace(
        asked,
        sections=tuple(replace(s, questions=tuple(map(swap, s.questions))) for s in asked.sections),
    )


def synthetic(questions: int, alternatives: int, sections: int, choices: int = 4) -> Questionnaire:
    """A large questionnaire without chance in it, every fifth question conditional."""
    keys = [f"alt-{i}" for i in range(alternatives)]
    asked = []
    for q, _ in product(range(questions), range(1)):
        offered = [
            choice(
                f"c{c}",
                {
                    key: "veto"
                    if (q % 17, c, a) == (3, 3, 1)
                    else (q * 7 + c * 5 + a * 3) % 11 % 5 - 2
                    for a, key in enumerate(keys)
                },
            )
            for c in range(choices)
        ]
        shown_when = (f"q{q - 1}", ["c0", "c1"]) if q % 5 == 4 else None
        asked.append(question(f"q{q}", offered, 1 + q % 3, shown_when))
    cuts = [questions * index // sections for index in range(sections + 1)]
    return questionnaire(
        [
            section(f"s{i}", asked[cuts[i] : cuts[i + 1]], min(100, 40 + 5 * i))
            for i in range(sections)
        ],
        keys,
    )


def mixed_up(questionnaire: Questionnaire, random: Random) -> Questionnaire:
    """The same questionnaire with its alternatives and choices in another order."""

    def shuffled(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(random.sample(items, len(items)))

    def mixed(question: Question) -> Question:
        return replace(question, choices=shuffled(question.choices))

    sections = (
        replace(section, questions=tuple(map(mixed, section.questions)))
        for section in questionnaire.sections
    )
    return replace(
        questionnaire,
        alternatives=shuffled(questionnaire.alternatives),
        sections=tuple(sections),
    )
