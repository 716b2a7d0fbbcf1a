"""Data of any shape as mappings that know their path, for checks that report what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from decider.engine.questionnaire.errors import PathError, did_you_mean
from decider.engine.questionnaire.grouped import names_of
from decider.engine.questionnaire.rules import OTHERS


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


def unknown_key(kind: str, path: str, key: str, known: Collection[str]) -> Iterator[PathError]:
    """An error for a key that names nothing."""
    if key not in known:
        yield PathError(path, f'there is no {kind} "{key}".{did_you_mean(key, known)}')


def duplicates(nodes: Iterable[Node]) -> Iterator[PathError]:
    """An error for each key that an earlier mapping has already."""
    first: dict[str, str] = {}
    for node in nodes:
        key = node.text("key")
        if key and key in first:
            yield PathError(node.at("key"), f'"{key}" is already the key of {first[key]}')
        first.setdefault(key, node.path)


class Known:
    """The keys of a file that other parts of it may name, and the checks of what they name."""

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

    def quoted(self, node: Node) -> Iterator[PathError]:
        """Errors of the quotations that a mapping names."""
        for path, key in node.texts("quotations"):
            yield from unknown_key("quotation", path, key, self.quotations)

    def chosen(self, question: str, named: Iterator[tuple[str, str]]) -> Iterator[PathError]:
        """Errors of the choices named, by path, of a question."""
        if question in self.choices:
            for path, key in named:
                yield from unknown_key(f'choice of "{question}"', path, key, self.choices[question])

    def when(self, when: Node) -> Iterator[PathError]:
        """Errors of a mapping of questions to their choices."""
        for question in when.data:
            yield from unknown_key("question", when.at(question), question, self.choices)
            yield from self.chosen(question, when.texts(question))

    def about(self, entries: Node) -> Iterator[PathError]:
        """Errors of entries whose keys name alternatives."""
        for entry, names in names_of(entries.data).items():
            for name in names:
                if name != OTHERS:
                    path = entries.at(entry)
                    yield from unknown_key("alternative", path, name, self.alternatives)
            yield from self.quoted(entries.node(entry))
