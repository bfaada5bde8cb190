"""What the worker begins by itself: that somebody did something for you, and that the overview of a month is ready."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import write
from namens.lib.ids import new_id
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party, Person
from namens.post import mails, occasions
from namens.post.messages import Wishes, choose
from namens.post.models import EmailAddress
from namens.post.occasions import tell_of_acts, tell_of_month
from tests.faults import Kind as Failure
from tests.faults import failing
from tests.parallel import at_once
from tests.people import NOW, person
from tests.post.mailing import mailed, waiting_rows, with_address

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ALL = Wishes(changes=True, acts=True, monthly=True)
# Nine o'clock in Amsterdam, in winter.
FIRST = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
MOST_STATEMENTS = 40


@pytest.fixture(autouse=True)
def mailer(settings: Settings) -> None:
    """Send e-mail."""
    settings.MAILER = "smtp"


@pytest.fixture
def reader(anna: Party) -> Party:
    """Anna, who wants to hear of everything from now on."""
    with_address(anna)
    choose(party=anna, wishes=ALL, now=NOW)
    return anna


def happens(subject: UUID, *, now: datetime, event: Event = Event.MANDATE_USED, actor: UUID | None = None) -> None:
    """Let somebody do something for this person."""
    with transaction.atomic():
        write(event, at=now, channel=Channel.PORTAL, actor=actor or new_id(), subject=subject)


def kinds() -> list[str]:
    return [row.payload["email"] for row in waiting_rows()]


def test_it_tells_of_acts_once_a_day(reader: Party) -> None:
    assert tell_of_acts(now=NOW) == 0
    happens(reader.id, now=NOW + HOUR)
    happens(reader.id, now=NOW + 2 * HOUR, event=Event.ACT_REPORTED)
    assert [tell_of_acts(now=NOW + 3 * HOUR) for _ in range(2)] == [1, 0]
    happens(reader.id, now=NOW + 4 * HOUR)
    assert tell_of_acts(now=NOW + 26 * HOUR) == 0
    assert tell_of_acts(now=NOW + 27 * HOUR) == 1
    assert tell_of_acts(now=NOW + 60 * HOUR) == 0
    assert kinds() == ["acts", "acts"]


def test_it_tells_nothing_from_before_the_choice_or_by_oneself(anna: Party) -> None:
    reader = with_address(anna)
    happens(reader.id, now=NOW - HOUR)
    choose(party=reader, wishes=ALL, now=NOW)
    happens(reader.id, now=NOW + HOUR, actor=reader.id)
    happens(reader.id, now=NOW + HOUR, event=Event.MANDATE_STOPPED)
    assert tell_of_acts(now=NOW + DAY) == 0


def test_it_tells_of_an_act_that_a_portal_reports_long_after_it_was_done(reader: Party) -> None:
    happens(reader.id, now=NOW - 90 * DAY, event=Event.ACT_REPORTED)
    assert [tell_of_acts(now=NOW + number * DAY) for number in range(3)] == [1, 0, 0]


def test_it_tells_nobody_else_of_acts(reader: Party, bram: Party) -> None:
    happens(bram.id, now=NOW + HOUR, actor=reader.id)
    assert tell_of_acts(now=NOW + DAY) == 0


def test_it_walks_through_no_table_to_find_whom_to_tell(reader: Party) -> None:
    _many(300)
    JournalEntry.objects.bulk_create(
        JournalEntry(at=NOW, event=Event.SIGNED_IN, channel=Channel.PAGES, subject=reader.id) for _ in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        assert tell_of_acts(now=NOW + DAY) == 0
    (sql,) = (one["sql"] for one in asked.captured_queries)
    words = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{words} {sql}")
        plan = " ".join(str(part) for row in cursor.fetchall() for part in row)
    # SQLite calls it a scan too when it goes through the few rows of a partial index.
    assert "journal_acts_for" in plan
    assert "email_by_acts" in plan
    assert "Seq Scan" not in plan


def test_it_says_in_the_language_of_the_reader_no_more_than_to_log_in(reader: Party) -> None:
    assert tell_of_month(now=FIRST) == 1
    mail = mailed()
    assert mail is not None
    assert mail.subject == "Log in bij Namens"
    assert "U kunt uw maandoverzicht lezen. Log in bij Namens om het te zien." in mail.text
    assert "Na het inloggen kiest u dat bij Mijn brieven." in mail.text
    assert not [word for word in ("http", "/mijn-brieven", "november", "2026") if word in mail.text]
    assert mail.told == {}
    Person.objects.filter(party=reader).update(letter_language="en")
    mail = mailed()
    assert mail is not None
    assert mail.subject == "Log in at Namens"
    with transaction.atomic():
        mails.sent(mail, now=FIRST)
    entry = JournalEntry.objects.get(event=Event.SUMMARY_SENT)
    assert (entry.subject, entry.channel) == (reader.id, Channel.WORKER)


@pytest.mark.parametrize(
    ("now", "comes"),
    [
        (datetime(2026, 12, 1, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 3, 4, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 7, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 7, 23, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 8, 9, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 30, 12, 0, tzinfo=UTC), False),
    ],
    ids=["before nine", "nine", "at night", "end of the seventh", "the eighth", "later", "the month itself"],
)
def test_it_comes_from_nine_on_the_first_up_to_the_seventh(reader: Party, now: datetime, comes: bool) -> None:  # noqa: FBT001 - a case
    happens(reader.id, now=NOW)
    assert bool(tell_of_month(now=now)) == comes


def test_it_reckons_with_summer_time(reader: Party) -> None:
    choose(party=reader, wishes=ALL, now=NOW)
    EmailAddress.objects.update(summary_of=date(2027, 2, 1))
    happens(reader.id, now=datetime(2027, 3, 31, 21, 59, tzinfo=UTC))
    assert tell_of_month(now=datetime(2027, 4, 1, 6, 59, tzinfo=UTC)) == 0
    assert tell_of_month(now=datetime(2027, 4, 1, 7, 0, tzinfo=UTC)) == 1


def test_it_comes_once_every_month_whatever_happened(reader: Party) -> None:
    happens(reader.id, now=NOW)
    assert [tell_of_month(now=FIRST + number * DAY) for number in range(5)] == [1, 0, 0, 0, 0]
    with_something = mailed()
    assert tell_of_month(now=datetime(2027, 1, 2, 9, 0, tzinfo=UTC)) == 1
    assert EmailAddress.objects.get().summary_of == date(2026, 12, 1)
    without = mailed()
    assert with_something is not None
    assert without is not None
    assert (without.subject, without.text) == (with_something.subject, with_something.text)


def test_it_begins_with_the_month_of_the_choice(anna: Party) -> None:
    with_address(anna)
    happens(anna.id, now=NOW)
    choose(party=anna, wishes=ALL, now=FIRST)
    assert tell_of_month(now=FIRST + HOUR) == 0


def test_it_does_not_come_twice_to_who_chooses_it_again(reader: Party) -> None:
    happens(reader.id, now=NOW)
    assert tell_of_month(now=FIRST) == 1
    choose(party=reader, wishes=Wishes(), now=FIRST)
    choose(party=reader, wishes=ALL, now=FIRST)
    assert tell_of_month(now=FIRST + HOUR) == 0


def test_it_comes_only_to_who_wants_it(anna: Party, dirk: Party) -> None:
    with_address(anna)
    for party in (anna, dirk):
        happens(party.id, now=NOW)
    assert tell_of_month(now=FIRST) == 0


def _many(number: int) -> list[UUID]:
    """Have so many people who want it, and for whom something happened."""
    rows = [
        EmailAddress(
            party=new_id(),
            digest=str(new_id()),
            sealed="-",
            verified_at=NOW,
            tells_monthly=True,
            summary_of=date(2026, 10, 1),
        )
        for _ in range(number)
    ]
    EmailAddress.objects.bulk_create(rows)
    entries = [
        JournalEntry(at=NOW, event=Event.MANDATE_USED, channel=Channel.PORTAL, actor=new_id(), subject=row.party)
        for row in rows
    ]
    JournalEntry.objects.bulk_create(entries)
    return [row.party for row in rows]


@pytest.mark.django_db
def test_it_takes_one_statement_more_for_every_hundred_people(monkeypatch: pytest.MonkeyPatch) -> None:
    _many(2)
    with CaptureQueriesContext(connection) as few:
        assert tell_of_month(now=FIRST) == 2
    _many(400)
    with CaptureQueriesContext(connection) as many:
        assert tell_of_month(now=FIRST) == 400
    # SQLite takes some hundred rows in one INSERT; nothing is asked or written one by one.
    assert len(many) - len(few) <= 5
    monkeypatch.setattr(occasions, "SUMMARIES_AT_ONCE", 150)
    _many(400)
    assert [tell_of_month(now=FIRST) for _ in range(4)] == [150, 150, 100, 0]


@pytest.mark.django_db(transaction=True)
def test_it_loses_nobody_and_tells_nobody_twice_when_the_database_goes_away(reader_that_commits: Party) -> None:
    happens(reader_that_commits.id, now=NOW)
    happens(reader_that_commits.id, now=FIRST - HOUR)
    for number in range(1, MOST_STATEMENTS):
        with failing(at=number, kind=Failure.HICCUP) as fault:
            try:
                tell_of_acts(now=FIRST)
                tell_of_month(now=FIRST)
            except OperationalError:
                continue
        if not fault.struck:
            break
    assert sorted(kinds()) == ["acts", "summary"]


@pytest.mark.django_db(transaction=True)
def test_it_comes_once_with_several_workers() -> None:
    people = _many(30)
    assert sum(at_once([lambda: tell_of_month(now=FIRST)] * 4)) == 30
    rows = OutboxRow.objects.filter(kind=Kind.EMAIL)
    assert sorted(row.payload["party"] for row in rows) == sorted(map(str, people))


@pytest.fixture
def reader_that_commits() -> Party:
    """Anna in a database that really commits."""
    anna = person("anna")
    with_address(anna)
    choose(party=anna, wishes=ALL, now=NOW)
    return anna
