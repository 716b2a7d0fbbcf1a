"""Names of assessments that a browser can tell apart."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from itertools import count

from decider.assessments.models import Assessment
from decider.questionnaires.answer_files import TITLE_LENGTH

COPY = re.compile(r" \(copy(?: \d+)?\)$")


def unused_title(title: str, browser: uuid.UUID) -> str:
    """This title, or the first "(copy)", "(copy 2)" ... of it that this browser has not used."""
    used = set(Assessment.objects.open_to(browser).values_list("title", flat=True))
    return next(name for name in _names(title) if name not in used)


def _names(title: str) -> Iterator[str]:
    yield title
    base = COPY.sub("", title)
    for number in count(1):
        suffix = " (copy)" if number == 1 else f" (copy {number})"
        yield f"{base[: TITLE_LENGTH - len(suffix)].rstrip()}{suffix}"
