"""The database refuses to change or remove journal entries."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from namens.journal.guard import INSTALL, REMOVE


def install(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in INSTALL[editor.connection.vendor]:
        editor.execute(statement)


def remove(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REMOVE[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
