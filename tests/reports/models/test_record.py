"""Decision records and their histories only ever get more."""

from __future__ import annotations

import pytest

from decider.base.frozen import Frozen
from decider.reports.models import DecisionRecord, RecordEntry


@pytest.mark.parametrize("model", [DecisionRecord, RecordEntry])
def test_rows_can_be_neither_changed_nor_deleted(report, model):
    row = model.objects.get()
    for attempt in (row.save, row.delete, model.objects.all().delete):
        with pytest.raises(Frozen):
            attempt()
    with pytest.raises(Frozen):
        model.objects.update(pk=row.pk + 1)
    assert model.objects.get() == row


def test_history_of_a_record_can_not_be_changed_through_the_record(report):
    with pytest.raises(Frozen):
        report.record.entries.update(status="accepted")
    with pytest.raises(Frozen):
        report.record.entries.all().delete()
    assert report.record.state.status == "proposed"
