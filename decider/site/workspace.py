"""The list of a browser's assessments, each with its newest report and its decision."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower

from decider.assessments.forms.teams import OWN
from decider.assessments.models import Answer, Assessment, Editor
from decider.assessments.services import answers_of, questionnaire_for, walk_through
from decider.base.access import Role
from decider.people.models import Team
from decider.reports.models import RecordEntry, Report, Status

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """An assessment of the list.

    `can_answer` and `can_delete` say what its reader may do; `team` is the name of the team that
    owns it, or empty. `answered` and `asked` count visible questions. `decision` is how the
    accepted record stands, or that of the newest report where none is accepted; `chosen` and
    `recommended` are names, or empty.
    """

    assessment: Assessment
    team: str
    can_answer: bool
    can_delete: bool
    answered: int
    asked: int
    report: Report | None
    recommended: str
    decision: RecordEntry | None
    chosen: str

    @property
    def state(self) -> str:
        """How far it is, in a word or two."""
        if self.report:
            changed = self.assessment.updated_at > self.report.saved_at
            return "Changed since its report" if changed else "Report saved"
        if self.answered == self.asked:
            return "All answered"
        return "In progress" if self.answered else "Not started"


def counts_of(browser: uuid.UUID) -> dict[str, int]:
    """How many assessments this browser has: active, archived, and deleted ones to restore."""
    present, active = Q(assessment__deleted_at=None), _of_row(_active(browser))
    counted: dict[str, int] = Editor.objects.held_by(browser).aggregate(
        active=_count(present & Q(archived_at=None)),
        archived=_count(present & Q(archived_at__isnull=False) & ~active),
        deleted=_count(~present & Q(role=Role.OWNER)),
    )
    return counted


def _count(which: Q) -> Count:
    """How many assessments these rows are of: somebody can have one of their own and a team's."""
    return Count("assessment", distinct=True, filter=which)


def _active(browser: uuid.UUID) -> QuerySet[Editor]:
    return Editor.objects.held_by(browser).filter(archived_at=None)


def _of_row(rows: QuerySet[Editor]) -> Q:
    """Whether one of these rows is of the same assessment."""
    return Q(Exists(rows.filter(assessment=OuterRef("assessment"))))


def assessments_of(
    browser: uuid.UUID, *, show: str, search: str, sort: str, whose: str = ""
) -> QuerySet[Assessment]:
    """The assessments to `show` ("active", "archived", "deleted"), in the order of `sort`
    ("changed", "name", "review"), whose title or context has the words of `search`; `whose` is the
    key of a team, OWN for those of no team, or empty for all.
    """
    active = _active(browser).values("assessment")
    if show == "deleted":
        found = Assessment.deleted.owned_by(browser)
    elif show == "active":
        found = Assessment.objects.filter(pk__in=active)
    else:
        found = Assessment.objects.open_to(browser).exclude(pk__in=active)
    if whose == OWN:
        found = found.exclude(editors__holder__in=Team.objects.values("pk"))
    elif whose:
        found = found.of_team(uuid.UUID(whose))
    for word in search.split():
        found = found.filter(Q(title__icontains=word) | Q(context__icontains=word))
    rows = Editor.objects.held_by(browser).filter(assessment=OuterRef("pk"))
    ordered = found.annotate(
        can_answer=Exists(rows.filter(role__in=(Role.EDITOR, Role.OWNER))),
        can_delete=Exists(rows.filter(role=Role.OWNER)),
        team=_team_name(),
        newest_report=Subquery(_newest_reports().values("pk")[:1]),
        deciding_entry=Subquery(_deciding_entries().values("pk")[:1]),
    )
    review_on = Subquery(_deciding_entries().values("review_on")[:1])
    orders: dict[str, list[Any]] = {
        "changed": [],
        "name": [Lower("title")],
        "review": [review_on.asc(nulls_last=True)],
    }
    return ordered.order_by(*orders[sort], "-updated_at", "pk")


def _team_name() -> Coalesce:
    """The name of the team that owns an assessment, or nothing."""
    if not settings.SIGN_IN:
        return Coalesce(Value(""), Value(""))
    owners = Editor.objects.filter(assessment=OuterRef(OuterRef("pk"))).values("holder")
    return Coalesce(Subquery(Team.objects.filter(pk__in=owners).values("name")[:1]), Value(""))


def _newest_reports() -> QuerySet[Report]:
    return Report.objects.filter(assessment=OuterRef("pk")).order_by("-number")


def _deciding_entries() -> QuerySet[RecordEntry]:
    """The newest entry of each record of an assessment, that of an accepted one first."""
    later = RecordEntry.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
    accepted_first = Case(When(status=Status.ACCEPTED, then=0), default=1)
    newest = RecordEntry.objects.filter(~Exists(later), record__report__assessment=OuterRef("pk"))
    return newest.order_by(accepted_first, "-record__report__number")


def rows_of(assessments: QuerySet[Assessment]) -> list[Row]:
    """The rows of these `assessments_of` a browser; as many queries for one as for many."""
    answers = Answer.objects.defer("note")
    found: list[Any] = list(assessments.prefetch_related(Prefetch("answers", queryset=answers)))
    reports = Report.objects.defer("content").in_bulk([a.newest_report for a in found])
    entries = RecordEntry.objects.select_related("record").in_bulk(
        [a.deciding_entry for a in found]
    )
    return [_row(a, reports.get(a.newest_report), entries.get(a.deciding_entry)) for a in found]


def _row(assessment: Any, report: Report | None, decision: RecordEntry | None) -> Row:
    walk = walk_through(assessment, answers_of(assessment))
    names = {a.key: a.name for a in questionnaire_for(assessment).alternatives}
    recommended = report.recommendation if report else ""
    chosen = decision.alternative if decision else ""
    return Row(
        assessment=assessment,
        team=assessment.team,
        can_answer=assessment.can_answer,
        can_delete=assessment.can_delete,
        answered=len(walk.counted),
        asked=len(walk.visible),
        report=report,
        recommended=names.get(recommended, recommended),
        decision=decision,
        chosen=names.get(chosen, chosen),
    )


def other_reports(browser: uuid.UUID) -> QuerySet[Report]:
    """The reports that this browser may read though it doesn't edit their assessment (any more)."""
    edited = Assessment.objects.open_to(browser)
    others = Report.objects.readable_by(browser).exclude(assessment__in=edited)
    found = others.defer("content").select_related("record")
    return found.prefetch_related("record__entries")
