"""What a JSON Schema can't say about a questionnaire file: keys that name each other, order, sums.

The checks read data of any shape and pass over what is misshapen, so that one run finds both
what the schema finds and what is found here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from decider.engine.errors import PathError, did_you_mean

MAX_QUESTIONS = 400
MAX_QUOTATION_WORDS = 29
RESERVED_CHOICES = ("unknown", "n-a")
RESERVED_QUESTIONS = ("answers", "context", "notes", "questionnaire", "title", "weights")
"""Keys that an answers file uses beside those of the questions."""


@dataclass(frozen=True)
class Node:
    """A mapping in the file and its path."""

    path: str
    data: Mapping[str, Any]

    def at(self, key: str) -> str:
        return f"{self.path}.{key}".removeprefix(".")

    def text(self, key: str) -> str:
        """The text at this key, or ""."""
        value = self.data.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> Iterator[tuple[str, str]]:
        """Path and text of each text in the list at this key."""
        value = self.data.get(key)
        for place, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, str):
                yield f"{self.at(key)}[{place}]", item

    def node(self, key: str) -> Node:
        """The mapping at this key, or an empty one."""
        value = self.data.get(key)
        return Node(self.at(key), value if isinstance(value, Mapping) else {})

    def nodes(self, key: str) -> Iterator[Node]:
        """Each mapping in the list at this key."""
        value = self.data.get(key)
        for place, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, Mapping):
                yield Node(f"{self.at(key)}[{place}]", item)


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
    return _References(Node("", data)).errors()


class _References:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.questions = [q for s in root.nodes("sections") for q in s.nodes("questions")]
        self.choices: dict[str, list[str]] = {}
        for question in self.questions:
            choices = [choice.text("key") for choice in question.nodes("choices")]
            self.choices.setdefault(question.text("key"), choices)
        self.alternatives = self._keys("alternatives")
        self.quotations = self._keys("quotations")
        self.sources = self._keys("sources")

    def _keys(self, kind: str) -> list[str]:
        return [node.text("key") for node in self.root.nodes(kind)]

    def errors(self) -> Iterator[PathError]:
        yield from self._section_weights()
        for kind in ("sources", "quotations", "alternatives", "sections"):
            yield from _duplicates(self.root.nodes(kind))
        for kind in ("disagreements", "conflicts"):
            yield from _duplicates(self.root.nodes(kind))
        yield from _duplicates(self.questions)
        for quotation in self.root.nodes("quotations"):
            yield from self._quotation(quotation)
        earlier: set[str] = set()
        for question in self.questions:
            yield from self._question(question, earlier)
            earlier.add(question.text("key"))
        yield from self._disagreements()
        for conflict in self.root.nodes("conflicts"):
            yield from self._when(conflict.node("when"))

    def _section_weights(self) -> Iterator[PathError]:
        weights = [section.data.get("weight") for section in self.root.nodes("sections")]
        if weights and not any(weight != 0 for weight in weights):
            yield PathError("sections", "every section has the weight 0, so that nothing counts")

    def _quotation(self, quotation: Node) -> Iterator[PathError]:
        source = quotation.text("source")
        if source:
            yield from _unknown("source", quotation.at("source"), source, self.sources)
        words = len(quotation.text("text").split())
        if words > MAX_QUOTATION_WORDS:
            yield PathError(
                quotation.at("text"), f"has {words} words; at most {MAX_QUOTATION_WORDS}"
            )

    def _quoted(self, node: Node) -> Iterator[PathError]:
        for path, key in node.texts("quotations"):
            yield from _unknown("quotation", path, key, self.quotations)

    def _question(self, question: Node, earlier: Collection[str]) -> Iterator[PathError]:
        yield from _reserved(question, RESERVED_QUESTIONS)
        yield from self._quoted(question)
        yield from self._condition(question, earlier)
        yield from _duplicates(question.nodes("choices"))
        for choice in question.nodes("choices"):
            yield from _reserved(choice, RESERVED_CHOICES)
            evidence = choice.node("evidence")
            for alternative in evidence.data:
                path = evidence.at(alternative)
                yield from _unknown("alternative", path, alternative, self.alternatives)
                yield from self._quoted(evidence.node(alternative))
                yield from _range(evidence.node(alternative))

    def _condition(self, question: Node, earlier: Collection[str]) -> Iterator[PathError]:
        condition = question.node("shown_when")
        parent, path = condition.text("question"), condition.at("question")
        if not parent:
            return
        if parent == question.text("key"):
            yield PathError(path, "a question can't depend on itself")
        elif parent in self.choices and parent not in earlier:
            yield PathError(
                path,
                f'"{parent}" comes later: a condition names an earlier question only, so that'
                " conditions can't go in a circle",
            )
        else:
            yield from _unknown("question", path, parent, self.choices)
        yield from self._choices(parent, condition.texts("choices"))

    def _choices(self, question: str, named: Iterator[tuple[str, str]]) -> Iterator[PathError]:
        if question in self.choices:
            for path, key in named:
                yield from _unknown(f'choice of "{question}"', path, key, self.choices[question])

    def _when(self, when: Node) -> Iterator[PathError]:
        for question in when.data:
            yield from _unknown("question", when.at(question), question, self.choices)
            yield from self._choices(question, when.texts(question))

    def _disagreements(self) -> Iterator[PathError]:
        for disagreement in self.root.nodes("disagreements"):
            for side in (disagreement.node("a"), disagreement.node("b")):
                yield from self._quoted(side)
                yield from self._when(side.node("when"))


def _unknown(kind: str, path: str, key: str, known: Collection[str]) -> Iterator[PathError]:
    if key not in known:
        yield PathError(path, f'there is no {kind} "{key}".{did_you_mean(key, known)}')


def _duplicates(nodes: Iterator[Node] | list[Node]) -> Iterator[PathError]:
    first: dict[str, str] = {}
    for node in nodes:
        key = node.text("key")
        if key and key in first:
            yield PathError(node.at("key"), f'"{key}" is already the key of {first[key]}')
        first.setdefault(key, node.path)


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
