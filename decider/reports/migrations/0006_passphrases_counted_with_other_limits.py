from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_sign_older_entries")]

    operations = [
        migrations.AlterField(
            "sharelink", "attempts", models.PositiveIntegerField(default=0, db_default=0)
        ),
        # The columns stay: servers of the version before go on using them while this one starts.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("sharelink", "attempts"),
                migrations.RemoveField("sharelink", "attempted_at"),
            ]
        ),
    ]
