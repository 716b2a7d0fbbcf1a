"""A round of independent answers as people see it: who said what and why, and what it matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import UnsetType

from decider.engine.questionnaire.schema import Alternative, Question, Questionnaire
from decider.engine.report.document import Document
from decider.engine.report.round import Round, SplitQuestion
from decider.presentation.answers import answer_label


@dataclass(frozen=True, slots=True)
class Saying:
    """What one of those asked said, and why."""

    name: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What would lead if all who were asked gave this answer."""

    label: str
    leaders: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class SettledWith:
    """The answer that a question was settled with, and why."""

    label: str
    note: str


@dataclass(frozen=True, slots=True)
class RoundQuestion:
    """A question with what each said.

    `agreed` is the answer of all, empty where they differ or some were not asked. `consequences`
    are those of each choice given, where they differ; `matters` says whether the winner does.
    """

    key: str
    question: str
    section: str
    sayings: tuple[Saying, ...]
    agreed: str
    agreement: str
    matters: bool
    value: float
    consequences: tuple[Consequence, ...]
    settled: SettledWith | None


@dataclass(frozen=True, slots=True)
class Person:
    """One of those asked, with what comes first by their answers alone."""

    name: str
    first: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """An alternative with the mean of its points, and those with whose answers it is not ranked."""

    alternative: Alternative
    points: float
    rank: int
    contested_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PresentedRound:
    """A round; `differing` has the questions not all agree on, those that matter most first."""

    people: tuple[Person, ...]
    unfinished: tuple[str, ...]
    ranking: tuple[Mean, ...]
    differing: tuple[RoundQuestion, ...]
    agreed: tuple[RoundQuestion, ...]

    @property
    def gist(self) -> str:
        """How many answered, and on how many questions they differ."""
        if self.only:
            return "1 person"
        return f"{len(self.people)} people, {len(self.differing)} of {self.asked} questions differ"

    @property
    def only(self) -> Person | None:
        """Whoever answered alone, with nobody to differ from."""
        return self.people[0] if len(self.people) == 1 else None

    @property
    def asked(self) -> int:
        """The number of questions that somebody answered."""
        return len(self.differing) + len(self.agreed)

    @property
    def deciding(self) -> int:
        """The number of questions that could change what comes first."""
        return sum(row.matters for row in self.differing)


def _agreement(given: Counter[str], people: int) -> str:
    """How many of these people agree, by how often each answer was given."""
    largest, answered = max(given.values()), given.total()
    if answered == 1:
        return f"1 of {people} answered"
    return f"{largest} of {people} say the same" if largest > 1 else "no two say the same"


def agreed_answers(found: Round) -> dict[str, str]:
    """The answers that all participants gave, by question."""
    first, *others = (person.answers for person in found.participants)
    return {k: v for k, v in first.items() if all(other.get(k) == v for other in others)}


def round_in(document: Document) -> PresentedRound | None:
    """The round that a report keeps, if it keeps one."""
    if isinstance(document.round, UnsetType):
        return None
    return present_round(document.questionnaire.content, document.round)


def present_round(questionnaire: Questionnaire, found: Round) -> PresentedRound:
    """The view of a round."""
    return _Joined(questionnaire, found).view()


class _Joined:
    def __init__(self, questionnaire: Questionnaire, found: Round) -> None:
        self.questionnaire = questionnaire
        self.found = found
        self.alternatives = questionnaire.alternative_by_key
        self.splits = {split.question: split for split in found.splits}
        self.agreed = agreed_answers(found)

    def view(self) -> PresentedRound:
        found = self.found
        contested = {row.alternative: row.by for row in found.contested}
        asked = self.questionnaire.questions.values()
        questions = [row for question in asked if (row := self._question(question))]
        differing = [row for row in questions if not row.agreed]
        return PresentedRound(
            people=tuple(Person(p.name, self._named(p.leaders)) for p in found.participants),
            unfinished=found.unfinished,
            ranking=tuple(
                Mean(
                    self.alternatives[row.alternative],
                    row.points,
                    row.rank,
                    contested.get(row.alternative, ()),
                )
                for row in found.ranking
            ),
            differing=tuple(sorted(differing, key=self._disagreement)),
            agreed=tuple(row for row in questions if row.agreed),
        )

    def _named(self, keys: Iterable[str]) -> tuple[Alternative, ...]:
        return tuple(self.alternatives[key] for key in keys)

    def _question(self, question: Question) -> RoundQuestion | None:
        """The question, unless nobody answered it."""
        key, people = question.key, self.found.participants
        given = Counter(p.answers[key] for p in people if key in p.answers)
        if not given:
            return None
        split, settled = self.splits.get(key), self.found.settled.get(key)
        return RoundQuestion(
            key=key,
            question=question.text,
            section=self.questionnaire.section_of[key].title,
            sayings=tuple(
                Saying(
                    p.name,
                    answer_label(question, p.answers[key]) if key in p.answers else "No answer",
                    p.notes.get(key, ""),
                )
                for p in people
            ),
            agreed=answer_label(question, self.agreed[key]) if key in self.agreed else "",
            agreement=_agreement(given, len(people)),
            matters=split is not None and split.matters,
            value=split.value if split else 0,
            consequences=self._consequences(question, split),
            settled=SettledWith(answer_label(question, settled.answer), settled.note)
            if settled
            else None,
        )

    def _consequences(
        self, question: Question, split: SplitQuestion | None
    ) -> tuple[Consequence, ...]:
        return tuple(
            Consequence(answer_label(question, choice), self._named(leaders))
            for choice, leaders in (split.leaders.items() if split else ())
        )

    def _disagreement(self, row: RoundQuestion) -> tuple[bool, float, float]:
        """The order of reading: what can change the winner, then what is worth most to settle,
        then what fewest agree on."""
        largest = max(Counter(saying.label for saying in row.sayings).values())
        return not row.matters, -row.value, largest / len(row.sayings)
