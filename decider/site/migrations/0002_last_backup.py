from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('site', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='installation',
            name='backed_up_at',
            field=models.DateTimeField(null=True),
        ),
    ]
