"""members: a spreadsheet of 10,000 new people with licences, from bytes to the last row, beside the same rows as plain
statements; then the same file again, and with another last day for everybody.
"""

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from psycopg.types.json import Json

from benchmarks.report import report
from benchmarks.world import fill
from namens.lib import clock
from namens.lib.ids import new_id
from namens.organisations.actions import agree_to_sheet, carry_on, propose_sheet
from namens.organisations.models import Licence, Member, MemberInvitation, MemberKind, Organisation, Sheet, Status
from namens.organisations.queries import licensable
from namens.pages.manager import columns, spreadsheet
from namens.parties.models import Kind, Party

LINES, AIM = 10_000, 20.0
Result = TypeVar("Result")
TABLES = (
    "parties_party",
    "organisations_member",
    "organisations_memberinvitation",
    "organisations_licence",
    "organisations_licence_services",
    "outbox_outboxrow",
    "journal_journalentry",
)


def main() -> None:
    """Measure and report."""
    settings.MAILER = "smtp"
    fill()
    now = clock.now()
    manager, today = _manager(now), clock.day_of(now)
    first = _file(last_day=today + timedelta(days=90))
    passes = {"new people with licences": _measure(manager, first, now=now)}
    # As PostgreSQL does by itself within a minute.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    passes |= {
        "the same file again": _measure(manager, first, now=now),
        "another last day for all": _measure(manager, _file(last_day=today + timedelta(days=91)), now=now),
    }
    assert (Member.objects.count(), Licence.objects.count(), MemberInvitation.objects.count()) == (
        LINES + 1,
        LINES,
        LINES,
    )
    raw = _raw()
    rows = [(name, _words(steps)) for name, steps in passes.items()]
    total = _total(passes["new people with licences"])
    rows += [
        ("plain statements", f"{raw:7.2f} s for the same rows in one transaction"),
        ("ratio", f"{total / raw:7.2f} of the plain statements (aim: {AIM:.0f} s for all of it)"),
    ]
    report("members", rows, figures={"lines": LINES, "passes": passes, "plain_seconds": raw})


def _measure(manager: Member, content: bytes, *, now: datetime) -> dict[str, float]:
    """Give the seconds of each step: reading, judging, carrying out; and what of them our own processor needed."""
    began = time.process_time()
    read, asked = _timed(lambda: columns.ask(spreadsheet.read(content), services=licensable()))
    judged, sheet = _timed(lambda: propose_sheet(by=manager, lines=asked.lines, ignored=[], now=now))
    done, _none = _timed(lambda: _carry_out(manager, sheet, now=now))
    ours = time.process_time() - began
    return {"read": read, "judged": judged, "carried_out": done, "of_our_processor": ours}


def _carry_out(manager: Member, sheet: Sheet, *, now: datetime) -> None:
    agree_to_sheet(by=manager, sheet=sheet.id, now=now)
    has_more = True
    while has_more:
        with transaction.atomic():
            has_more = carry_on(sheet=sheet.id, now=now)


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def _file(*, last_day: date) -> bytes:
    lines = [
        [f"Voornaam{number}", f"Achternaam{number}", f"persoon{number}@example.nl", "vrijwilliger", "Mijn toeslagen"]
        for number in range(LINES)
    ]
    header = ["voornaam", "achternaam", "e-mail", "soort", "diensten", "laatste dag"]
    return spreadsheet.write([header, *([*line, last_day.isoformat()] for line in lines)])


def _manager(now: datetime) -> Member:
    organisation = Organisation.objects.create(
        party=Party.objects.create(kind=Kind.ORGANISATION, created_at=now),
        kvk_number="90000011",
        name="Samen Sterk",
        status=Status.ADMITTED,
        proposed_at=now,
        admitted_at=now,
    )
    return Member.objects.create(
        party=Party.objects.create(kind=Kind.MEMBER, created_at=now),
        organisation=organisation,
        given_name="Mia",
        family_name="Jansen",
        kind=MemberKind.STAFF,
        email="mia@example.nl",
        is_manager=True,
        pseudonym_digest=str(new_id()),
        invited_at=now,
        bound_at=now,
    )


def _raw() -> float:
    """Write the rows that are there now once more, into tables that look the same: all that the database has to do."""
    with connection.cursor() as cursor, transaction.atomic():
        batches = []
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} LIMIT {2 * LINES}")
            places = ", ".join(["%s"] * len(cursor.description or ()))
            batches.append((f"INSERT INTO raw_{table} VALUES ({places})", cursor.fetchall()))
            cursor.execute(f"CREATE TABLE raw_{table} (LIKE {table} INCLUDING INDEXES)")
    began = time.perf_counter()
    with connection.cursor() as cursor, transaction.atomic():
        for statement, rows in batches:
            cursor.executemany(statement, [_as_sent(row) for row in rows])
    return time.perf_counter() - began


def _as_sent(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(Json(value) if isinstance(value, dict | list) else value for value in row)


def _words(steps: dict[str, float]) -> str:
    parts = ", ".join(f"{name.replace('_', ' ')} {seconds:.2f}" for name, seconds in steps.items())
    return f"{_total(steps):7.2f} s for {LINES} lines: {parts}"


def _total(steps: dict[str, float]) -> float:
    return steps["read"] + steps["judged"] + steps["carried_out"]


if __name__ == "__main__":
    main()
