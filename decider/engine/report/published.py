"""The questionnaire in a report document: whole, with the number of its published version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from decider.engine.questionnaire.parse import build
from decider.engine.questionnaire.plain import FORMAT_1, FORMAT_2, to_dict
from decider.engine.questionnaire.schema import Questionnaire
from decider.engine.report.fields import KEY_PATTERN


class PublishedQuestionnaire:
    """A version of a questionnaire. In the file it has the shape of a questionnaire file."""

    __slots__ = ("content", "version")

    def __init__(self, content: Questionnaire, version: int) -> None:
        self.content = content
        self.version = version

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, PublishedQuestionnaire)
            and self.version == other.version
            and self.content == other.content
        )

    def __hash__(self) -> int:
        return hash((self.content.key, self.version))


def from_file(data: Mapping[str, Any]) -> PublishedQuestionnaire:
    """What a document of a valid questionnaire has under this key; it is not validated again."""
    return PublishedQuestionnaire(build(data), data["version"])


def to_file(questionnaire: PublishedQuestionnaire) -> dict[str, Any]:
    """The reverse of `from_file`."""
    return {"version": questionnaire.version, **to_dict(questionnaire.content)}


_LIST: Final = {"type": "array"}
_TEXT: Final = {"type": "string"}

SCHEMA: Final[dict[str, Any]] = {
    "description": "The questionnaire as it was asked, whole.",
    "type": "object",
    "properties": {
        "version": {
            "description": "The number of the published version.",
            "type": "integer",
            "minimum": 1,
        },
        "format": {
            "description": "The format of the other keys: that of a questionnaire file, described"
            " by its own schema.",
            "enum": [FORMAT_1, FORMAT_2],
        },
        "key": {"type": "string", "pattern": f"^{KEY_PATTERN}$"},
        **dict.fromkeys(("title", "summary", "language", "weight_origin"), _TEXT),
        "anchors": {"type": "object"},
        **dict.fromkeys(("sources", "quotations", "alternatives", "sections"), _LIST),
        **dict.fromkeys(("disagreements", "conflicts", "layers", "requirements"), _LIST),
    },
    "required": [
        *("version", "format", "key", "title", "summary", "language"),
        *("anchors", "alternatives", "sections"),
    ],
    "additionalProperties": False,
}
"""What of it is described here."""
