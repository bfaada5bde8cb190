"""What the practice environment remembers until the night: casts, visitors, exercises, groups. One SQLite file.

Every call is a transaction of its own on a connection of its own, so any thread and any process may call.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rehearsal.practice import casts
from rehearsal.practice.casts import Cast

FILE = "book.sqlite3"
SYMBOLS = "346789BCDFGHJKMPQRTVWXY"
PATIENCE = 20.0
MOST_CASTS = 2000
"""The published range for tests holds 9,090 numbers, of which each cast takes four."""
_TABLES = """
CREATE TABLE IF NOT EXISTS taken (what TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS casts (id TEXT PRIMARY KEY, told TEXT NOT NULL,
  visitor TEXT, claimed_at TEXT, current INTEGER);
CREATE TABLE IF NOT EXISTS numbers (number TEXT PRIMARY KEY, "cast" TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS visitors (id TEXT PRIMARY KEY, code TEXT UNIQUE NOT NULL,
  arrived_at TEXT NOT NULL, grp TEXT);
CREATE TABLE IF NOT EXISTS browsers (digest TEXT PRIMARY KEY, visitor TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS groups (code TEXT PRIMARY KEY, owner TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS runs (visitor TEXT, exercise TEXT, "cast" TEXT NOT NULL, began_at TEXT NOT NULL,
  steps INTEGER NOT NULL DEFAULT 0, finished_at TEXT, PRIMARY KEY (visitor, exercise));
CREATE INDEX IF NOT EXISTS casts_by_visitor ON casts (visitor, current);
"""


@dataclass(frozen=True)
class Visitor:
    """Somebody who practises. `code` lets another browser of theirs join."""

    id: str
    code: str
    group: str


@dataclass(frozen=True)
class Run:
    """How far a visitor is with an exercise: since when, with which cast, and how many steps are done."""

    exercise: str
    cast: str
    began_at: datetime
    steps: int
    finished_at: datetime | None


class Book:
    """The file, in the folder of the practice environment."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        # Stays open: whenever the last connection closes SQLite tidies the whole file up, which takes long.
        self._anchor = sqlite3.connect(self._file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        self._anchor.execute("PRAGMA journal_mode=WAL")
        self._anchor.executescript(_TABLES)

    # Casts

    def claim(self, what: str) -> bool:
        """Take a number or a name for good; False when it was taken before."""
        with self._writing() as connection:
            done = connection.execute("INSERT OR IGNORE INTO taken VALUES (?)", (what,))
            return done.rowcount == 1

    def add(self, cast: Cast) -> None:
        """Keep a cast that is ready for whoever comes."""
        with self._writing() as connection:
            connection.execute("INSERT INTO casts (id, told) VALUES (?, ?)", (cast.id, cast.to_json()))
            connection.executemany("INSERT INTO numbers VALUES (?, ?)", [(one, cast.id) for one in cast.numbers])

    def ready(self) -> int:
        """Count the casts that wait for somebody."""
        with closing(self._connect()) as connection:
            found = connection.execute("SELECT count(*) FROM casts WHERE visitor IS NULL").fetchone()
            return int(found[0])

    def is_spent(self) -> bool:
        """Say whether no more casts can be made before the night: the numbers for tests run out."""
        with closing(self._connect()) as connection:
            return bool(connection.execute("SELECT count(*) >= ? FROM casts", (MOST_CASTS,)).fetchone()[0])

    def cast_with(self, number: str) -> Cast | None:
        """Give the cast in which somebody has this BSN, or the organisation this KvK number."""
        return self._cast('id = (SELECT "cast" FROM numbers WHERE number = ?)', number)

    def cast_of(self, visitor: Visitor) -> Cast | None:
        """Give the cast with which this visitor practises now."""
        return self._cast("visitor = ? AND current = 1", visitor.id)

    def claimed_at(self, cast: Cast) -> datetime:
        """Give since when somebody has this cast."""
        with closing(self._connect()) as connection:
            found = connection.execute("SELECT claimed_at FROM casts WHERE id = ?", (cast.id,)).fetchone()
            return datetime.fromisoformat(found[0])

    def give_cast(self, visitor: Visitor, *, now: datetime) -> bool:
        """Give this visitor a new cast, instead of the one before; False when none is ready."""
        with self._writing() as connection:
            waiting = connection.execute("SELECT id FROM casts WHERE visitor IS NULL LIMIT 1").fetchone()
            if waiting is None:
                return False
            connection.execute("UPDATE casts SET current = 0 WHERE visitor = ?", (visitor.id,))
            connection.execute(
                "UPDATE casts SET visitor = ?, claimed_at = ?, current = 1 WHERE id = ?",
                (visitor.id, now.isoformat(), waiting[0]),
            )
            return True

    # Visitors

    def arrive(self, *, group: str, now: datetime) -> Visitor:
        """Keep that somebody begins, perhaps in a group."""
        visitor = Visitor(id=secrets.token_hex(8), code=_code(10), group=group)
        with self._writing() as connection:
            words = (visitor.id, visitor.code, now.isoformat(), group)
            connection.execute("INSERT INTO visitors VALUES (?, ?, ?, ?)", words)
        return visitor

    def open_browser(self, visitor: Visitor) -> str:
        """Give a new secret by which a browser shows that it is this visitor's. Only its digest is kept."""
        token = secrets.token_urlsafe(32)
        with self._writing() as connection:
            connection.execute("INSERT INTO browsers VALUES (?, ?)", (_digest(token), visitor.id))
        return token

    def visitor(self, token: str) -> Visitor | None:
        """Give whose browser this is."""
        return self._visitor("id = (SELECT visitor FROM browsers WHERE digest = ?)", _digest(token)) if token else None

    def visitor_with(self, code: str) -> Visitor | None:
        """Give the visitor with this practice code."""
        return self._visitor("code = ?", tidy(code))

    def join(self, visitor: Visitor, *, group: str) -> None:
        """Put a visitor in a group."""
        with self._writing() as connection:
            connection.execute("UPDATE visitors SET grp = ? WHERE id = ?", (group, visitor.id))

    # Groups

    def make_group(self, owner: Visitor) -> str:
        """Give the group of this trainer, made now when there was none."""
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO groups VALUES (?, ?)", (_code(6), owner.id))
        return self.group_of(owner)

    def group_of(self, owner: Visitor) -> str:
        """Give the code of the group that this visitor made; empty when there is none."""
        with closing(self._connect()) as connection:
            found = connection.execute("SELECT code FROM groups WHERE owner = ?", (owner.id,)).fetchone()
            return str(found[0]) if found else ""

    def find_group(self, code: str) -> str:
        """Give the group with this code as it is kept; empty when there is none."""
        with closing(self._connect()) as connection:
            found = connection.execute("SELECT code FROM groups WHERE code = ?", (tidy(code),)).fetchone()
            return str(found[0]) if found else ""

    def members(self, group: str) -> list[Visitor]:
        """Give who is in a group, in the order in which they came."""
        with closing(self._connect()) as connection:
            asked = "SELECT id, code, grp FROM visitors WHERE grp = ? ORDER BY arrived_at, id"
            rows = connection.execute(asked, (group,))
            return [Visitor(id=row[0], code=row[1], group=row[2]) for row in rows]

    # Exercises

    def begin(self, visitor: Visitor, *, exercise: str, cast: Cast, now: datetime) -> None:
        """Keep that a visitor begins an exercise, or begins it again; what was finished once stays known."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO runs VALUES (?, ?, ?, ?, 0, NULL) ON CONFLICT (visitor, exercise)"
                ' DO UPDATE SET "cast" = excluded."cast", began_at = excluded.began_at, steps = 0',
                (visitor.id, exercise, cast.id, now.isoformat()),
            )

    def runs(self, visitor: Visitor) -> dict[str, Run]:
        """Give how far this visitor is, by exercise."""
        with closing(self._connect()) as connection:
            rows = connection.execute("SELECT * FROM runs WHERE visitor = ?", (visitor.id,)).fetchall()
        return {row[1]: _run(row) for row in rows}

    def note(self, visitor: Visitor, *, exercise: str, steps: int, finished_at: datetime | None) -> None:
        """Keep how many steps are done, and when it was finished for the first time."""
        moment = finished_at.isoformat() if finished_at else None
        with self._writing() as connection:
            connection.execute(
                "UPDATE runs SET steps = ?, finished_at = coalesce(finished_at, ?) WHERE visitor = ? AND exercise = ?",
                (steps, moment, visitor.id, exercise),
            )

    def _cast(self, where: str, value: str) -> Cast | None:
        with closing(self._connect()) as connection:
            found = connection.execute(f"SELECT told FROM casts WHERE {where}", (value,)).fetchone()
            return casts.from_json(found[0]) if found else None

    def _visitor(self, where: str, value: str) -> Visitor | None:
        with closing(self._connect()) as connection:
            found = connection.execute(f"SELECT id, code, grp FROM visitors WHERE {where}", (value,)).fetchone()
            return Visitor(id=found[0], code=found[1], group=found[2]) if found else None

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=PATIENCE, isolation_level=None)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def tidy(code: str) -> str:
    """Give a code as it is kept: people type it with dashes, spaces and small letters."""
    return "".join(symbol for symbol in code.upper() if symbol in SYMBOLS)


def in_parts(code: str) -> str:
    """Give a code as people read it: in two halves."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def _code(length: int) -> str:
    return "".join(secrets.choice(SYMBOLS) for _ in range(length))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _run(row: tuple[str, str, str, str, int, str | None]) -> Run:
    _, exercise, cast, began_at, steps, finished_at = row
    finished = datetime.fromisoformat(finished_at) if finished_at else None
    return Run(exercise, cast=cast, began_at=datetime.fromisoformat(began_at), steps=steps, finished_at=finished)
