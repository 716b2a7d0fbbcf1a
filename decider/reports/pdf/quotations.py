"""Quotations in print: numbered, set in full where they first stand, named by number later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decider.engine.questionnaire.schema import Source
from decider.presentation.report_parts import Quotation


@dataclass(frozen=True, slots=True)
class Numbered:
    """A quotation with its number in this document."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Passages:
    """Quotations of one source that stand together."""

    source: Source
    quotations: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """What to print at one place: passages by source, and the numbers of earlier ones."""

    passages: tuple[Passages, ...]
    earlier: tuple[int, ...]


class QuotationNumbers:
    """Numbers the quotations of one document in the order in which they are printed."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def place(self, quotations: Iterable[Quotation]) -> Quoted:
        """Print these here: in full those that nothing before has printed."""
        earlier: list[int] = []
        groups: dict[Source, list[Quotation]] = {}
        for quotation in quotations:
            if quotation.key in self._numbers:
                earlier.append(self._numbers[quotation.key])
            else:
                groups.setdefault(quotation.source, []).append(quotation)
        passages = (
            Passages(source, tuple(self._number(quotation) for quotation in group))
            for source, group in groups.items()
        )
        return Quoted(tuple(passages), tuple(sorted(earlier)))

    def remind(self, quotations: Sequence[Quotation]) -> Quoted:
        """Name those that something before has printed; where there are none, print the first."""
        known = [quotation for quotation in quotations if quotation.key in self._numbers]
        return self.place(known or quotations[:1])

    def of(self, quotations: Iterable[Quotation]) -> tuple[int, ...]:
        """The numbers of quotations that are placed, in order."""
        return tuple(sorted(self._numbers[quotation.key] for quotation in quotations))

    def _number(self, quotation: Quotation) -> Numbered:
        number = self._numbers[quotation.key] = len(self._numbers) + 1
        return Numbered(number, quotation.text)
