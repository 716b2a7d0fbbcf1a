"""Pages on a database with ten stored assessments, and with a hundred thousand.

On SQLite and on PostgreSQL: what people read must take the same time, by indexes.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.measure import line, median_ms
from benchmarks.web import prepare, stepper
from tests.run import on_postgresql, run

FEW, MANY = 10, 100_000
BATCH = 10_000
ANSWERS = 10
"""How many answers each stored assessment has, and how many changes in its history."""
RATIO = 1.3
REPEAT = 60
WHOLE_TABLE = re.compile(r"(SCAN|Seq Scan on) (decider_(assessment|editor|answer|change)\b|U\d)")
"""In the plans of SQLite and PostgreSQL: of the tables that are filled here, which in subqueries of
SQLite are called U0 and so on. PostgreSQL reads empty ones whole."""


def main() -> bool:
    """Print the figures of both databases; True if all are within their limits."""
    command = ["python", "-m", "benchmarks.growth"]
    # Each in a process of its own, since Django knows one database only.
    return all([run("SQLite", command), on_postgresql("PostgreSQL", command)])


def grow() -> bool:
    """Print the figures of one database; True if all are within their limits."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder, os.environ.get("DECIDER_DATABASE_URL", ""))
        step, result, client = stepper()
        pages = {"step": step, "list": lambda: client.get("/assessments/"), "result": result}
        store(FEW)
        few = {name: milliseconds(page) for name, page in pages.items()}
        store(MANY - FEW)
        checks = [grown(name, page, few[name]) for name, page in pages.items()]
    return all(checks)


def grown(name: str, page: Callable[[], Any], few: float) -> bool:
    """Print how much longer a page takes now, and how many of its queries read a whole table."""
    many = milliseconds(page)
    with explained() as plans:
        page()
    scans = [plan for plan in plans if is_scan(plan)]
    print("".join(f"{plan}\n" for plan in scans), end="", flush=True)
    return all(
        [
            line(f"{name} ({few:.1f} ms) with {MANY} assessments, to {FEW}", many / few, RATIO, ""),
            line(f"{name}, queries that read a whole table of {len(plans)}", len(scans), 0, ""),
        ]
    )


def milliseconds(page: Callable[[], Any]) -> float:
    """The time of a page; SQLite works in this process, which other work can't disturb."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    return median_ms(page, repeat=REPEAT, clock=clock)


def store(count: int) -> None:
    """Store so many assessments more, each of another browser, with ANSWERS answers."""
    from django.db import connection

    for start in range(0, count, BATCH):
        _store_some(min(BATCH, count - start))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _store_some(count: int) -> None:
    from django.db import connection

    from decider.assessments.models import Assessment, Editor
    from decider.questionnaires.versions import latest_version

    version = latest_version()
    rows = [Assessment(version=version, title=f"Application {n}") for n in range(count)]
    Assessment.objects.bulk_create(rows)
    Editor.objects.bulk_create(
        [Editor(assessment=row, holder=uuid.uuid4(), is_owner=True) for row in rows]
    )
    with connection.cursor() as cursor:
        cursor.execute(COPY_ANSWERS)
        cursor.execute(COPY_CHANGES)


COPY_CHANGES = f"""
INSERT INTO decider_change (assessment_id, at, actor, kind, question_key, before, details)
SELECT a.id, q.at, q.actor, q.kind, q.question_key, q.before, q.details
FROM decider_assessment a CROSS JOIN (SELECT * FROM decider_change ORDER BY id LIMIT {ANSWERS}) q
WHERE NOT EXISTS (SELECT 1 FROM decider_change o WHERE o.assessment_id = a.id)
"""

COPY_ANSWERS = f"""
INSERT INTO decider_answer (assessment_id, question_key, value, note, revision, updated_at)
SELECT a.id, q.question_key, q.value, q.note, 1, q.updated_at
FROM decider_assessment a CROSS JOIN (SELECT * FROM decider_answer ORDER BY id LIMIT {ANSWERS}) q
WHERE NOT EXISTS (SELECT 1 FROM decider_answer o WHERE o.assessment_id = a.id)
"""


@contextmanager
def explained() -> Iterator[list[str]]:
    """How the database finds the rows of each query that is made meanwhile."""
    from django.db import connection

    plans: list[str] = []
    words = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SELECT", "UPDATE")):
            with context["connection"].cursor() as cursor:
                cursor.cursor.execute(f"{words} {sql}", params)
                plans.append("\n".join(str(row[-1]) for row in cursor.cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield plans


def is_scan(plan: str) -> bool:
    """Whether a plan of a query reads all rows of a table that grows with the assessments."""
    return bool(WHOLE_TABLE.search(plan))


if __name__ == "__main__":
    sys.exit(0 if grow() else 1)
