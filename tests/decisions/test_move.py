"""Moving decisions that wait in files into the journal."""

import json
import os
import threading
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from structlog.testing import capture_logs

from namens.decisions import moving, spool
from namens.decisions.moving import move_waiting
from namens.decisions.spool import Kept, Spool
from namens.journal.models import JournalEntry
from namens.journal.write import write_many
from namens.lib import clock
from namens.lib.ids import new_id
from namens.parties.models import Party
from namens.worker import Worker
from tests.decisions.entries import NOW, kept
from tests.people import BSNS, NAMES


def left_by_another(folder: Path, *batches: list[Kept]) -> Path:
    """Leave a file as a process does that ended; gives its path."""
    keeping = Spool(folder)
    for batch in batches:
        keeping.keep(batch)
    keeping.close()
    return spool.waiting(folder)[-1]


def ids() -> list[UUID]:
    return list(JournalEntry.objects.order_by("id").values_list("id", flat=True))


def written(**facts: object) -> JournalEntry:
    return moving.entry(kept(**facts), catalogue={"mijn-toeslagen": frozenset({"rekeningnummer-wijzigen"})})


@pytest.mark.usefixtures("catalogue")
def test_it_writes_what_was_decided(tmp_path: Path) -> None:
    full = kept(
        action="rekeningnummer-wijzigen",
        as_of=NOW - timedelta(days=1),
        request="018f-abcd-1",
        organisation=new_id(),
        result="action_left_out",
    )
    left_by_another(tmp_path, [full])
    assert move_waiting(folder=tmp_path) == 1
    entry = JournalEntry.objects.get(id=full.id)
    assert (entry.id, entry.at, entry.event, entry.channel) == (full.id, NOW, "decision-asked", "portal")
    assert (entry.portal, entry.actor, entry.subject, entry.mandate) == (
        full.portal,
        full.actor,
        full.subject,
        full.mandate,
    )
    assert entry.result == "action_left_out"
    assert entry.details == {
        "service": "mijn-toeslagen",
        "action": "rekeningnummer-wijzigen",
        "as_of": "2026-11-22T09:00:00+00:00",
        "request": "018f-abcd-1",
        "organisation": str(full.organisation),
    }


@pytest.mark.django_db
def test_it_removes_a_file_that_is_written(tmp_path: Path) -> None:
    left_by_another(tmp_path, [kept() for _ in range(250)], [kept()])
    assert move_waiting(folder=tmp_path) == 251
    assert move_waiting(folder=tmp_path) == 0
    assert JournalEntry.objects.count() == 251
    assert spool.waiting(tmp_path) == []


@pytest.mark.django_db
def test_it_writes_nothing_twice_when_the_file_could_not_be_removed(tmp_path: Path) -> None:
    entries = [kept() for _ in range(120)]
    path = left_by_another(tmp_path, entries)
    content = path.read_bytes()
    move_waiting(folder=tmp_path)
    path.write_bytes(content)
    move_waiting(folder=tmp_path)
    assert ids() == [entry.id for entry in entries]


@pytest.mark.django_db
def test_it_goes_on_where_another_was_killed_in_the_middle(tmp_path: Path) -> None:
    entries = [kept() for _ in range(10)]
    left_by_another(tmp_path, entries)
    with transaction.atomic():
        write_many([moving.entry(one, catalogue={}) for one in entries[:4]])
    move_waiting(folder=tmp_path)
    assert ids() == [entry.id for entry in entries]


@pytest.mark.django_db
def test_it_changes_no_entry_that_is_there(tmp_path: Path) -> None:
    first = kept()
    other = kept(id=first.id, result="stopped")
    left_by_another(tmp_path, [first])
    left_by_another(tmp_path, [other, other])
    move_waiting(folder=tmp_path)
    assert JournalEntry.objects.get().result == "permit"


@pytest.mark.django_db
def test_it_leaves_the_file_of_a_living_process(tmp_path: Path) -> None:
    keeping = Spool(tmp_path)
    keeping.keep([kept()])
    assert move_waiting(folder=tmp_path) == 0
    assert len(spool.waiting(tmp_path)) == 1


@pytest.mark.django_db
def test_it_drops_half_a_write_of_who_was_killed(tmp_path: Path) -> None:
    answered = kept()
    path = left_by_another(tmp_path, [answered], [kept()])
    path.write_bytes(path.read_bytes()[:-1])
    assert move_waiting(folder=tmp_path) == 1
    assert ids() == [answered.id]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_it_puts_a_damaged_file_aside_and_says_so(tmp_path: Path) -> None:
    readable = kept()
    path = left_by_another(tmp_path, [readable], [kept()])
    content = bytearray(path.read_bytes())
    content[-1] ^= 0xFF
    path.write_bytes(content)
    sound = kept()
    left_by_another(tmp_path, [sound])
    with capture_logs() as said:
        assert move_waiting(folder=tmp_path) == 2
    assert ids() == [readable.id, sound.id]
    assert [file.suffix for file in tmp_path.iterdir()] == [spool.DAMAGED]
    assert [line["event"] for line in said] == ["journal entries damaged"]


@pytest.mark.django_db
def test_it_lets_one_entry_that_cannot_be_written_stop_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [kept() for _ in range(5)]
    path = left_by_another(tmp_path, entries)

    def with_one_unfit(one: Kept, **rest: Mapping[str, frozenset[str]]) -> JournalEntry:
        made = of_ours(one, **rest)
        if one == entries[2]:
            made.result = "\ud800"
        return made

    of_ours = moving.entry
    monkeypatch.setattr(moving, "entry", with_one_unfit)
    with capture_logs() as said:
        assert move_waiting(folder=tmp_path) == 4
    assert ids() == [entry.id for entry in entries if entry != entries[2]]
    assert path.with_suffix(spool.DAMAGED).exists()
    assert [line["event"] for line in said] == ["journal entry unfit", "journal entries damaged"]


@pytest.mark.django_db
def test_it_keeps_the_file_while_the_database_is_away(tmp_path: Path) -> None:
    path = left_by_another(tmp_path, [kept()])

    def away(*_: object) -> None:
        raise OperationalError

    with pytest.raises(OperationalError), connection.execute_wrapper(away):
        move_waiting(folder=tmp_path)
    assert spool.waiting(tmp_path) == [path]
    assert move_waiting(folder=tmp_path) == 1


@pytest.mark.django_db
def test_it_has_nothing_to_do_where_no_door_ran(tmp_path: Path) -> None:
    assert move_waiting(folder=tmp_path / "nothing") == 0


@pytest.mark.django_db(transaction=True)
def test_it_writes_each_entry_once_with_several_movers(tmp_path: Path) -> None:
    entries = [[kept() for _ in range(30)] for _ in range(20)]
    for batch in entries:
        left_by_another(tmp_path, batch)

    def move() -> None:
        move_waiting(folder=tmp_path)
        connection.close()

    movers = [threading.Thread(target=move) for _ in range(3)]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join()
    assert ids() == sorted(entry.id for batch in entries for entry in batch)


@pytest.mark.django_db
def test_it_is_taken_over_by_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.DECISIONS.__class__, "journal_folder", tmp_path)
    entry = kept()
    left_by_another(tmp_path, [entry])
    with clock.frozen(NOW):
        Worker(upkeep_due=NOW, register_due=NOW + timedelta(days=1)).turn()
    assert entry.id in ids()


def test_it_tells_the_other_party_of_no_question_without_a_mandate() -> None:
    assert written(result="no_mandate").subject is None
    assert written(result="stopped").subject is not None


@pytest.mark.parametrize("word", ["999990019", "unknown", "mijn-toeslagen\0", "Anna de Vries", ""])
def test_it_writes_no_word_that_a_portal_made_up(word: str) -> None:
    assert written(service=word, action=word, request=word).details.keys() <= {"request"}
    assert "service" not in written(service=word).details
    assert "action" not in written(action=word).details


@pytest.mark.parametrize("number", ["999990019", "a-999990019", "999990019-b", "a-999990019-b", "a b", "é" * 9])
def test_it_writes_no_request_id_that_may_be_a_bsn(number: str) -> None:
    assert "request" not in written(request=number).details


def test_it_writes_a_request_id_of_any_ordinary_form() -> None:
    for number in (str(new_id()), new_id().hex, "12345678-1234-1234-1234-123456789012"):
        assert written(request=number).details["request"] == number


@pytest.mark.django_db
def test_it_never_holds_a_bsn_or_a_name(tmp_path: Path, anna: Party, bram: Party) -> None:
    asked = [bsn.digits for bsn in BSNS.values()] + [name.family_name for name in NAMES.values()]
    left_by_another(
        tmp_path,
        [kept(actor=bram.id, subject=anna.id, service=word, action=word, request=word) for word in asked],
    )
    move_waiting(folder=tmp_path)
    held = json.dumps(list(JournalEntry.objects.filter(event="decision-asked").values()), default=str)
    assert [word for word in asked if word in held] == []


@pytest.mark.django_db
def test_it_lets_go_of_each_file_it_read(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - no path but a count
    for _ in range(20):
        left_by_another(tmp_path, [kept()])
        move_waiting(folder=tmp_path)
    assert len(os.listdir("/proc/self/fd")) <= before + 2  # noqa: PTH208 - no path but a count
