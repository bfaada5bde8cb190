from typing import Any

from django.db import migrations, models


def note_told(apps: Any, _schema_editor: Any) -> None:  # noqa: ANN401 - as migrations get them
    """Note of acts of which a portal was told already, so that it is not told twice."""
    events = apps.get_model("exchange", "PortalEvent").objects.filter(kind="handeling.betwist")
    acts = apps.get_model("exchange", "ReportedAct").objects
    for act, at in events.values_list("about", "at").iterator():
        acts.filter(id=act).update(disputed_told_at=at)


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0003_overview"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportedact",
            name="disputed_told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(note_told, migrations.RunPython.noop),
    ]
