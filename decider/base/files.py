"""Reading what people write: YAML or JSON, within limits, every error at its path.

Only plain data is understood: mappings, lists, text, whole numbers, true, false and nothing.
Everything else that YAML would make of a word (`no`, `1.0`, a date) stays the text that it is.
Anchors, aliases and tags are refused, so that a small file can't unfold into a large one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import yaml

from decider.engine.questionnaire.errors import MORE_ERRORS, PathError, PathErrors, first_errors

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_NODES = 100_000
"""Keys and values together."""

NUMBER = re.compile(r"[-+]?[0-9]{1,9}")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab]..)\\u(d[c-f]..)", re.IGNORECASE)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

ResultT = TypeVar("ResultT")


class FileErrors(PathErrors):
    """Everything that is wrong with a file."""


@dataclass(frozen=True)
class FileContent:
    """The data of a file, the line (from 1) that each path stands on, and what was wrong so far."""

    data: Any
    lines: dict[str, int]
    errors: tuple[PathError, ...] = ()

    def read_as(self, parse: Callable[[Any], ResultT]) -> ResultT:
        """What `parse` makes of the data; raises FileErrors with all errors of both, by line."""
        try:
            result, errors = parse(self.data), self.errors
        except PathErrors as found:
            errors = (*self.errors, *found.errors)
        if errors:
            raise FileErrors(self.located(first_errors(errors)))
        return result

    def located(self, errors: Iterable[PathError]) -> list[PathError]:
        """The errors with their lines, in the order of the file."""
        found = [(e is MORE_ERRORS, self._line(e.path), e) for e in errors]
        found.sort(key=lambda row: row[:2])
        return [
            error if last else PathError(error.path, f"{error.message} (line {line})")
            for last, line, error in found
        ]

    def _line(self, path: str) -> int:
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 1)


def read_limited(file: BinaryIO, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file, or enough of them to see that it is too large."""
    return file.read(limit + 1)


def read_path(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of the file at a path, up to a limit; raises FileErrors where it can't be read."""
    try:
        with path.open("rb") as file:
            return read_limited(file, limit)
    except OSError as error:
        raise FileErrors([PathError(str(path), error.strerror or str(error))]) from None


def read_yaml(text: str | bytes) -> Any:
    """The data of a YAML or JSON file; raises FileErrors."""
    return read_content(text).read_as(lambda data: data)


def read_content(text: str | bytes) -> FileContent:
    """A YAML or JSON file, read as far as it goes; raises FileErrors where it goes nowhere."""
    reader = _Reader()
    try:
        for event in yaml.parse(_decode(text), Loader=LOADER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise FileErrors([_syntax_error(error)]) from None
    except yaml.YAMLError:
        raise FileErrors([PathError("", "not plain text: it holds control characters")]) from None
    return FileContent(reader.data, reader.lines, tuple(reader.errors))


def _decode(text: str | bytes) -> str:
    if len(text) > MAX_BYTES:
        raise FileErrors([PathError("", f"larger than {MAX_BYTES // 1_000_000} MB")])
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise FileErrors([PathError("", f"not UTF-8 text (line {line})")]) from None
    if text.lstrip().startswith("{"):
        return SURROGATES.sub(_character, text)
    return text


def _character(match: re.Match[str]) -> str:
    """One character for the two escapes with which JSON writes some, and YAML never does."""
    pair = "".join(chr(int(match[half], 16)) for half in (2, 3))
    return match[1] + pair.encode("utf-16", "surrogatepass").decode("utf-16")


def _syntax_error(error: yaml.MarkedYAMLError) -> PathError:
    mark = error.problem_mark or error.context_mark
    where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
    context = f"{error.context}: " if error.context else ""
    return PathError("", f"not YAML: {context}{error.problem}{where}")


@dataclass
class _Level:
    """A mapping or list being read; `key` is that of the mapping's next value."""

    path: str
    container: dict[str, Any] | list[Any]
    key: str | None = None

    def child_path(self) -> str:
        if isinstance(self.container, list):
            return f"{self.path}[{len(self.container)}]"
        return f"{self.path}.{self.key}".removeprefix(".")


@dataclass
class _Reader:
    """Builds data from the events of a YAML parser, without recursion."""

    data: Any = None
    errors: list[PathError] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    levels: list[_Level] = field(default_factory=list)
    nodes: int = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.levels.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.nodes:
            raise FileErrors([PathError("", "holds a second document after a line of ---")])

    def _node(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise FileErrors([PathError("", f"more than {MAX_NODES:,} keys and values")])
        level = self.levels[-1] if self.levels else None
        line = event.start_mark.line + 1 if event.start_mark else 1
        if level and isinstance(level.container, dict) and level.key is None:
            self._key(level, event, line)
        else:
            path = level.child_path() if level else ""
            self.lines.setdefault(path, line)
            self._refuse_references(event, path)
            self._value(level, event, path)

    def _key(self, level: _Level, event: yaml.NodeEvent, line: int) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise FileErrors([PathError(level.path, f"a key that isn't text (line {line})")])
        level.key = event.value
        path = level.child_path()
        self._refuse_references(event, path)
        if event.value in level.container:
            first = self.lines[path]
            self.errors.append(PathError(path, f"the key is there twice, first on line {first}"))
        self.lines[path] = line

    def _value(self, level: _Level | None, event: yaml.NodeEvent, path: str) -> None:
        value = self._plain(event, path)
        if level is None:
            self.data = value
        elif isinstance(level.container, list):
            level.container.append(value)
        else:
            level.container[level.key or ""] = value
            level.key = None
        if isinstance(value, dict | list):
            self.levels.append(_Level(path, value))
            if len(self.levels) > MAX_DEPTH:
                raise FileErrors([PathError(path, f"nested more than {MAX_DEPTH} levels deep")])

    def _plain(self, event: yaml.NodeEvent, path: str) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        if not isinstance(event, yaml.ScalarEvent):
            return None  # an alias, refused already
        if event.implicit[0]:
            if NUMBER.fullmatch(event.value):
                return int(event.value)
            if event.value in WORDS:
                return WORDS[event.value]
        text: str = event.value.replace("\r\n", "\n").replace("\r", "\n")
        if CONTROL.search(text):
            self.errors.append(PathError(path, "holds a control character"))
        return text

    def _refuse_references(self, event: yaml.NodeEvent, path: str) -> None:
        if event.anchor is not None:
            self.errors.append(
                PathError(path, "anchors (&) and aliases (*) are not understood: write it out")
            )
        if getattr(event, "tag", None) is not None:
            self.errors.append(PathError(path, "tags (!) are not understood: leave it out"))
