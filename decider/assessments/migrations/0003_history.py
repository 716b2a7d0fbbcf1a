import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0002_workspace'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('actor', models.UUIDField(null=True)),
                ('kind', models.CharField(choices=[('started', 'Beginning'), ('answer', 'Answer'), ('weights', 'Weights'), ('details', 'Name and context'), ('deleted', 'Deletion'), ('undeleted', 'Undone deletion'), ('joined', 'New editor'), ('taken-along', 'Work taken into an account'), ('left', 'Editor who left'), ('removed', 'Removed editor'), ('owner', 'New owner'), ('role', 'Role in the team'), ('edit-link', 'Replaced private edit link'), ('report', 'Saved report'), ('shared', 'New share link'), ('unshared', 'Revoked share link'), ('reshared', 'Share link opened again'), ('record', 'Decision record'), ('sign-off', 'Sign-off')], max_length=20)),
                ('question_key', models.CharField(blank=True, max_length=100)),
                ('before', models.JSONField(null=True)),
                ('details', models.JSONField(default=dict)),
                ('assessment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='assessments.assessment')),
            ],
            options={
                'db_table': 'decider_change',
                'ordering': ['-pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['assessment', '-id'], name='change_of_assessment'), models.Index(fields=['assessment', 'question_key', '-id'], name='change_of_question')],
            },
        ),
    ]
