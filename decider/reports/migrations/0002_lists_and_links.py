import json
from typing import Any

from django.db import migrations, models


def copy_recommendations(apps: Any, schema_editor: Any) -> None:
    """Take what lists show of a report out of its document."""
    Report = apps.get_model('reports', 'Report')
    for key in list(Report.objects.values_list('pk', flat=True)):
        report = Report.objects.get(pk=key)
        result = json.loads(report.content)['result']
        Report.objects.filter(pk=key).update(
            recommendation=result['recommendation'] or '',
            certainty=result['wording']['words'],
        )


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='recommendation',
            field=models.CharField(blank=True, default='', max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='report',
            name='certainty',
            field=models.CharField(blank=True, default='', max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='sharelink',
            name='follows_newest',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='openings',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='passphrase_hash',
            field=models.CharField(blank=True, default='', max_length=128),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='sharelink',
            name='attempts',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='attempted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='sharelink',
            name='expires_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(copy_recommendations, migrations.RunPython.noop),
    ]
