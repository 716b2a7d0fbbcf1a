"""Migrations run while the version before still serves: what that version writes must be taken."""

from __future__ import annotations

from django.db.migrations import (
    AddField,
    AlterField,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
)
from django.db.migrations.loader import MigrationLoader

BEFORE_THE_RULE = {
    ("assessments", "0002_workspace", "AddField"),
    ("questionnaires", "0001_initial", "AddField"),
    ("questionnaires", "0002_quotation_speaker", "AddField"),
    ("questionnaires", "0003_content_of_versions", "DeleteModel"),
    ("questionnaires", "0003_content_of_versions", "RemoveField"),
    ("reports", "0002_lists_and_links", "AddField"),
    ("reports", "0006_passphrases_counted_with_other_limits", "AlterField"),
}
"""Migrations of versions that were upgraded by a stop."""


def breaks_writers(operation) -> bool:
    """Whether code that doesn't know of this could no longer save rows."""
    if isinstance(operation, RemoveField | DeleteModel | RenameField | RenameModel):
        return True
    if not isinstance(operation, AddField | AlterField):
        return False
    field = operation.field
    return not (field.null or field.has_db_default() or field.many_to_many)


def test_no_migration_breaks_what_the_version_before_writes():
    found = {
        (app, name, type(operation).__name__)
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if migration.__module__.startswith("decider.")
        for operation in migration.operations
        if breaks_writers(operation)
    }
    assert found <= BEFORE_THE_RULE
