"""Our own administration: what we know of people, by the id that only we have, and who changed what for whom."""

from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Connection, Row

from mijn_toeslagen import figures, reports
from mijn_toeslagen.figures import File
from mijn_toeslagen.store import Store
from mijn_toeslagen.visitor import Visitor

TABLES = """
CREATE TABLE IF NOT EXISTS file (person TEXT PRIMARY KEY, income INTEGER NOT NULL, account TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS change (
    number TEXT PRIMARY KEY, person TEXT NOT NULL, field TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
    by_id TEXT NOT NULL, by_name TEXT NOT NULL, mandate TEXT, changed_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS change_person ON change (person, changed_at);
"""
SHOWN = 50
SET = {
    "income": "UPDATE file SET income = ? WHERE person = ?",
    "account": "UPDATE file SET account = ? WHERE person = ?",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """What was changed, as somebody may see it: a helper does not read the names of other helpers."""

    field: str
    old: str
    new: str
    by: str
    on_behalf: bool
    at: datetime
    disputed: bool


@dataclass(frozen=True)
class Administration:
    """The file with what we know."""

    store: Store

    def __post_init__(self) -> None:
        self.store.prepare(TABLES + reports.TABLES)

    def file_of(self, person: str) -> File:
        """Give what we know of somebody; filled in at first sight, because this is an example."""
        with self.store.open() as connection:
            return _file(connection, person)

    def record(self, visitor: Visitor, *, number: str, field: str, value: str, act: str, now: datetime) -> None:
        """Change something, and note who did it for whom. The same number a second time changes nothing.

        What somebody did for somebody else is kept to be reported as `act`, in the same transaction; with no name for
        it nothing is.
        """
        person = visitor.subject.id
        with self.store.open() as connection:
            old = str(getattr(_file(connection, person), field))
            mandate = visitor.acting.mandate if visitor.acting else None
            who = (visitor.person.id, visitor.signature, mandate, now.timestamp())
            added = connection.execute(
                "INSERT OR IGNORE INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, person, field, old, value, *who),
            )
            if added.rowcount:
                connection.execute(SET[field], (value, person))
                if visitor.acting and act:
                    reports.keep(connection, visitor, visitor.acting, reference=number, act=act, now=now)

    def changes_of(self, person: str, *, seen_by: Visitor) -> list[Change]:
        """Give what was changed for somebody, newest first."""
        with self.store.open() as connection:
            rows = connection.execute(
                "SELECT change.*, disputed_at FROM change LEFT JOIN report ON reference = number "
                "WHERE person = ? ORDER BY changed_at DESC LIMIT ?",
                (person, SHOWN),
            ).fetchall()
        return [_change(row, seen_by) for row in rows]


def _file(connection: Connection, person: str) -> File:
    first = figures.first_file(person)
    connection.execute("INSERT OR IGNORE INTO file VALUES (?, ?, ?)", (person, first.income, first.account))
    row = connection.execute("SELECT * FROM file WHERE person = ?", (person,)).fetchone()
    return File(person=person, income=row["income"], account=row["account"])


def _change(row: Row, seen_by: Visitor) -> Change:
    known = {seen_by.person.id, seen_by.subject.id}
    may_read = seen_by.acting is None or row["by_id"] in known
    return Change(
        field=row["field"],
        old=row["old"],
        new=row["new"],
        by=row["by_name"] if may_read else "een andere helper",
        on_behalf=row["mandate"] is not None,
        at=datetime.fromtimestamp(row["changed_at"], UTC),
        disputed=row["disputed_at"] is not None,
    )
