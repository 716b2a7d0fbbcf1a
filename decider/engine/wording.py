"""How sure a result may sound, in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """`level` for programs, `words` for a heading, `sentence` for a reader.

    `necessary` says that no missing answer can change the winner.
    """

    level: str
    words: str
    sentence: str
    necessary: bool
