"""Keep who joined a round, which until then only the owner of their assessment said."""

from typing import Any

from django.db import migrations, models


def keep_owners(apps: Any, _schema_editor: object) -> None:
    """Take whoever owns the assessment of a participant for who joined."""
    Editor = apps.get_model("assessments", "Editor")
    Participant = apps.get_model("rounds", "Participant")
    owners = Editor.objects.filter(
        assessment=models.OuterRef("assessment"), is_owner=True
    ).values("browser")
    Participant.objects.update(joined_by=models.Subquery(owners))


class Migration(migrations.Migration):

    dependencies = [
        ("rounds", "0002_removed_participants"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="joined_by",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(keep_owners, migrations.RunPython.noop),
    ]
