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
            name='Installation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_salt', models.CharField(max_length=32)),
                ('key_digest', models.CharField(max_length=64)),
                ('checked_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'db_table': 'decider_installation',
            },
        ),
    ]
