"""Say of letters that wait already for whom they are and when they were promised."""

from datetime import date
from uuid import UUID

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Copy both out of the payload."""
    del schema_editor
    rows = apps.get_model("outbox", "OutboxRow").objects
    for row in rows.filter(kind="letter", settled_at__isnull=True, party__isnull=True).iterator():
        told = {"party": UUID(row.payload["party"]), "promised_for": date.fromisoformat(row.payload["by"])}
        rows.filter(id=row.id).update(**told)


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_what_waits")]
    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
