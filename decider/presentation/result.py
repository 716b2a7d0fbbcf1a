"""A result, its analysis and what has to be met, as the templates of pages use them."""

from __future__ import annotations

from typing import Any

from decider.engine.report.document import Document
from decider.presentation.analysis import present_analysis
from decider.presentation.brief import present_brief
from decider.presentation.chapters import chapters, chapters_of_round
from decider.presentation.reasons import leads_of
from decider.presentation.report import present_report
from decider.presentation.requirements import present_requirements
from decider.presentation.round import round_in


def points_context(document: Document, alternative: str) -> dict[str, Any]:
    """Where the points of one alternative come from, answer by answer.

    `lead` is why the first is ahead of it; None where it is the first itself.
    Raises KeyError where there is no alternative of this key.
    """
    view = present_report(document)
    leads = {lead.behind.key: lead for lead in leads_of(document.result, view)}
    breakdowns = {row.alternative.key: row for row in view.breakdowns}
    return {
        "view": view,
        "alternative": view.alternatives[alternative],
        "breakdown": breakdowns[alternative],
        "lead": leads.get(alternative),
    }


def result_context(document: Document) -> dict[str, Any]:
    """The brief of a result and all that stands below it, live or saved."""
    view = present_report(document)
    analysis = present_analysis(document, view)
    requirements = present_requirements(document, view)
    brief = present_brief(view, analysis, [row.sentence for row in requirements.conditions])
    asked = round_in(document)
    return {
        "view": view,
        "analysis": analysis,
        "requirements": requirements,
        "brief": brief,
        "round": asked,
        "chapters": (*chapters(view, analysis, requirements, brief), *chapters_of_round(asked)),
    }
