import django.db.models.deletion
import django.utils.timezone
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
    ]

    operations = [
        migrations.CreateModel(
            name='Alternative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=200)),
                ('summary', models.TextField()),
                ('fits', models.TextField()),
                ('watch', models.JSONField(blank=True, default=list)),
                ('first_steps', models.JSONField(blank=True, default=list)),
                ('technologies', models.JSONField(blank=True, default=list)),
                ('road', models.JSONField(blank=True, null=True)),
                ('layers', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'db_table': 'decider_alternative',
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuestionnaireVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('summary', models.TextField()),
                ('language', models.CharField(max_length=20)),
                ('anchors', models.JSONField()),
                ('weight_origin', models.TextField(blank=True, default='')),
                ('digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'db_table': 'decider_questionnaireversion',
                'ordering': ['key', 'number'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('key', 'number'), name='version_once')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('help', models.TextField()),
                ('example', models.TextField()),
                ('weight', models.PositiveSmallIntegerField()),
                ('factors', models.JSONField(blank=True, default=list)),
                ('quotations', models.JSONField(blank=True, default=list)),
                ('shown_when', models.JSONField(blank=True, null=True)),
                ('kind', models.CharField(default='estimate', max_length=10)),
                ('layer', models.CharField(blank=True, default='', max_length=60)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_question',
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('label', models.TextField()),
                ('help', models.TextField(blank=True)),
                ('prior', models.PositiveSmallIntegerField()),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='questionnaires.question')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_choice',
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CandidateRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('when', models.JSONField()),
                ('condition', models.CharField(max_length=200)),
                ('otherwise', models.TextField()),
                ('alternative', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='candidate', to='questionnaires.alternative')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_candidaterule',
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='alternative',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion'),
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('when', models.JSONField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_requirement',
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Compliance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('status', models.CharField(max_length=12)),
                ('condition', models.TextField(blank=True)),
                ('reason', models.TextField()),
                ('quotations', models.JSONField(blank=True, default=list)),
                ('basis', models.TextField(blank=True)),
                ('alternative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='compliance', to='questionnaires.alternative')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='compliance', to='questionnaires.requirement')),
            ],
            options={
                'db_table': 'decider_compliance',
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('intro', models.TextField()),
                ('weight', models.PositiveSmallIntegerField()),
                ('worst', models.TextField(blank=True)),
                ('best', models.TextField(blank=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_section',
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='question',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='questionnaires.section'),
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('author', models.CharField(max_length=200)),
                ('publisher', models.CharField(blank=True, max_length=200)),
                ('date', models.CharField(blank=True, max_length=200)),
                ('url', models.CharField(blank=True, max_length=200)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_source',
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Quotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('factor', models.CharField(max_length=60)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotations', to='questionnaires.source')),
            ],
            options={
                'db_table': 'decider_quotation',
                'ordering': ['version', 'position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Layer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('values', models.JSONField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_layer',
                'ordering': ['version', 'position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('version', 'key'), name='layer_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('value', models.SmallIntegerField()),
                ('low', models.SmallIntegerField()),
                ('high', models.SmallIntegerField()),
                ('veto', models.BooleanField(default=False)),
                ('reason', models.TextField()),
                ('quotations', models.JSONField(blank=True, default=list)),
                ('basis', models.TextField(blank=True)),
                ('alternative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='questionnaires.alternative')),
                ('choice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='questionnaires.choice')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_evidence',
                'ordering': ['version', 'position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('choice', 'alternative'), name='evidence_once'), models.CheckConstraint(condition=models.Q(('high__lte', 2), ('low__gte', -2), ('low__lte', models.F('value')), ('value__lte', models.F('high'))), name='evidence_range')],
            },
        ),
        migrations.CreateModel(
            name='Disagreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('topic', models.TextField()),
                ('a', models.JSONField()),
                ('b', models.JSONField()),
                ('resolution', models.TextField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_disagreement',
                'ordering': ['version', 'position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('version', 'key'), name='disagreement_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('when', models.JSONField()),
                ('message', models.TextField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.questionnaireversion')),
            ],
            options={
                'db_table': 'decider_conflict',
                'ordering': ['version', 'position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('version', 'key'), name='conflict_key_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('question', 'key'), name='choice_key_once'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.CheckConstraint(condition=models.Q(('prior__gte', 1), ('prior__lte', 100)), name='choice_prior'),
        ),
        migrations.AddConstraint(
            model_name='alternative',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='alternative_key_once'),
        ),
        migrations.AddConstraint(
            model_name='requirement',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='requirement_key_once'),
        ),
        migrations.AddConstraint(
            model_name='compliance',
            constraint=models.UniqueConstraint(fields=('requirement', 'alternative'), name='compliance_once'),
        ),
        migrations.AddConstraint(
            model_name='compliance',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('met', 'on_condition', 'not_met'))), name='compliance_status'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='section_key_once'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('weight__lte', 100)), name='section_weight'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='question_key_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('fact', 'estimate', 'decision'))), name='question_kind'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 9)), name='question_weight'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='source_key_once'),
        ),
        migrations.AddConstraint(
            model_name='quotation',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='quotation_key_once'),
        ),
    ]
