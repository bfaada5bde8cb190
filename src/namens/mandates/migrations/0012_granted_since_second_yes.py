"""Keep since when a second yes granted its actions, for the ones that were given before that was kept."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, _editor):
    """Take the instant of the yes."""
    mandate, second = apps.get_model("mandates", "Mandate"), apps.get_model("mandates", "SecondYes")
    answered = second.objects.filter(mandate=OuterRef("pk"), answer="yes").values("answered_at")[:1]
    mandate.objects.filter(granted_since__isnull=True, second_yes__answer="yes").update(
        granted_since=Subquery(answered)
    )


class Migration(migrations.Migration):
    """Only adds: an older version does not look there."""

    dependencies = [("mandates", "0011_helper_since")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
