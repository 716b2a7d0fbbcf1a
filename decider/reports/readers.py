"""Who still reads a report when its assessment is gone."""

from __future__ import annotations

import uuid
from typing import Any

from decider.assessments.models import Assessment
from decider.people.models import Team
from decider.reports.models import Reader


def keep_readers(instance: Assessment, **_more: Any) -> None:
    """Before an assessment is deleted: let all who edit it read its reports from then on."""
    browsers = list(instance.editors.values_list("holder", flat=True))
    # Who took a report along into their account has a row already.
    Reader.objects.bulk_create(
        [
            Reader(report_id=report, holder=browser)
            for report in instance.reports.values_list("pk", flat=True)
            for browser in browsers
        ],
        update_conflicts=True,
        unique_fields=["report", "holder"],
        update_fields=["reads_comments"],
    )


def pass_on(team: Team, heir: uuid.UUID, **_more: Any) -> None:
    """Pass the reports that a team may still read on to the heir of the team, which ends.

    Receives `team_ending`.
    """
    left = Reader.objects.filter(holder=team.pk)
    left.filter(report__readers__holder=heir).delete()
    left.update(holder=heir)
