"""Errors in a file, each at its path."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

MAX_ERRORS = 200
"""Looking for the nearest key takes time: a file of a hundred thousand errors must not."""

LONGEST_WORD = 100


@dataclass(frozen=True, slots=True)
class PathError:
    """What is wrong, and where: a path such as `sections[2].questions[1].text`, or "" for all."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


MORE_ERRORS = PathError("", f"and more: only {MAX_ERRORS} errors are shown")


class PathErrors(ValueError):
    """Everything that is wrong with a file, in `errors`; its text has a line for each."""

    def __init__(self, errors: Iterable[PathError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


def path_of(parts: Iterable[str | int]) -> str:
    """Keys and positions as one path."""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".")


def first_errors(found: Iterable[PathError]) -> list[PathError]:
    """Each error once; of very many the first `MAX_ERRORS`, then `MORE_ERRORS`."""
    errors = list(dict.fromkeys(islice(found, MAX_ERRORS + 1)))
    return errors if len(errors) <= MAX_ERRORS else [*errors[:MAX_ERRORS], MORE_ERRORS]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question, after a space, whether the known word was meant that is spelt most like this
    one; empty where none is."""
    near = difflib.get_close_matches(word[:LONGEST_WORD].lower(), list(known))
    return f' Did you mean "{near[0]}"?' if near else ""
