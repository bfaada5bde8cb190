from django.db import migrations, models


class Migration(migrations.Migration):
    """What a portal is registered for at the door that answers machines."""

    dependencies = [
        ('services', '0005_portal_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='portal',
            name='gives_reasons',
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name='portal',
            name='journals_decisions',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
