"""Pairs of other answers that change what comes first, worked out only when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.engine.analysis.branches import Branches
from decider.engine.analysis.pairs import pair_flips
from decider.engine.questionnaire.schema import Questionnaire
from decider.engine.report.findings import flip_of
from decider.engine.scoring.score import compile_model, evaluate


def pairs_of(*, questionnaire: Questionnaire, document: Mapping[str, Any]) -> dict[str, Any]:
    """The pairs of a report document where neither answer does so alone.

    `pairs` are as the smallest flip of a report document; `complete` is False where there may be
    more than those listed.
    """
    outcome = evaluate(compile_model(questionnaire), document["answers"], document["weights"])
    found = pair_flips(Branches(outcome, document["answers"]), document["answers"])
    return {
        "pairs": [flip_of(outcome, flip) for flip in found.flips],
        "complete": found.complete,
    }
