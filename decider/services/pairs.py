"""Pairs of other answers that change what comes first, worked out only when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.engine.branches import Branches
from decider.engine.pairs import pair_flips
from decider.engine.schema import Questionnaire
from decider.engine.scoring import compile_model, evaluate


def pairs_of(*, questionnaire: Questionnaire, document: Mapping[str, Any]) -> dict[str, Any]:
    """The pairs of a report document where neither answer does so alone.

    `pairs` is a list of `changes` (each `question` and `to`, a choice) and `leaders`; `complete`
    is False where there may be more than those listed.
    """
    model = compile_model(questionnaire)
    outcome = evaluate(model, document["answers"], document["weights"])
    found = pair_flips(Branches(outcome, document["answers"]), document["answers"])
    return {
        "pairs": [
            {
                "changes": [
                    {
                        "question": model.nodes[change.question].key,
                        "to": model.nodes[change.question].choice_keys[change.after],
                    }
                    for change in flip.changes
                ],
                "leaders": [model.alternatives[leader] for leader in flip.leaders],
            }
            for flip in found.flips
        ],
        "complete": found.complete,
    }
