"""The rows of all tables as lines of JSON that any database takes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import islice
from typing import IO, Any, Final

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.management.sql import sql_flush
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from decider.site.backup.archive import CHUNK, BadBackup, PartWriter

Model = type[models.Model]

BATCH: Final = 100
"""How many rows are in memory at once: a report or signed PDF may have several 100 kB."""
LEFT_OUT: Final = ("sessions.session", "web.use")
"""Who was signed in signs in again; limits start again."""
MADE_BY_PREPARE: Final = ("questionnaires", "site", "contenttypes", "auth")
"""Apps whose tables have rows before anybody has used an installation."""


class ExactEncoder(DjangoJSONEncoder):
    """Django's encoder, without rounding times to milliseconds."""

    def default(self, value: Any) -> Any:
        """The form of a value that JSON doesn't know."""
        if isinstance(value, datetime | time):
            return value.isoformat()
        return super().default(value)


def backed_up_models() -> dict[str, Model]:
    """The tables of a backup, by the labels of their models in lower case."""
    found = {m._meta.label_lower: m for m in apps.get_models(include_auto_created=True)}
    return {
        label: model
        for label, model in sorted(found.items())
        if model._meta.managed and not model._meta.proxy and label not in LEFT_OUT
    }


def last_migrations() -> dict[str, str]:
    """The last migration of each app, as the code has them."""
    return dict(MigrationLoader(None).graph.leaf_nodes())


def write_rows(model: Model, writer: PartWriter) -> None:
    """All rows of a table, one JSON object a line, in the order of their keys."""
    rows = model._base_manager.order_by("pk").iterator(chunk_size=BATCH)
    names = [field.name for field in model._meta.local_fields]
    buffer = io.BufferedWriter(writer, CHUNK)
    with io.TextIOWrapper(buffer, encoding="utf-8", newline="") as text:
        serializers.serialize("jsonl", rows, stream=text, fields=names, cls=ExactEncoder)


def read_rows(model: Model, lines: IO[bytes]) -> None:
    """Insert the rows of a table; raises BadBackup for foreign ones.

    They go in as they are: models that refuse changes take them, and no time is set again.
    """
    for batch in _batches(_deserialized(model, lines)):
        if _sets_times(model):
            for row in batch:
                row.save(force_insert=True)
        else:
            model._base_manager.bulk_create([row.object for row in batch])


def _deserialized(model: Model, lines: IO[bytes]) -> Iterator[DeserializedObject]:
    for line in lines:
        try:
            data = json.loads(line)
            (row,) = serializers.deserialize("python", [data])
        except (ValueError, TypeError, KeyError, DeserializationError) as error:
            raise BadBackup(f"A row of {model._meta.label} can't be read: {error}") from None
        if type(row.object) is not model:
            raise BadBackup(f"A row of {model._meta.label} belongs to another table.")
        yield row


def _batches(rows: Iterable[DeserializedObject]) -> Iterator[list[DeserializedObject]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _sets_times(model: Model) -> bool:
    """Whether an ordinary insert would replace a time by the present."""
    fields = model._meta.local_fields
    return any(getattr(f, "auto_now", 0) or getattr(f, "auto_now_add", 0) for f in fields)


def used_tables() -> list[str]:
    """The tables that have rows which somebody made, by the names of what is in them."""
    return [
        str(model._meta.verbose_name)
        for model in backed_up_models().values()
        if model._meta.app_label not in MADE_BY_PREPARE and model._base_manager.exists()
    ]


def remove_all_rows() -> None:
    """Empty every table, those of frozen models too."""
    statements = sql_flush(no_style(), connection)
    connection.ops.execute_sql_flush(statements)


def settle_tables(loaded: Iterable[Model]) -> None:
    """Let new rows get keys after those of the loaded ones, and check all foreign keys.

    Raises IntegrityError where a row belongs to one that isn't there.
    """
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(loaded)):
            cursor.execute(statement)
