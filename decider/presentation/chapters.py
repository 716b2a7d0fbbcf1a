"""The chapters below the brief of a result: one list for the page and for its contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from decider.presentation.analysis import PresentedAnalysis
from decider.presentation.brief import Brief
from decider.presentation.numbers import percent
from decider.presentation.report import PresentedReport
from decider.presentation.requirements import PresentedRequirements
from decider.presentation.round import PresentedRound


@dataclass(frozen=True, slots=True)
class Chapter:
    """A folded part of a page: `key` is its fragment, `gist` what is in it, in a few words."""

    key: str
    title: str
    template: str
    gist: str = ""


def chapters(
    view: PresentedReport,
    analysis: PresentedAnalysis,
    requirements: PresentedRequirements,
    brief: Brief,
) -> tuple[Chapter, ...]:
    """What there is to read about a result, in the order of reading."""
    return (
        *_requirements(view, requirements),
        *(() if brief.missing else _reasons(view, analysis)),
        *_open(view, analysis),
        *(() if brief.missing else _certainty(analysis)),
        *_facts(view, brief),
    )


def chapters_of_round(asked: PresentedRound | None) -> tuple[Chapter, ...]:
    """The chapter on what several people answered on their own, where they did."""
    return (_chapter("round", "Independent answers", asked.gist),) if asked else ()


def _requirements(view: PresentedReport, requirements: PresentedRequirements) -> Iterator[Chapter]:
    if requirements.rows:
        still_open = sum(row.is_open for row in requirements.rows)
        required = len(requirements.rows) - still_open
        parts = (f"{required} required", f"{still_open} open")
        gist = ", ".join(part for part in parts if not part.startswith("0 "))
        yield _chapter("requirements", "What has to be met", gist)
    if view.conditional:
        yield _chapter("conditional", "On a condition", f"{len(view.conditional)}")
    if view.ruled_out:
        yield _chapter("ruled-out", "Ruled out", f"{len(view.ruled_out)}")


def _reasons(view: PresentedReport, analysis: PresentedAnalysis) -> Iterator[Chapter]:
    ranked = view.ranking and view.counts.answered
    if ranked:
        yield _chapter("against", "Reasons for and against")
    yield _chapter("why", "Where the points come from")
    if ranked:
        single = len(analysis.flips)
        gist = f"{single} answer{'' if single == 1 else 's, each alone'}" if single else ""
        yield _chapter("change", "What would change it", gist)


def _open(view: PresentedReport, analysis: PresentedAnalysis) -> Iterator[Chapter]:
    if analysis.open_questions and (view.ranking or view.conditional):
        gist = f"{len(analysis.open_questions)} open"
        yield _chapter("find-out", "What to find out next", gist)


def _certainty(analysis: PresentedAnalysis) -> Iterator[Chapter]:
    if analysis.chances:
        first = analysis.chances[0]
        yield _chapter("certainty", "How sure this is", f"first in {percent(first.first)}")


def _facts(view: PresentedReport, brief: Brief) -> Iterator[Chapter]:
    if view.disagreements:
        apply = sum(row.side != "neither" for row in view.disagreements)
        gist = f"{apply} of {len(view.disagreements)} apply here"
        yield _chapter("disagreements", "Where the sources disagree", gist)
    if view.roads and not brief.missing:
        yield _chapter("next", "Next steps")
    counts = view.counts
    gist = f"{counts.answered} of {counts.asked} answered"
    yield _chapter("answers", "Questions and answers", gist)
    yield _chapter("sources", "Sources", f"{len(view.sources)}")


def _chapter(key: str, title: str, gist: str = "") -> Chapter:
    return Chapter(key, title, f"presentation/_{key.replace('-', '_')}.html", gist)
