"""The versions of the method: what differs between them, as values that are handed through."""

from __future__ import annotations

from dataclasses import dataclass, replace

Grades = tuple[tuple[float, str, str], ...]
"""From this lower bound of the share of first places on: the level and its words."""

TrackRecord = tuple[tuple[str, int, int], ...]
"""By level: how often what came first was the decision published, and in how many readings."""


@dataclass(frozen=True, slots=True)
class Method:
    """One version. Its name is kept with every result; a change in any figure needs a new one.

    `common_error` is the standard deviation, in points, of an error that all ratings of an
    alternative share. `caps_decisive` says that an alternative is never called more than the last
    of `grades` while an answer given speaks decisively against it. `names_answers` says that a
    result which no open answer can change names those given that could. `forbidding_first` puts
    open questions that could rule out who leads before others of the same value. `varied` says
    what the random draws vary, as it stands in a sentence. `knows_rules` says that a document has
    candidates and requirements, `lists_arguments` that it has for each alternative what speaks
    decisively against it and which requirements are open. `track_record` says what each word has
    meant over published decisions; docs/judgement.md says how that was counted.
    """

    name: str
    common_error: float
    grades: Grades
    caps_decisive: bool
    names_answers: bool
    forbidding_first: bool
    varied: str
    knows_rules: bool
    lists_arguments: bool = False
    track_record: TrackRecord = ()


GRADES: Grades = (
    (0.95, "strong", "Strong"),
    (0.75, "favoured", "Favoured"),
    (0.50, "leaning", "Leaning"),
)

COMMON_ERROR = 5.0
"""Fitted to published decisions; see docs/method.md."""

WEIGHTINGS = "plausible weightings, answers and rating errors"

MAVT_1 = Method(
    "mavt-1",
    0,
    GRADES,
    caps_decisive=False,
    names_answers=False,
    forbidding_first=False,
    varied=WEIGHTINGS,
    knows_rules=False,
)
MAVT_2 = Method(
    "mavt-2",
    COMMON_ERROR,
    GRADES,
    caps_decisive=True,
    names_answers=True,
    forbidding_first=True,
    varied=WEIGHTINGS,
    knows_rules=True,
    track_record=(
        ("strong", 11, 11),
        ("favoured", 21, 21),
        ("leaning", 60, 82),
        ("no-clear-winner", 22, 41),
    ),
)
MAVT_3 = replace(
    MAVT_2,
    name="mavt-3",
    varied="variations of weights, open answers and ratings",
    lists_arguments=True,
)
METHODS_BY_NAME = {method.name: method for method in (MAVT_1, MAVT_2, MAVT_3)}
CURRENT = MAVT_3
"""The method of new results."""
