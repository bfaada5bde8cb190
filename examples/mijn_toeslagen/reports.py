"""Acts that Namens still has to hear of: kept with the change itself, and reported by a thread beside the pages.

So nobody waits for Namens, and an act is not lost when Namens is away, or when we are. The same act may be reported
again: each has a reference of its own.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Connection, Row

from namens_client import Act, AlreadyReported, Member, Namens, NotAllowedThen, Outcome, Person, Rejected, Reported

from mijn_toeslagen.store import Store
from mijn_toeslagen.visitor import Acting, Visitor

TABLES = """
CREATE TABLE IF NOT EXISTS report (
    reference TEXT PRIMARY KEY, act TEXT NOT NULL, client TEXT NOT NULL, helper TEXT NOT NULL,
    organisation TEXT NOT NULL, done_at REAL NOT NULL, outcome TEXT NOT NULL DEFAULT '', disputed_at REAL
);
CREATE INDEX IF NOT EXISTS report_waiting ON report (done_at) WHERE outcome = '';
"""
AT_ONCE = 500
log = logging.getLogger("portal")


@dataclass(frozen=True)
class Reports:
    """The acts, in the file of the administration, which makes the table."""

    store: Store

    def send(self, machine: Namens, *, service: str) -> int:
        """Report what waits, and say how many those were. Raises NoAnswer: then all of them still wait."""
        rows = self._waiting()
        if not rows:
            return 0
        outcomes = machine.report_all([_act(row, service) for row in rows])
        with self.store.open() as connection:
            for row, outcome in zip(rows, outcomes, strict=True):
                connection.execute(
                    "UPDATE report SET outcome = ? WHERE reference = ?", (_word(outcome), row["reference"])
                )
        return len(rows)

    def dispute(self, reference: str, *, now: datetime) -> None:
        """Note that the client says that this act is not right."""
        with self.store.open() as connection:
            words = "UPDATE report SET disputed_at = ? WHERE reference = ? AND disputed_at IS NULL"
            connection.execute(words, (now.timestamp(), reference))

    def outcomes(self) -> list[str]:
        """Give what became of each, the oldest first; empty for what waits."""
        with self.store.open() as connection:
            return [row["outcome"] for row in connection.execute("SELECT outcome FROM report ORDER BY done_at")]

    def _waiting(self) -> Sequence[Row]:
        with self.store.open() as connection:
            words = "SELECT * FROM report WHERE outcome = '' ORDER BY done_at LIMIT ?"
            return connection.execute(words, (AT_ONCE,)).fetchall()


def keep(connection: Connection, visitor: Visitor, acting: Acting, *, reference: str, act: str, now: datetime) -> None:
    """Keep an act to report, in the transaction of the change itself."""
    organisation = acting.organisation.kvk_number if acting.organisation else ""
    connection.execute(
        "INSERT INTO report (reference, act, client, helper, organisation, done_at) VALUES (?, ?, ?, ?, ?, ?)",
        (reference, act, acting.client.id, visitor.person.id, organisation, now.timestamp()),
    )


def _act(row: Row, service: str) -> Act:
    helper, organisation = row["helper"], row["organisation"]
    return Act(
        row["act"],
        at=datetime.fromtimestamp(row["done_at"], UTC),
        reference=row["reference"],
        service=service,
        on_behalf_of=Person(row["client"]),
        by=Member(helper, organisation=organisation) if organisation else Person(helper),
    )


def _word(outcome: Outcome) -> str:
    """Give what we keep of it. What was not taken is for our own team: it is in the log, without people."""
    match outcome:
        case Reported() | AlreadyReported():
            return "reported"
        case NotAllowedThen():
            log.error("an act was done that nobody was allowed to do (request %s at Namens)", outcome.request_id)
            return "not allowed then"
        case Rejected():
            log.error("an act was not taken: %s (request %s at Namens)", outcome.code, outcome.request_id)
            return outcome.code
