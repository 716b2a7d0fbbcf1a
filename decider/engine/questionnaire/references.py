"""What a JSON Schema can't say about a questionnaire file: keys that name each other, order, sums.

The checks read data of any shape and pass over what is misshapen, so that one run finds both
what the schema finds and what is found here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from decider.engine.questionnaire.errors import PathError
from decider.engine.questionnaire.nodes import Known, Node, duplicates, unknown_key
from decider.engine.questionnaire.rule_references import named_twice, rule_errors

MAX_QUESTIONS = 400
MAX_QUOTATION_WORDS = 29
RESERVED_CHOICES = ("unknown", "n-a")
RESERVED_QUESTIONS = ("answers", "context", "notes", "questionnaire", "title", "weights")
"""Keys that an answers file uses beside those of the questions."""

KEYED = ("sources", "quotations", "alternatives", "sections", "disagreements", "conflicts")


def size_errors(data: Mapping[str, Any]) -> list[PathError]:
    """An error for a questionnaire that is too long to look at further."""
    sections = Node("", data).nodes("sections")
    lists = (section.data.get("questions") for section in sections)
    total = sum(len(questions) for questions in lists if isinstance(questions, list))
    if total <= MAX_QUESTIONS:
        return []
    return [PathError("sections", f"{total} questions altogether; at most {MAX_QUESTIONS}")]


def reference_errors(data: Mapping[str, Any]) -> Iterator[PathError]:
    """Where keys, references, conditions, ranges and quotations don't hold together."""
    known = Known(Node("", data))
    yield from _References(known).errors()
    yield from rule_errors(known)


class _References:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.root = known.root

    def errors(self) -> Iterator[PathError]:
        yield from self._section_weights()
        for kind in KEYED:
            yield from duplicates(self.root.nodes(kind))
        yield from duplicates(self.known.questions)
        for quotation in self.root.nodes("quotations"):
            yield from self._quotation(quotation)
        earlier: set[str] = set()
        for question in self.known.questions:
            yield from self._question(question, earlier)
            earlier.add(question.text("key"))
        yield from self._disagreements()
        for conflict in self.root.nodes("conflicts"):
            yield from self.known.when(conflict.node("when"))

    def _section_weights(self) -> Iterator[PathError]:
        weights = [section.data.get("weight") for section in self.root.nodes("sections")]
        if weights and not any(weight != 0 for weight in weights):
            yield PathError("sections", "every section has the weight 0, so that nothing counts")

    def _quotation(self, quotation: Node) -> Iterator[PathError]:
        source = quotation.text("source")
        if source:
            yield from unknown_key("source", quotation.at("source"), source, self.known.sources)
        words = len(quotation.text("text").split())
        if words > MAX_QUOTATION_WORDS:
            yield PathError(
                quotation.at("text"), f"has {words} words; at most {MAX_QUOTATION_WORDS}"
            )

    def _question(self, question: Node, earlier: Collection[str]) -> Iterator[PathError]:
        yield from _reserved(question, RESERVED_QUESTIONS)
        yield from self.known.quoted(question)
        yield from self._condition(question, earlier)
        yield from duplicates(question.nodes("choices"))
        for choice in question.nodes("choices"):
            yield from _reserved(choice, RESERVED_CHOICES)
            evidence = choice.node("evidence")
            yield from self.known.about(evidence)
            yield from named_twice([evidence])
            for entry in evidence.data:
                yield from _range(evidence.node(entry))

    def _condition(self, question: Node, earlier: Collection[str]) -> Iterator[PathError]:
        condition = question.node("shown_when")
        parent, path = condition.text("question"), condition.at("question")
        if not parent:
            return
        if parent == question.text("key"):
            yield PathError(path, "a question can't depend on itself")
        elif parent in self.known.choices and parent not in earlier:
            yield PathError(
                path,
                f'"{parent}" comes later: a condition names an earlier question only, so that'
                " conditions can't go in a circle",
            )
        else:
            yield from unknown_key("question", path, parent, self.known.choices)
        yield from self.known.chosen(parent, condition.texts("choices"))

    def _disagreements(self) -> Iterator[PathError]:
        for disagreement in self.root.nodes("disagreements"):
            for side in (disagreement.node("a"), disagreement.node("b")):
                yield from self.known.quoted(side)
                yield from self.known.when(side.node("when"))


def _reserved(node: Node, reserved: Collection[str]) -> Iterator[PathError]:
    if (key := node.text("key")) in reserved:
        yield PathError(node.at("key"), f'"{key}" has a meaning of its own in answers files')


def _range(evidence: Node) -> Iterator[PathError]:
    value = evidence.data.get("value")
    low, high = evidence.data.get("low", value), evidence.data.get("high", value)
    if not all(type(number) is int for number in (value, low, high)):
        return
    if not low <= value <= high:
        yield PathError(
            evidence.path, f"value {value} should lie between low {low} and high {high}"
        )
