import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # A database from before the apps were apart has these tables already.
    replaces = [
        ('decider', '0001_initial'),
        ('decider', '0002_record_serial_once'),
        ('decider', '0003_reader'),
        ('decider', '0004_requirements'),
        ('decider', '0005_installation_and_signed_pdf'),
        ('decider', '0006_sharelink_public_id'),
        ('decider', '0007_source_url'),
    ]

    dependencies = [
        ('questionnaires', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('context', models.TextField(blank=True, max_length=2000)),
                ('weights', models.JSONField(blank=True, default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('edit_link_serial', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_assessment',
                'ordering': ['-updated_at'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question_key', models.CharField(max_length=100)),
                ('value', models.CharField(max_length=100)),
                ('note', models.TextField(blank=True, max_length=4000)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='assessments.assessment')),
            ],
            options={
                'db_table': 'decider_answer',
                'constraints': [models.UniqueConstraint(fields=('assessment', 'question_key'), name='answer_once')],
            },
        ),
        migrations.CreateModel(
            name='Editor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('browser', models.UUIDField(db_index=True)),
                ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editors', to='assessments.assessment')),
            ],
            options={
                'db_table': 'decider_editor',
                'constraints': [models.UniqueConstraint(fields=('assessment', 'browser'), name='editor_once')],
            },
        ),
    ]
