from django.db import migrations, models


class Migration(migrations.Migration):
    """What a refresh token was bound to, so that what it gets is never bound to less."""

    dependencies = [
        ('grants', '0004_strict'),
    ]

    operations = [
        migrations.AddField(
            model_name='refreshtoken',
            name='binding',
            field=models.CharField(db_default='none', default='none', max_length=20),
        ),
    ]
