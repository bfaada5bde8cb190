from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0007_asking'),
    ]

    operations = [
        migrations.AddField(
            model_name='fetchedkeys',
            name='address',
            field=models.CharField(blank=True, db_default='', default='', max_length=512),
        ),
    ]
