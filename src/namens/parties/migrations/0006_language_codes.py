from django.db import migrations, models


class Migration(migrations.Migration):
    """Codes of languages can be longer than two letters (pap)."""

    dependencies = [("parties", "0005_folded_name")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="letter_language",
            field=models.CharField(default="nl", max_length=12),
        ),
    ]
