import uuid
from typing import Any

from django.db import migrations, models


def give_each_its_own(apps: Any, schema_editor: Any) -> None:
    """Links made before this migration get ids of their own."""
    links = apps.get_model("decider", "ShareLink").objects
    for link in links.only("pk"):
        links.filter(pk=link.pk).update(public_id=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ('decider', '0005_installation_and_signed_pdf'),
    ]

    operations = [
        migrations.AddField(
            model_name='sharelink',
            name='public_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='sharelink',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
