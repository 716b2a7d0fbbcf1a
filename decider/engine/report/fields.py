"""What the objects of a report document are made of: their base, and the kinds of their fields."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Final

from msgspec import Meta, Struct

KEY_PATTERN: Final = "[a-z0-9]+(-[a-z0-9]+)*"


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """An object of a report document; its fields are the keys, in the order of the file.

    A field that some methods do not know is `UNSET` in their documents, and absent from the file.
    """


# A pattern is part of the published schema and not looked at again when a saved report is read.
Key = Annotated[str, Meta(extra_json_schema={"pattern": f"^{KEY_PATTERN}$"})]
Keys = tuple[Key, ...]
Answer = Annotated[
    str,
    Meta(
        description='The key of a choice, "unknown" or "n/a".',
        extra_json_schema={"pattern": f"^(n/a|{KEY_PATTERN})$"},
    ),
]
Exact = Annotated[
    str,
    Meta(
        description="The same as a fraction.",
        extra_json_schema={"pattern": "^-?[0-9]+(/[0-9]+)?$"},
    ),
]
Points = Annotated[float, Meta(ge=0, le=100, description="From 0 to 100, with one decimal.")]
Change = Annotated[float, Meta(description="Points added or taken.")]
Share = Annotated[float, Meta(ge=0, le=1, description="A share of 1.")]
Weight = Annotated[int, Meta(ge=0, le=100)]
Count = Annotated[int, Meta(ge=0)]


def decimals(number: Fraction, places: int) -> float:
    """A fraction rounded to so many decimals."""
    shift: int = 10**places
    return round(number * shift) / shift
