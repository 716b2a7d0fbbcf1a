"""Why: what speaks for and against an alternative, and what settles it between two."""

from __future__ import annotations

from dataclasses import dataclass

from decider.engine.scoring.completions import spans
from decider.engine.scoring.model import Node
from decider.engine.scoring.score import Outcome


@dataclass(frozen=True, slots=True)
class Difference:
    """Why one alternative is ahead of another; all numbers are totals in the outcome's unit.

    `parts[q]` is what each visible question adds to the lead, `least` and `most` the lead that
    open answers leave possible, while the one behind is not ruled out. `decisive` is the shortest
    list of questions that together outweigh `counter`, all those that speak against the lead; it is
    empty where nothing does, and None where the first is not ahead.
    """

    ahead: int
    behind: int
    lead: int
    least: int
    most: int
    parts: dict[int, int]
    decisive: tuple[int, ...] | None
    counter: tuple[int, ...]


def asked_for(outcome: Outcome, node: Node) -> Node:
    """The question itself if it is visible, else the open question that may make it visible."""
    return outcome.behind[node.position][0] if node.position in outcome.behind else node


def parts_of(outcome: Outcome, a: int) -> dict[int, int]:
    """What every visible question adds to an alternative's total, with what it may make visible.

    The sum is the total.
    """
    parts = {node.position: 0 for node in outcome.visible}
    for node in outcome.model.nodes:
        if row := outcome.contributions[node.position]:
            parts[asked_for(outcome, node).position] += row[a]
    return parts


def differences(outcome: Outcome, ahead: int) -> tuple[Difference, ...]:
    """The difference between one alternative and every other, in the order of alternatives."""
    # The lead over a rival is less what the rival gains: most and least change sides.
    gains = spans(outcome, against=ahead)
    upper = parts_of(outcome, ahead)
    found = []
    for behind in range(len(outcome.totals)):
        if behind != ahead:
            lower = parts_of(outcome, behind)
            parts = {place: part - lower[place] for place, part in upper.items()}
            bounds = -gains[1][behind], -gains[0][behind]
            found.append(_difference(ahead, behind, parts, bounds))
    return tuple(found)


def _difference(
    ahead: int, behind: int, parts: dict[int, int], bounds: tuple[int, int]
) -> Difference:
    counter = sorted((p for p in parts if parts[p] < 0), key=parts.__getitem__)
    lead = sum(parts.values())
    return Difference(
        ahead=ahead,
        behind=behind,
        lead=lead,
        least=bounds[0],
        most=bounds[1],
        parts=parts,
        decisive=_outweighing(parts, -sum(parts[p] for p in counter)) if lead > 0 else None,
        counter=tuple(counter),
    )


def _outweighing(parts: dict[int, int], against: int) -> tuple[int, ...]:
    """The fewest parts whose sum is over `against`: the largest first is the best there is."""
    taken: list[int] = []
    total = 0
    for place in sorted(parts, key=lambda p: -parts[p]):
        if total > against or not against:
            break
        taken.append(place)
        total += parts[place]
    return tuple(taken)
