"""What a questionnaire is: frozen values, no behaviour beyond look-ups.

Everything that the wizard asks, the method scores and a report prints is in one
`Questionnaire`. Keys are lower-case words joined by hyphens, unique among their kind (question
keys over the whole questionnaire, choice keys within their question) and stable for ever: saved
answers refer to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from decider.engine.questionnaire.rules import CandidateRule, Combination, Layer, Requirement

UNKNOWN = "unknown"
"""The answer "I don't know": the score is the mean over the question's choices."""

NOT_APPLICABLE = "n/a"
"""The answer "Does not apply": the question contributes nothing."""

UNKNOWN_LABEL = "I don’t know"
NOT_APPLICABLE_LABEL = "Does not apply"

Answers = Mapping[str, str]
"""Question key to choice key, `UNKNOWN` or `NOT_APPLICABLE`; a missing key is unanswered."""

Weights = Mapping[str, int]
"""Section key to swing weight, 0..100; a missing key means the section's own weight."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article that evidence is drawn from."""

    key: str
    title: str
    author: str
    publisher: str = ""
    date: str = ""
    url: str = ""

    @property
    def year(self) -> str:
        """The year of the date, or nothing."""
        return self.date[:4]

    @property
    def citation(self) -> str:
        """Author, title, publisher, year: what is known of them."""
        parts = (self.author, self.title, self.publisher, self.year)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Quotation:
    """An exact passage of a source, under 30 words, and the decision factor that it speaks to.

    `speaker` is whom the source quotes there; empty where its author says it.
    """

    key: str
    source: str
    text: str
    factor: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Technology:
    """A real product for an alternative. Maturity: "mature", "growing" or "research"."""

    name: str
    maturity: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Road:
    """The way from now to later, for an alternative that is reached in stages."""

    now: tuple[str, ...]
    later: tuple[str, ...]
    exit_conditions: tuple[str, ...]


FACT, ESTIMATE, DECISION = "fact", "estimate", "decision"
KINDS = (FACT, ESTIMATE, DECISION)
"""What an answer is: given, open to doubt, or free to be chosen otherwise."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A place to run the application: what the questionnaire ranks.

    `layers` names its value of every layer of the questionnaire. Without `candidate` it is always
    an alternative.
    """

    key: str
    name: str
    summary: str
    fits: str
    watch: tuple[str, ...]
    first_steps: tuple[str, ...]
    technologies: tuple[Technology, ...] = ()
    road: Road | None = None
    layers: Mapping[str, str] = field(default_factory=dict)
    candidate: CandidateRule | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one choice says about one alternative.

    `value` is -2..+2 on the anchored scale of the questionnaire, with `low <= value <= high` where
    sources disagree (equal to `value` where they don't). `veto` rules the alternative out whatever
    the rest says; its value still counts in the points shown for a ruled-out alternative.
    `basis` says where a judgement without a quotation comes from.
    """

    alternative: str
    value: int
    low: int
    high: int
    reason: str
    veto: bool = False
    quotations: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer on offer. `prior` is its relative chance while the answer is unknown, 1..100."""

    key: str
    label: str
    help: str = ""
    prior: int = 1
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is visible only where an earlier one is answered with one of these choices."""

    question: str
    choices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked. `weight` is its share within its section, 1..9.

    `kind` is one of `KINDS`. `layer` names the layer that the question speaks of, or none.
    """

    key: str
    text: str
    help: str
    example: str
    choices: tuple[Choice, ...]
    weight: int = 1
    shown_when: Condition | None = None
    factors: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    kind: str = ESTIMATE
    layer: str = ""

    def choice(self, key: str) -> Choice:
        """The choice with this key; raises KeyError."""
        for choice in self.choices:
            if choice.key == key:
                return choice
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Section:
    """A criterion of the decision. `weight` is its default swing weight, 0..100.

    `worst` and `best` describe the two ends of the swing that the weight values.
    """

    key: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    weight: int = 50
    worst: str = ""
    best: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement, and the answers that each put a case on it.

    `when` maps a question key to the choice keys that speak for this side.
    """

    claim: str
    quotations: tuple[str, ...]
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A point on which the sources contradict each other, and how the questionnaire settles it."""

    key: str
    topic: str
    a: Side
    b: Side
    resolution: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers of one person that can hardly be true together."""

    key: str
    when: Combination
    message: str


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire. `anchors` words the evidence scale, from -2 to +2.

    `weight_origin` says where the weights of the sections come from.
    """

    key: str
    title: str
    summary: str
    language: str
    anchors: Mapping[int, str]
    sources: tuple[Source, ...]
    quotations: tuple[Quotation, ...]
    alternatives: tuple[Alternative, ...]
    sections: tuple[Section, ...]
    disagreements: tuple[Disagreement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    weight_origin: str = ""
    layers: tuple[Layer, ...] = ()
    requirements: tuple[Requirement, ...] = ()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by key, in the order asked."""
        return {q.key: q for section in self.sections for q in section.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each question, by question key."""
        return {q.key: section for section in self.sections for q in section.questions}

    @cached_property
    def alternative_by_key(self) -> dict[str, Alternative]:
        """Every alternative by key."""
        return {alternative.key: alternative for alternative in self.alternatives}

    @cached_property
    def quotation_by_key(self) -> dict[str, Quotation]:
        """Every quotation by key."""
        return {quotation.key: quotation for quotation in self.quotations}

    @cached_property
    def source_by_key(self) -> dict[str, Source]:
        """Every source by key."""
        return {source.key: source for source in self.sources}

    @cached_property
    def disagreements_of(self) -> dict[str, tuple[Disagreement, ...]]:
        """The disagreements that the answer to a question takes a side in, by question key."""
        return {
            key: tuple(d for d in self.disagreements if key in d.a.when or key in d.b.when)
            for key in self.questions
        }
