"""Quotations in print: those that a printed reason cites, numbered, each once, at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from decider.engine.questionnaire.schema import Source
from decider.presentation.answers import Quotation


@dataclass(frozen=True, slots=True)
class Numbered:
    """A quotation with its number in this document."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Passages:
    """The quotations of one source."""

    source: Source
    quotations: tuple[Numbered, ...]


class QuotationNumbers:
    """The numbers of the quotations that a document cites.

    They are numbered source by source: the sources, and the quotations of each, in the order in
    which they are first cited.
    """

    def __init__(self, cited: Iterable[Quotation]) -> None:
        groups: dict[Source, dict[str, Quotation]] = {}
        for quotation in cited:
            groups.setdefault(quotation.source, {}).setdefault(quotation.key, quotation)
        self._numbers: dict[str, int] = {}
        self.passages = tuple(self._passages(source, rows) for source, rows in groups.items())

    def _passages(self, source: Source, rows: dict[str, Quotation]) -> Passages:
        first = len(self._numbers) + 1
        numbered = tuple(
            Numbered(number, quotation.text)
            for number, quotation in enumerate(rows.values(), first)
        )
        self._numbers.update(zip(rows, range(first, first + len(rows)), strict=True))
        return Passages(source, numbered)

    def of(self, quotations: Iterable[Quotation]) -> tuple[int, ...]:
        """The numbers of those that the document cites, in order."""
        found = {self._numbers[row.key] for row in quotations if row.key in self._numbers}
        return tuple(sorted(found))
