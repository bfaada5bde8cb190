from django.db import migrations, models


class Migration(migrations.Migration):
    """What the catalogue says in other languages than Dutch."""

    dependencies = [("services", "0002_start_url")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="other_languages",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        )
        for model in ("service", "serviceset")
    ]
