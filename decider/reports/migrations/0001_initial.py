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
        ('assessments', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignedPdf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('content', models.BinaryField()),
            ],
            options={
                'db_table': 'decider_signedpdf',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.CharField(blank=True, max_length=40)),
                ('version', models.PositiveIntegerField(null=True)),
                ('genuine', models.BooleanField()),
                ('remarks', models.JSONField(default=list)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='imported_from', to='assessments.assessment')),
            ],
            options={
                'db_table': 'decider_readin',
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('content', models.TextField()),
                ('content_hash', models.CharField(max_length=64)),
                ('method', models.CharField(max_length=40)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('saved_by', models.UUIDField(db_index=True)),
                ('assessment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='assessments.assessment')),
            ],
            options={
                'db_table': 'decider_report',
                'ordering': ['-saved_at', '-number'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('browser', models.UUIDField(db_index=True)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readers', to='reports.report')),
            ],
            options={
                'db_table': 'decider_reader',
            },
        ),
        migrations.CreateModel(
            name='IssuedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issued_files', to='reports.report')),
            ],
            options={
                'db_table': 'decider_issuedfile',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DecisionRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('serial', models.PositiveIntegerField()),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='record', to='reports.report')),
            ],
            options={
                'db_table': 'decider_decisionrecord',
                'ordering': ['-year', '-serial'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ShareLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('label', models.CharField(blank=True, max_length=80)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('last_opened_at', models.DateTimeField(blank=True, null=True)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='share_links', to='reports.report')),
            ],
            options={
                'db_table': 'decider_sharelink',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=16)),
                ('value', models.CharField(max_length=88, unique=True)),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='reports.report')),
            ],
            options={
                'db_table': 'decider_signature',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RecordEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.CharField(blank=True, max_length=200)),
                ('why', models.TextField(blank=True, max_length=4000)),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('accepted', 'Accepted'), ('rejected', 'Rejected'), ('deprecated', 'Deprecated'), ('superseded', 'Superseded')], max_length=20)),
                ('alternative', models.CharField(blank=True, max_length=100)),
                ('reason', models.TextField(blank=True, max_length=4000)),
                ('deciders', models.CharField(blank=True, max_length=200)),
                ('consulted', models.CharField(blank=True, max_length=200)),
                ('informed', models.CharField(blank=True, max_length=200)),
                ('consequences', models.TextField(blank=True, max_length=4000)),
                ('confirmation', models.TextField(blank=True, max_length=4000)),
                ('review_on', models.DateField(blank=True, null=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='reports.decisionrecord')),
                ('supersedes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseding', to='reports.decisionrecord')),
            ],
            options={
                'db_table': 'decider_recordentry',
                'ordering': ['record', 'number'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('record', 'number'), name='record_entry_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('assessment', 'number'), name='report_number_once'),
        ),
        migrations.AddConstraint(
            model_name='reader',
            constraint=models.UniqueConstraint(fields=('report', 'browser'), name='reader_once'),
        ),
        migrations.AddConstraint(
            model_name='decisionrecord',
            constraint=models.UniqueConstraint(fields=('serial',), name='record_once'),
        ),
    ]
