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
    speaker: str


@dataclass(frozen=True, slots=True)
class Passages:
    """The quotations of one source."""

    source: Source
    quotations: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quotation is cited by its number; `is_first` for the place that it leads back to."""

    number: int
    is_first: bool


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
        self._mentioned: set[int] = set()
        self.passages = tuple(self._passages(source, rows) for source, rows in groups.items())

    def _passages(self, source: Source, rows: dict[str, Quotation]) -> Passages:
        first = len(self._numbers) + 1
        numbered = tuple(
            Numbered(number, quotation.text, quotation.speaker)
            for number, quotation in enumerate(rows.values(), first)
        )
        self._numbers.update(zip(rows, range(first, first + len(rows)), strict=True))
        return Passages(source, numbered)

    def cite(self, quotations: Iterable[Quotation]) -> tuple[Citation, ...]:
        """The citations of those that the document cites, in order of their numbers.

        Asked for in the order of the pages: the first citation of each number is the first asked.
        """
        found = {self._numbers[row.key] for row in quotations if row.key in self._numbers}
        citations = tuple(Citation(n, n not in self._mentioned) for n in sorted(found))
        self._mentioned |= found
        return citations
