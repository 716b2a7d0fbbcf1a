"""Pages, PDFs and exports show the figures of the document, and work out none of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from decider.engine.report.document import Document, build_document
from decider.engine.report.points import SectionPoints
from decider.presentation.analysis import present_analysis
from decider.presentation.report import present_report
from tests.conformance.documents import example
from tests.engine.corpus import large_cases, small_cases

ANCHORS = {value: f"step {value}" for value in range(-2, 3)}


def documents() -> Iterator[Document]:
    """The example, and assessments of every kind."""
    yield example()
    for asked, answers, weights in [*small_cases(60), *large_cases(6)]:
        yield build_document(
            questionnaire=replace(asked, anchors=ANCHORS),
            version=1,
            title="Case",
            context="",
            answers=answers,
            notes={},
            weights=weights,
        )


@pytest.fixture(scope="module")
def reports() -> list[Document]:
    return list(documents())


def parts(rows: Iterable[SectionPoints]) -> dict[str, float]:
    """Points by question, but for those without any."""
    found = {p.question: p.points for row in rows for p in row.questions}
    return {key: points for key, points in found.items() if points}


def test_every_figure_of_a_lead_is_that_of_the_document(reports: list[Document]) -> None:
    compared = 0
    for document in reports:
        view = present_analysis(document, present_report(document))
        rows = {row.behind: row for row in document.result.differences}
        for lead in view.leads:
            row = rows[lead.behind.key]
            assert (lead.points, lead.low, lead.high) == (row.points, row.low, row.high)
            assert [s.points for s in lead.sections] == [s.points for s in row.sections]
            shown = {p.answer.key: p.points for s in lead.sections for p in s.questions}
            assert shown == parts(row.sections)
            for reason in (*(lead.decisive or ()), *lead.counter):
                assert reason.points == shown.get(reason.answer.key, 0)
            compared += len(shown)
    assert compared > 500


def test_every_figure_of_the_ranking_and_of_an_answer_is_that_of_the_document(
    reports: list[Document],
) -> None:
    for document in reports:
        result, view = document.result, present_report(document)
        assert [(r.points, r.low, r.high, r.rank) for r in view.ranking] == [
            (r.points, r.low, r.high, r.rank) for r in result.ranking
        ]
        assert [r.points for r in view.ruled_out] == [r.points for r in result.ruled_out]
        for row in view.breakdowns:
            stated = result.contributions[row.alternative.key]
            assert row.base == stated.base
            assert [s.points for s in row.sections] == [s.points for s in stated.sections]
            shown = {p.answer.key: p.points for s in row.sections for p in s.questions}
            assert {key: points for key, points in shown.items() if points} == parts(
                stated.sections
            )
            for answer in view.answers:
                (effect,) = (e for e in answer.effects if e.alternative == row.alternative)
                assert effect.points == shown[answer.key]


def test_every_figure_of_the_analysis_is_that_of_the_document(reports: list[Document]) -> None:
    for document in reports:
        result = document.result
        view = present_analysis(document, present_report(document))
        assert [
            (o.answer.key, o.value, o.swing, [p.chance for p in o.possibilities])
            for o in view.open_questions
        ] == [
            (r.question, r.value, r.swing, [a.chance for a in r.answers])
            for r in result.information
        ]
        for chance in view.chances:
            key, stated = chance.alternative.key, result.robustness
            assert (chance.first, chance.at_least, chance.regret, chance.ranks) == tuple(
                getattr(stated, name)[key] for name in ("first", "at_least", "regret", "ranks")
            )
        if view.intervals:
            assert [(i.weight, i.low, i.high) for i in view.intervals] == [
                (r.weight, r.low, r.high) for r in result.stability
            ]
        if view.tolerance:
            assert view.tolerance.percent == result.weight_tolerance.percent
        for reasons in view.reasons:
            stated = result.reasons[reasons.alternative.key]
            points = {r.question: r.points for r in [*stated.speak_for, *stated.against]}
            for reason in (*reasons.speak_for, *reasons.speak_against):
                assert reason.points == points[reason.answer.key]


def test_a_lead_is_the_difference_of_the_parts_shown(reports: list[Document]) -> None:
    for document in reports:
        contributions = document.result.contributions
        for row in document.result.differences:
            upper, lower = (
                parts(contributions[getattr(row, k)].sections) for k in ("ahead", "behind")
            )
            gaps = {k: round(upper.get(k, 0) - lower.get(k, 0), 1) for k in upper | lower}
            assert parts(row.sections) == {k: gap for k, gap in gaps.items() if gap}
            assert row.low <= row.points <= row.high
