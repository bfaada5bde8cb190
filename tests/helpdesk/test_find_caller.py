"""Finding who calls: three things together, one answer to whatever is wrong, and a pause after three misses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from structlog.testing import capture_logs

from namens.helpdesk.models import Call, LookUp, Outcome
from namens.helpdesk.refusals import CallerRefusal
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib.limits import Limit
from namens.lib.partial_date import PartialDate
from namens.mandates.states import EndReason
from namens.parties.actions import find_person
from namens.parties.facts import StopSignal
from namens.parties.identifiers import Bsn
from namens.parties.models import Party, Person
from namens.population.answers import NotFound, Reason, Unavailable
from namens.signin.models import Staff
from namens.signin.staff import accounts
from tests.helpdesk.calling import Addresses, call, found
from tests.people import BSNS, NOW, active, of

NOBODY = Bsn("999990421")
OTHER_DAY = PartialDate(1980, 5, 7)


def entries() -> list[tuple[object, str, object]]:
    rows = JournalEntry.objects.filter(event=Event.CALLER_LOOKED_UP).order_by("id")
    return [(row.actor, row.result, row.subject) for row in rows]


def test_it_finds_a_caller_with_all_three_and_begins_a_call_of_half_an_hour(hester: Staff, anna: Party) -> None:
    begun = found(hester)
    assert (begun.party_id, begun.staff_id) == (anna.id, hester.id)
    assert begun.ends_at == NOW + timedelta(minutes=30)


def test_it_writes_down_who_looked_whom_up(hester: Staff, anna: Party) -> None:
    found(hester)
    assert entries() == [(hester.id, "done", anna.id)]
    assert JournalEntry.objects.get(event=Event.CALLER_LOOKED_UP).channel == Channel.HELPDESK


def test_it_registers_a_caller_whom_nobody_knew_yet(hester: Staff) -> None:
    begun = found(hester)
    assert Person.objects.get(party=begun.party).name.full == "Anna de Vries"


def test_it_keeps_what_the_register_says_now_and_stops_what_that_forbids(
    hester: Staff, anna: Party, bram: Party, catalogue: None, register: Addresses
) -> None:
    assert catalogue is None
    mandate = active(anna, bram)
    register.signals = frozenset({StopSignal.GUARDIANSHIP})
    found(hester)
    assert of(mandate).end_reason == EndReason.BLOCKED_GUARDIANSHIP


DECEASED, ERRONEOUS = frozenset({StopSignal.DECEASED}), frozenset({StopSignal.ERRONEOUS})
# What the register says, and what the caller says.
Wrong = tuple[dict[str, object], dict[str, Any]]
WRONG: dict[str, Wrong] = {
    "birth date": ({}, {"born": OTHER_DAY}),
    "birth date, less known": ({}, {"born": PartialDate(1980, 5)}),
    "postcode": ({}, {"postcode": "3511AC"}),
    "both": ({}, {"born": OTHER_DAY, "postcode": "3511AC"}),
    "unknown here and in the register": ({}, {"bsn": NOBODY}),
    "unknown in the register": ({"answer": NotFound()}, {}),
    "deceased": ({"signals": DECEASED}, {}),
    "a record by mistake": ({"signals": ERRONEOUS}, {}),
    "without a postcode": ({"postcode": ""}, {"postcode": ""}),
    "without a birth date": ({"born": None}, {}),
}


def let_say(register: Addresses, **values: object) -> None:
    for name, value in values.items():
        setattr(register, name, value)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_it_gives_one_answer_and_changes_nothing_whatever_is_wrong(
    hester: Staff, anna: Party, register: Addresses, wrong: Wrong
) -> None:
    before = Person.objects.get(party=anna)
    said, typed = wrong
    let_say(register, **said)
    assert call(hester, **typed) == CallerRefusal.NO_MATCH
    assert not Call.objects.exists()
    assert Person.objects.get(party=anna).refreshed_at == before.refreshed_at
    assert find_person(bsn=NOBODY) is None


def test_it_does_the_same_work_whatever_is_wrong(hester: Staff, anna: Party, register: Addresses) -> None:
    assert anna.person.name.first == "Anna"
    spent = {}
    for name, (said, typed) in WRONG.items():
        LookUp.objects.all().delete()
        let_say(register, **vars(Addresses()))
        let_say(register, **said)
        with CaptureQueriesContext(connection) as captured:
            call(hester, **typed)
        spent[name] = [statement["sql"].split(" ")[0] for statement in captured]
    assert len({tuple(statements) for statements in spent.values()}) == 1, spent


def test_it_writes_down_a_miss_for_whom_it_was_about_when_we_know_them(hester: Staff, anna: Party) -> None:
    call(hester, postcode="3511AC")
    call(hester, bsn=NOBODY)
    assert entries() == [(hester.id, "no-match", anna.id), (hester.id, "no-match", None)]


def test_it_pauses_an_agent_after_three_misses(hester: Staff, karim: Staff, anna: Party, register: Addresses) -> None:
    for _ in range(3):
        call(hester, postcode="3511AC")
    assert call(hester) == CallerRefusal.PAUSED
    assert register.asked == 3
    assert entries()[-1] == (hester.id, "look-ups-paused", None)
    assert found(karim).party_id == anna.id


def test_it_lets_an_agent_go_on_after_a_day(hester: Staff, anna: Party) -> None:
    for _ in range(3):
        call(hester, postcode="3511AC")
    assert call(hester, now=NOW + timedelta(hours=24, seconds=-1)) == CallerRefusal.PAUSED
    assert found(hester, now=NOW + timedelta(hours=24)).party_id == anna.id


def test_it_does_not_count_who_was_found(hester: Staff, anna: Party) -> None:
    for _ in range(4):
        assert found(hester).party_id == anna.id


def test_it_does_not_count_when_the_register_is_away(hester: Staff, anna: Party, register: Addresses) -> None:
    register.answer = Unavailable(Reason.TIMEOUT)
    for _ in range(4):
        assert call(hester) == CallerRefusal.REGISTER_AWAY
    register.answer = None
    assert found(hester).party_id == anna.id
    assert [outcome for (outcome,) in LookUp.objects.order_by("id").values_list("outcome")] == [
        *[Outcome.AWAY] * 4,
        Outcome.FOUND,
    ]


def test_it_counts_a_look_up_that_never_ended_as_a_miss(hester: Staff) -> None:
    for _ in range(3):
        LookUp.objects.create(staff=hester, at=NOW)
    assert call(hester) == CallerRefusal.PAUSED


def test_it_refuses_an_agent_whose_account_ended(hester: Staff, register: Addresses) -> None:
    accounts.end(email=hester.email, by="olga", now=NOW)
    assert call(hester) == CallerRefusal.PAUSED
    assert register.asked == 0


def test_it_keeps_no_bsn_and_no_postcode(hester: Staff, anna: Party) -> None:
    assert found(hester).party_id == anna.id
    kept = " ".join(str(row) for model in (LookUp, Call, JournalEntry) for row in model.objects.values())
    assert BSNS["anna"].digits not in kept
    assert "3511" not in kept


def test_it_pauses_an_agent_who_looks_up_too_many_and_raises_an_alarm(
    hester: Staff, karim: Staff, anna: Party, settings: Settings
) -> None:
    settings.LOOK_UPS = Limit(times=2, window=timedelta(hours=12))
    with capture_logs() as logs:
        answers = [call(hester) for _ in range(3)]
    assert [isinstance(answer, Call) for answer in answers] == [True, True, False]
    assert answers[-1] is CallerRefusal.PAUSED
    assert [line["event"] for line in logs] == ["many look-ups by one agent"]
    assert isinstance(call(karim), Call)
    assert isinstance(call(hester, now=NOW + timedelta(hours=12)), Call)
    assert anna.person.name.full not in str(logs)
