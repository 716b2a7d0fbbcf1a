"""Migrations run while the version before still serves: what that version writes must be taken."""

from __future__ import annotations

from django.db.migrations import (
    AddField,
    AlterField,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    SeparateDatabaseAndState,
)
from django.db.migrations.loader import MigrationLoader

BEFORE_THE_RULE = {
    ("assessments", "0002_workspace", "AddField"),
    ("questionnaires", "0001_initial", "AddField"),
    ("questionnaires", "0002_quotation_speaker", "AddField"),
    ("reports", "0002_lists_and_links", "AddField"),
    ("reports", "0006_passphrases_counted_with_other_limits", "AlterField"),
}
"""Migrations of versions that were upgraded by a stop."""


def as_column(field) -> tuple[object, ...]:
    """What the database knows of a field: choices and texts are for forms only."""
    _, path, arguments, options = field.deconstruct()
    return path, arguments, {k: v for k, v in options.items() if k not in field.non_db_attrs}


def changes_no_column(loader, migration, operation) -> bool:
    """Whether a field is altered in a way that the database does not see."""
    if not isinstance(operation, AlterField):
        return False
    before = loader.project_state((migration.app_label, migration.name), at_end=False)
    model = before.models[migration.app_label, operation.model_name_lower]
    return as_column(model.fields[operation.name]) == as_column(operation.field)


def in_database(operations):
    """What of these the database sees; the rest only says how the code calls what is there."""
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from in_database(operation.database_operations)
        else:
            yield operation


def breaks_writers(operation) -> bool:
    """Whether code that doesn't know of this could no longer save rows."""
    if isinstance(operation, RemoveField | DeleteModel | RenameField | RenameModel):
        return True
    if not isinstance(operation, AddField | AlterField):
        return False
    field = operation.field
    return not (field.null or field.has_db_default() or field.many_to_many)


def test_no_migration_breaks_what_the_version_before_writes():
    loader = MigrationLoader(None)
    found = {
        (app, name, type(operation).__name__)
        for (app, name), migration in loader.disk_migrations.items()
        if migration.__module__.startswith("decider.")
        for operation in in_database(migration.operations)
        if breaks_writers(operation) and not changes_no_column(loader, migration, operation)
    }
    assert found <= BEFORE_THE_RULE
