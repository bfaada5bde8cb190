from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0006_last_key'),
    ]

    operations = [
        migrations.AddField(
            model_name='authorizationrequest',
            name='login_kind',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='login_level',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
    ]
