"""The rules of a questionnaire beside its ratings: who is a candidate, and what has to be met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Combination = Mapping[str, tuple[str, ...]]
"""Answers that go together: each of these questions is answered with one of its choices."""

MET, ON_CONDITION, NOT_MET = "met", "on_condition", "not_met"
STATUSES = (MET, ON_CONDITION, NOT_MET)
"""How an alternative stands to a requirement."""

OTHERS = "others"
"""In a file, the key of an entry about all alternatives that no other entry names."""


@dataclass(frozen=True, slots=True)
class LayerValue:
    """What some alternatives have in common, such as a kernel of their own."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A respect in which alternatives are alike or differ; each of them has one of its values."""

    key: str
    title: str
    values: tuple[LayerValue, ...]


@dataclass(frozen=True, slots=True)
class CandidateRule:
    """When something is an alternative at all: where any combination of `when` holds.

    `condition` completes "if ..., this alternative"; `otherwise` says why it is none where no
    combination holds.
    """

    when: tuple[Combination, ...]
    condition: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Compliance:
    """Whether an alternative meets a requirement: `status` is one of `STATUSES`.

    `condition` says what has to be so for it to be met, where the status is `ON_CONDITION`.
    `basis` says where a judgement without a quotation comes from.
    """

    alternative: str
    status: str
    reason: str
    condition: str = ""
    quotations: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What has to be met, whatever the points, where any combination of `when` holds.

    `compliance` has an entry for every alternative of the questionnaire.
    """

    key: str
    title: str
    when: tuple[Combination, ...]
    compliance: Mapping[str, Compliance] = field(default_factory=dict)
