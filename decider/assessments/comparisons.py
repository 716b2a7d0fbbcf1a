"""Comparing results: what was saved with what is tried, one report with another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decider.assessments.models import Assessment
from decider.assessments.services import document_of, questionnaire_for
from decider.engine.analysis.comparison import Difference, compare
from decider.engine.report.document import SCORING, build_document
from decider.engine.scoring.score import Outcome
from decider.presentation.comparison import PresentedComparison, present_comparison
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import questionnaire_of

Document = Mapping[str, Any]


def document_with(
    *,
    assessment: Assessment,
    saved: Document,
    answers: Mapping[str, str],
    weights: Mapping[str, int],
    only_points: bool = False,
) -> dict[str, Any]:
    """The report document that other answers and weights would give, or one with `only_points`;
    nothing is saved."""
    return build_document(
        questionnaire=questionnaire_for(assessment),
        version=saved["questionnaire"]["version"],
        title=saved["title"],
        context=saved["context"],
        answers=answers,
        notes=saved["notes"],
        weights=weights,
        only_points=only_points,
    )


def compared_with(*, assessment: Assessment, weights: Mapping[str, int]) -> PresentedComparison:
    """What other weights would change in the result; nothing is saved."""
    saved = document_of(assessment=assessment, only_points=True)
    tried = document_with(
        assessment=assessment,
        saved=saved,
        answers=saved["answers"],
        weights=weights,
        only_points=True,
    )
    return present_comparison(saved, tried, difference_of(saved, tried))


def difference_of(before: Document, after: Document) -> Difference:
    """The exact difference of two report documents of this server."""
    return compare(_outcome(before), _outcome(after))


def _outcome(document: Document) -> Outcome:
    """The result of a document, scored again by its own method; neither that nor the version of
    the questionnaire ever changes."""
    questionnaire = document["questionnaire"]
    version = QuestionnaireVersion.objects.get(
        key=questionnaire["key"], number=questionnaire["version"]
    )
    score = SCORING[document["method"]]
    return score(questionnaire_of(version_id=version.pk), document["answers"], document["weights"])
