from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0004_disputed_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="portalevent",
            name="written_at",
            field=models.DateTimeField(null=True),
        ),
    ]
