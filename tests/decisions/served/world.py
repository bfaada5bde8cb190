"""A world of one's own for what may crash: tables, a catalogue, keys, a portal and people, in a process of its own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools import fixed_settings, postgresql


@dataclass
class World:
    """Where its database is: on a server of its own, or in a file."""

    address: str
    server: postgresql.Server | None = None
    file: Path | None = None


@contextmanager
def world(kind: str) -> Iterator[World]:
    """Have a database with tables, and Django that uses it; `kind` is `postgresql` or `sqlite`."""
    if kind == "postgresql":
        with postgresql.running() as server:
            yield _begun(World(server.create_database("world"), server=server))
    else:
        with tempfile.TemporaryDirectory(prefix="namens-world-") as folder:
            file = Path(folder) / "world.sqlite3"
            yield _begun(World(f"sqlite:///{file}", file=file))


def _begun(world: World) -> World:
    fixed_settings.apply(database_url=world.address)
    os.environ["DJANGO_SETTINGS_MODULE"] = "namens.settings"
    import django  # noqa: PLC0415 - the settings come first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above
    from django.test.utils import setup_test_environment  # noqa: PLC0415 - as above

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    return world
