"""Making an appointment: client and partner are asked in one go, and the same is done whoever was stated."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from namens.appointments.actions import Comer, make
from namens.appointments.agenda import find
from namens.appointments.models import Appointment, Attendee, Outcome, Role, Way
from namens.appointments.readiness import Ready, readiness_of
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.periods import Duration
from namens.mandates.models import MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party, StatedPerson
from tests.asking import UNKNOWN, stated
from tests.meeting import DAY, asked_of, at, meets, plan
from tests.people import NOW, TODAY, active
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


def test_it_asks_for_that_day_only(bram: Party) -> None:
    made = meets(bram)
    asked = asked_of(made)
    assert (asked.opens_on, asked.waits_until, asked.duration) == (DAY, DAY, Duration.TODAY)
    assert asked.letter_by < DAY
    assert (made.starts_at, made.remind_at) == (at(), at(DAY - timedelta(days=1), 9))


def test_it_asks_for_longer_as_any_request(bram: Party) -> None:
    asked = asked_of(meets(bram, what=plan(only_during=False)))
    assert (asked.opens_on, asked.waits_until, asked.duration) == (None, TODAY + timedelta(days=42), Duration.ONE_YEAR)


def test_it_asks_the_partner_in_the_same_go(bram: Party) -> None:
    made = meets(bram, with_partner=True)
    assert asked_of(made, Role.PARTNER).partner_of_id == asked_of(made).id
    assert OutboxRow.objects.filter(kind=Kind.REQUEST).count() == 2


@pytest.mark.parametrize("way", [Way.HAND_OFF, Way.HERE])
def test_it_asks_nothing_beforehand_where_they_say_yes_at_the_table(bram: Party, way: Way) -> None:
    meets(bram, what=plan(way=way), with_partner=True)
    assert not MandateRequest.objects.exists()


def test_it_says_nothing_of_the_client_in_the_journal(bram: Party) -> None:
    meets(bram)
    entry = JournalEntry.objects.get(event=Event.APPOINTMENT_MADE)
    assert (entry.actor, entry.subject, entry.mandate) == (bram.id, None, None)
    assert not {"Mevrouw A.", "Buurthuis De Brink"} & set(map(str, entry.details.values()))


def test_it_takes_the_same_statements_whoever_is_stated(bram: Party) -> None:
    counts = set()
    for person in (stated("anna"), stated(UNKNOWN), stated("dirk")):
        with CaptureQueriesContext(connection) as captured:
            make(helper=bram, plan=plan(), client=Comer("Mevrouw A.", person.kept), now=NOW)
        counts.add(len(captured))
    assert len(counts) == 1


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 27), AppointmentReason.LETTER_TOO_LATE),
        (date(2027, 1, 20), AppointmentReason.LETTER_TOO_FAR),
    ],
)
def test_it_promises_no_letter_that_does_not_come_in_time(bram: Party, day: date, reason: AppointmentReason) -> None:
    with pytest.raises(AppointmentRefused, match=reason):
        meets(bram, what=plan(day=day))
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"services": []}, MandateReason.NO_SERVICE),
        ({"duration": Duration.TODAY, "only_during": False}, MandateReason.TOO_LONG),
        ({"duration": None, "only_during": False}, MandateReason.NOT_POSSIBLE),
        ({"way": Way.HERE, "duration": Duration.ONE_YEAR}, MandateReason.NOT_POSSIBLE),
    ],
)
def test_it_refuses_a_plan_that_cannot_be(bram: Party, changed: dict[str, Any], reason: MandateReason) -> None:
    with pytest.raises(MandateRefused, match=reason):
        meets(bram, what=plan(**changed))
    assert not Appointment.objects.exists()


def test_it_takes_a_mandate_that_runs_only_when_it_covers_that_day(anna: Party, bram: Party) -> None:
    with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_COVERED):
        meets(bram, what=plan(way=Way.RUNS, known=anna))
    active(anna, bram)
    made = meets(bram, what=plan(way=Way.RUNS, known=anna))
    found = find(bram, appointment=made.id, member=None, now=NOW)
    assert readiness_of(found, today=TODAY).ready is Ready.NOTHING_ASKED


def test_it_needs_a_licence_and_a_basis_for_bsns_in_an_organisation() -> None:
    sam = member(organisation(may_process_bsn=False))
    with pytest.raises(MandateRefused, match=MandateReason.NO_LICENCE):
        meets(sam.organisation.party, member=sam)
    licence(sam)
    with pytest.raises(MandateRefused, match=MandateReason.BSN_NOT_ALLOWED):
        meets(sam.organisation.party, member=sam)
    assert meets(sam.organisation.party, member=sam, what=plan(way=Way.HAND_OFF)).member == sam


def test_it_makes_all_of_it_or_nothing(bram: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("namens.appointments.actions.making.note", power_cut)
    with pytest.raises(RuntimeError):
        meets(bram)
    assert not any(kind.objects.exists() for kind in (Appointment, Attendee, MandateRequest, OutboxRow))
    assert StatedPerson.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 0},
        {"duration": "1-year"},
        {"closed_at": NOW},
        {"outcome": Outcome.HELD},
        {"cancelled_at": NOW, "opened_at": NOW, "remind_at": None},
        {"cancelled_at": NOW},
    ],
    ids=["no time", "longer than that day", "no outcome", "outcome too early", "cancelled after it began", "reminds"],
)
def test_it_lets_the_database_keep_the_rules(bram: Party, change: dict[str, object]) -> None:
    made = meets(bram)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(id=made.id).update(**change)
