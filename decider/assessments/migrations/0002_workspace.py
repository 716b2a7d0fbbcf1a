from typing import Any

from django.db import migrations, models
from django.db.models import Min


def mark_owners(apps: Any, schema_editor: Any) -> None:
    """Whoever began an assessment owned it: the first of its editors."""
    Editor = apps.get_model('assessments', 'Editor')
    firsts = Editor.objects.values('assessment').annotate(first=Min('pk')).values('first')
    Editor.objects.filter(pk__in=list(firsts.values_list('first', flat=True))).update(is_owner=True)


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Browser',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
            ],
            options={
                'db_table': 'decider_browser',
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='deleted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(condition=models.Q(('deleted_at__isnull', False)), fields=['deleted_at'], name='assessment_deleted'),
        ),
        migrations.AddField(
            model_name='editor',
            name='is_owner',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='editor',
            name='archived_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='editor',
            name='link_offer',
            field=models.CharField(choices=[('answers', 'after the first answers'), ('saving', 'once a report is saved'), ('never', 'no more')], default='answers', max_length=10),
        ),
        migrations.RunPython(mark_owners, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='editor',
            constraint=models.UniqueConstraint(condition=models.Q(('is_owner', True)), fields=('assessment',), name='owner_once'),
        ),
    ]
