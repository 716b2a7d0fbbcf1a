"""`Editor.browser` is called `holder`: it also holds keys of persons and teams. The column stays."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Changes nothing in the database, so that the version before can go on."""

    dependencies: ClassVar = [
        ("assessments", "0005_rounds_in_history"),
        ("rounds", "0003_who_joined"),  # reads the column by its old name
    ]

    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("editor", "editor_once"),
                migrations.RenameField("editor", "browser", "holder"),
                migrations.AlterField(
                    "editor", "holder", models.UUIDField(db_column="browser", db_index=True)
                ),
                migrations.AddConstraint(
                    "editor",
                    models.UniqueConstraint(fields=["assessment", "holder"], name="editor_once"),
                ),
            ]
        )
    ]
