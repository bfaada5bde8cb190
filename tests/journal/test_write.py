"""Writing the journal."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Upper

from namens.codes.plain import PlainCode
from namens.journal import write as writing
from namens.journal.events import Channel, Event
from namens.journal.guard import TABLE
from namens.journal.models import JournalEntry
from namens.journal.write import OutsideTransaction, write
from namens.lib.ids import new_id
from namens.mandates.actions import shorten, stop, try_code
from namens.outbox.models import OutboxRow
from namens.parties.actions import find_helper, reset_helper_number
from namens.parties.identifiers import parse_helper_number
from namens.parties.models import Party
from tests.people import BSNS, NAMES, NOW, TODAY, active, give, terms


def entry() -> JournalEntry:
    with transaction.atomic():
        return write(Event.SIGNED_IN, at=NOW, channel=Channel.PAGES, details={"level": "low"})


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_write_outside_a_transaction() -> None:
    with pytest.raises(OutsideTransaction):
        writing.write(Event.SIGNED_IN, at=NOW, channel=Channel.PAGES)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_writes_nothing_when_the_action_fails() -> None:
    with transaction.atomic():
        write(Event.SIGNED_IN, at=NOW, channel=Channel.PAGES)
        transaction.set_rollback(True)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db
def test_it_writes_again_only_what_is_not_there() -> None:
    first, other = entry(), JournalEntry(at=NOW, event=Event.SIGNED_OUT, channel=Channel.PAGES)
    changed = JournalEntry(id=first.id, at=NOW, event=Event.SIGNED_OUT, channel=Channel.PAGES)
    with transaction.atomic():
        writing.write_many([changed, other, other], again=True)
    assert JournalEntry.objects.get(id=first.id).event == Event.SIGNED_IN
    assert JournalEntry.objects.count() == 2


@pytest.mark.django_db
def test_it_refuses_an_entry_that_is_there() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        writing.write_many([entry()])


@pytest.mark.django_db
def test_it_keeps_what_was_written() -> None:
    kept = JournalEntry.objects.get(id=entry().id)
    assert (kept.at, kept.event, kept.channel, kept.result, kept.details) == (
        NOW,
        "signed-in",
        "pages",
        "done",
        {"level": "low"},
    )


@pytest.mark.django_db
def test_it_lets_the_database_refuse_a_change() -> None:
    written = entry()
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        JournalEntry.objects.filter(id=written.id).update(event=Upper("event"))
    assert JournalEntry.objects.get().event == Event.SIGNED_IN


@pytest.mark.django_db
def test_it_lets_the_database_refuse_a_removal() -> None:
    entry()
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        JournalEntry.objects.all().delete()
    assert JournalEntry.objects.count() == 1


@pytest.mark.django_db
def test_it_lets_the_database_refuse_to_save_an_entry_again() -> None:
    written = entry()
    written.result = "refused"
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        written.save()
    assert JournalEntry.objects.get().result == "done"


@pytest.mark.django_db
def test_it_lets_the_database_refuse_to_put_another_in_its_place() -> None:
    written = entry()
    other = JournalEntry(id=written.id, at=NOW, event=Event.SIGNED_OUT, channel=Channel.PAGES)
    with pytest.raises(DatabaseError), transaction.atomic():
        JournalEntry.objects.bulk_create([other], update_conflicts=True, unique_fields=["id"], update_fields=["event"])
    assert JournalEntry.objects.get().event == Event.SIGNED_IN


@pytest.mark.django_db
def test_it_lets_sqlite_refuse_insert_or_replace() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    entry()
    copy = f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}"
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy)


@pytest.mark.django_db
def test_it_lets_postgresql_refuse_to_empty_it() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has TRUNCATE")
    entry()
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE}")
    assert JournalEntry.objects.count() == 1


@pytest.mark.usefixtures("catalogue")
def test_it_never_holds_a_bsn_a_code_or_a_name(anna: Party, bram: Party, dirk: Party) -> None:
    codes = [give(anna, bram).code, give(anna, None, what=terms(last_day=TODAY)).code, PlainCode.generate()]
    for code in codes:
        try_code(code=code, bsn=BSNS["carla"], helper=dirk, now=NOW)
    number = parse_helper_number(reset_helper_number(party=bram, now=NOW))
    find_helper(number=number, asker=anna, now=NOW)
    mandate = active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    shorten(mandate=mandate.id, by=anna, last_day=TODAY, now=NOW)
    stop(mandate=mandate.id, by=anna, now=NOW, service="mijn-toeslagen")
    stop(mandate=mandate.id, by=bram, now=NOW)
    kept = json.dumps([*JournalEntry.objects.values(), *OutboxRow.objects.values()], default=str).upper()
    names = [part for name in NAMES.values() for part in (name.given_names, name.family_name)]
    secrets = [*(bsn.digits for bsn in BSNS.values()), *(code.symbols for code in codes), number, *names]
    assert len(JournalEntry.objects.all()) > 10
    assert [secret for secret in secrets if secret.upper() in kept] == []


@pytest.mark.django_db
def test_it_stays_readable_when_a_party_is_unknown() -> None:
    with transaction.atomic():
        write(Event.MANDATE_USED, at=NOW, channel=Channel.PORTAL, actor=new_id(), subject=new_id(), mandate=new_id())
    assert str(JournalEntry.objects.get()) == "mandate-used (done)"
