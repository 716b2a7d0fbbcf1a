"""Reports are compared by the methods that they were saved under."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from decider.assessments.comparisons import difference_of
from decider.engine.report import document as methods


@pytest.mark.parametrize(("before", "after"), [("mavt-1", "older-1"), ("older-1", "mavt-1")])
def test_each_report_is_scored_by_its_own_method(report, monkeypatch, before, after):
    used = []

    def older(*given):
        used.append("older-1")
        return methods.score(*given)

    monkeypatch.setitem(methods.SCORING, "older-1", older)
    sides = [replace(report.document, method=method) for method in (before, after)]
    assert difference_of(*sides).questions == {}
    assert used == ["older-1"]


def test_report_of_an_unknown_method_is_not_scored_by_another(report):
    with pytest.raises(KeyError, match="mavt-99"):
        difference_of(report.document, replace(report.document, method="mavt-99"))
