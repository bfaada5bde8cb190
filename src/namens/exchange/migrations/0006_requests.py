from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0003_overview'),
    ]

    operations = [
        migrations.AddField(
            model_name='allowance',
            name='requests',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
