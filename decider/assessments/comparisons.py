"""Comparing results: what was saved with what is tried, one report with another."""

from __future__ import annotations

from collections.abc import Mapping

from decider.assessments.models import Assessment
from decider.assessments.services import points_of
from decider.engine.analysis.comparison import Difference, compare
from decider.engine.report.document import (
    SCORING,
    Document,
    Inputs,
    PointsDocument,
    build_document,
    build_points,
)
from decider.engine.scoring.score import Outcome
from decider.presentation.comparison import PresentedComparison, present_comparison


def document_with(
    saved: PointsDocument, answers: Mapping[str, str], weights: Mapping[str, int]
) -> Document:
    """The report document that other answers and weights would give; nothing is saved."""
    return build_document(**_tried(saved, answers, weights))


def _tried(saved: PointsDocument, answers: Mapping[str, str], weights: Mapping[str, int]) -> Inputs:
    return {
        "questionnaire": saved.questionnaire.content,
        "version": saved.questionnaire.version,
        "title": saved.title,
        "context": saved.context,
        "answers": answers,
        "notes": saved.notes,
        "weights": weights,
    }


def compared_with(*, assessment: Assessment, weights: Mapping[str, int]) -> PresentedComparison:
    """What other weights would change in the result; nothing is saved."""
    saved = points_of(assessment=assessment)
    tried = build_points(**_tried(saved, saved.answers, weights))
    return present_comparison(saved, tried, difference_of(saved, tried))


def difference_of(before: PointsDocument, after: PointsDocument) -> Difference:
    """The exact difference of two report documents."""
    return compare(_outcome(before), _outcome(after))


def _outcome(document: PointsDocument) -> Outcome:
    """The result of a document, scored again by its own method, which never changes."""
    score = SCORING[document.method]
    return score(document.questionnaire.content, document.answers, document.weights)
