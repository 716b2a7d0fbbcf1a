"""`Reader.browser` is called `holder`: it also holds keys of persons and teams. The column stays."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Changes nothing in the database, so that the version before can go on."""

    dependencies: ClassVar = [("reports", "0011_erased_reports")]

    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("reader", "reader_once"),
                migrations.RenameField("reader", "browser", "holder"),
                migrations.AlterField(
                    "reader", "holder", models.UUIDField(db_column="browser", db_index=True)
                ),
                migrations.AddConstraint(
                    "reader",
                    models.UniqueConstraint(fields=["report", "holder"], name="reader_once"),
                ),
            ]
        )
    ]
