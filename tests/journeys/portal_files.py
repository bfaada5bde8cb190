"""What the example portals keep in files of their own: emptied between tests, and looked into by those about events."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from tools.practice import Practice
from tools.practice_portals import Portal

KEPT = {
    "administration.sqlite3": ("report", "change", "file"),
    "sessions.sqlite3": ("session", "ended"),
}


def empty_files(practice: Practice) -> None:
    """Forget what people did at the portals. What was still to be reported there is nobody's any more."""
    for portal in practice.portals:
        for name, tables in KEPT.items():
            with _file(practice, portal, name) as connection:
                for table in tables:
                    connection.execute(f"DELETE FROM {table}")


def is_up_to(practice: Practice, numbers: Mapping[str, int]) -> None:
    """Let each portal have heard everything up to this number of its own: what came before was emptied at Namens too.

    One that did not begin yet begins by itself.
    """
    for portal in practice.portals:
        number = numbers.get(portal.client_id, 0)
        with _file(practice, portal, "events.sqlite3") as connection:
            connection.execute("UPDATE stream SET read = ?", (number,))
            connection.execute("DELETE FROM event WHERE number <= ?", (number,))


def heard_up_to(practice: Practice, portal: Portal) -> int:
    """Give the number up to which a portal heard everything."""
    with _file(practice, portal, "events.sqlite3") as connection:
        return int(connection.execute("SELECT coalesce(max(read), 0) FROM stream").fetchone()[0])


def logins_at(practice: Practice, portal: Portal) -> int:
    """Give how many people are logged in at a portal for somebody else."""
    with _file(practice, portal, "sessions.sqlite3") as connection:
        contents = [json.loads(row[0]) for row in connection.execute("SELECT content FROM session WHERE sid <> ''")]
    return sum("represents" in content.get("claims", {}) for content in contents)


def folder_of(practice: Practice, portal: Portal) -> Path:
    """Give where a portal keeps its files."""
    return practice.folder / f"portal-{portal.name}"


@contextmanager
def _file(practice: Practice, portal: Portal, name: str) -> Iterator[sqlite3.Connection]:
    """Open one of the files; nothing is in it before the portal made its tables."""
    path = folder_of(practice, portal) / name
    with closing(sqlite3.connect(path, timeout=20)) as connection, connection:
        yield connection
