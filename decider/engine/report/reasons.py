"""What speaks for and against each alternative, and why one is ahead of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated

from msgspec import Meta, field

from decider.engine.analysis import reasons as analysis
from decider.engine.questionnaire.schema import NOT_APPLICABLE, UNKNOWN
from decider.engine.report.fields import Answer, Change, Key, Keys, Part
from decider.engine.report.points import Contributions, SectionPoints, Tenths, by_section
from decider.engine.scoring.score import Outcome
from decider.engine.scoring.states import DONT_KNOW, SKIPPED


class Reason(Part, frozen=True):
    """What a question adds or takes, and the answer behind it; null: not answered."""

    question: Key
    points: Change
    choice: Answer | None


class Reasons(Part, frozen=True):
    """The parts that add points to an alternative and those that take some, heaviest first."""

    speak_for: tuple[Reason, ...] = field(name="for")
    against: tuple[Reason, ...]


class Difference(Part, frozen=True):
    """Why the first leader is ahead of another alternative."""

    ahead: Key
    behind: Key
    points: Change
    low: Annotated[Change, Meta(description="The least lead that open answers leave possible.")]
    high: Annotated[Change, Meta(description="The greatest lead that open answers leave possible.")]
    sections: tuple[SectionPoints, ...]
    decisive: Annotated[
        Keys | None,
        Meta(
            description='The fewest questions that outweigh all of "counter": none where nothing'
            " speaks against the lead, null where there is no lead."
        ),
    ]
    counter: Annotated[Keys, Meta(description="The questions that speak against the lead.")]


def answer_of(outcome: Outcome, question: int, state: int) -> str | None:
    """A state of a question as a choice, "unknown", "n/a", or None."""
    if state >= 0:
        return outcome.model.nodes[question].choice_keys[state]
    return {DONT_KNOW: UNKNOWN, SKIPPED: NOT_APPLICABLE}.get(state)


def shown_answers(outcome: Outcome) -> dict[str, str | None]:
    """The answer of each visible question."""
    return {
        node.key: answer_of(outcome, node.position, outcome.states[node.position])
        for node in outcome.visible
    }


def reasons_of(contributions: Contributions, answers: Mapping[str, str | None]) -> Reasons:
    """The questions that add points to an alternative and those that take some, heaviest first."""
    parts = [part for section in contributions.sections for part in section.questions]
    parts.sort(key=lambda part: -abs(part.points))
    rows = [
        Reason(question=part.question, points=part.points, choice=answers[part.question])
        for part in parts
    ]
    return Reasons(
        speak_for=tuple(row for row in rows if row.points > 0),
        against=tuple(row for row in rows if row.points < 0),
    )


def difference(outcome: Outcome, found: analysis.Difference, shown: Sequence[Tenths]) -> Difference:
    """A difference of the points shown, made of the differences of the parts shown.

    `shown` has the parts of every alternative.
    """
    nodes, lower = outcome.model.nodes, shown[found.behind]
    parts = {place: part - lower[place] for place, part in shown[found.ahead].items()}
    points = sum(parts.values())
    low, high = _shown_range(outcome, found, points)
    decisive = found.decisive
    return Difference(
        ahead=outcome.model.alternatives[found.ahead],
        behind=outcome.model.alternatives[found.behind],
        points=points / 10,
        low=low / 10,
        high=high / 10,
        sections=by_section(outcome.model, parts),
        decisive=None if decisive is None else tuple(nodes[place].key for place in decisive),
        counter=tuple(nodes[place].key for place in found.counter),
    )


def _shown_range(outcome: Outcome, found: analysis.Difference, points: int) -> tuple[int, int]:
    """The range of a lead in tenths; the lead shown is in it, and all of it if nothing is open."""
    least, most = (round(Fraction(500 * x, outcome.unit)) for x in (found.least, found.most))
    low = points if found.least == found.lead else min(least, points)
    high = points if found.most == found.lead else max(most, points)
    return low, high
