"""Moved to another day means asked again: an earlier code and an earlier yes count for nothing."""

from datetime import date, timedelta

import pytest

from namens.appointments.actions import cancel, open_appointment
from namens.appointments.models import Appointment, Attendee, Role, Way
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.codes.refusals import CodeRefusal
from namens.lib.periods import Duration
from namens.mandates.actions import compare, try_code
from namens.mandates.models import MandateRequest
from namens.mandates.states import EndReason, State
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from tests.asking import says_yes, yes
from tests.letters import codes_in, made
from tests.meeting import DAY, again, asked_of, at, meets, moves, plan, waits_for
from tests.people import BSNS, NOW, of

pytestmark = pytest.mark.usefixtures("catalogue")
LATER = date(2026, 12, 10)
SOON = date(2026, 12, 4)


def test_it_keeps_the_request_when_only_the_hour_changes(bram: Party) -> None:
    before = meets(bram)
    moved = moves(before, bram, day=DAY, hour=15)
    assert (moved.sequence, moved.starts_at, moved.place) == (1, at(DAY, 15), "Thuis")
    assert MandateRequest.objects.get().withdrawn_at is None


def test_it_asks_again_by_letter_when_that_comes_in_time(anna: Party, bram: Party) -> None:
    appointment = meets(bram)
    first = waits_for(appointment, anna)
    old = codes_in(made("code", mandate=first))[0]
    moved = moves(appointment, bram, day=LATER)
    asked = asked_of(moved)
    assert (asked.opens_on, asked.waits_until, moved.remind_at) == (LATER, LATER, at(LATER - timedelta(days=1), 9))
    tomorrow = NOW + timedelta(days=1)
    for row in OutboxRow.objects.filter(kind=Kind.REQUEST, settled_at__isnull=True).order_by("put_at", "id"):
        compare(request=row.payload["request"], facts=None, now=tomorrow)
    assert of(first).end_reason == EndReason.WITHDRAWN
    new = asked_of(moved).mandate
    assert new is not None
    assert (new.representee_id, new.opens_on) == (anna.id, LATER)
    for day in (DAY, LATER):
        assert isinstance(try_code(code=old, bsn=BSNS["anna"], helper=bram, now=at(day)), CodeRefusal)


def test_it_lets_them_say_yes_at_the_table_when_a_letter_comes_too_late(bram: Party) -> None:
    appointment = meets(bram, with_partner=True)
    moves(appointment, bram, day=SOON, now=NOW + timedelta(days=8))
    assert {comer.way for comer in Attendee.objects.filter(request__isnull=True)} == {Way.HAND_OFF.value}
    assert not Attendee.objects.filter(request__isnull=False).exists()
    assert MandateRequest.objects.filter(withdrawn_at__isnull=True).count() == 0


def test_it_keeps_client_and_partner_together(bram: Party) -> None:
    appointment = meets(bram, with_partner=True)
    moves(appointment, bram, day=LATER)
    assert asked_of(appointment, Role.PARTNER).partner_of_id == asked_of(appointment).id
    assert asked_of(appointment).opens_on == LATER


def test_it_does_not_count_a_yes_for_the_day_before(anna: Party, bram: Party) -> None:
    appointment = meets(bram)
    waiting = waits_for(appointment, anna)
    early = at(DAY, 9)
    says_yes(waiting, anna, answer=yes(duration=Duration.TODAY), now=early)
    moves(appointment, bram, day=date(2026, 12, 14), now=early)
    assert of(waiting).end_reason == EndReason.STOPPED_BY_REPRESENTATIVE
    new = compare(request=asked_of(appointment).id, facts=None, now=early + timedelta(days=1))
    assert new is not None
    assert (new.representee_id, new.state) == (anna.id, State.REQUESTED)


def test_it_leaves_what_was_asked_for_longer(bram: Party) -> None:
    appointment = meets(bram, what=plan(only_during=False))
    asked = asked_of(appointment)
    moves(appointment, bram, day=LATER)
    assert asked_of(appointment) == asked
    cancel(appointment=appointment.id, helper=bram, now=NOW)
    assert asked_of(appointment).withdrawn_at is None


def test_it_takes_everything_back_when_cancelled(anna: Party, bram: Party) -> None:
    appointment = meets(bram, with_partner=True)
    waiting = waits_for(appointment, anna)
    cancel(appointment=appointment.id, helper=bram, now=NOW)
    cancelled = again(appointment)
    assert (cancelled.cancelled_at, cancelled.sequence, cancelled.remind_at) == (NOW, 1, None)
    assert not MandateRequest.objects.filter(withdrawn_at__isnull=True).exists()
    compare(request=asked_of(appointment).id, facts=None, now=NOW)
    assert of(waiting).state == State.ENDED


def test_it_moves_nothing_that_began_is_over_or_is_past(bram: Party) -> None:
    opened, cancelled, forgotten = (meets(bram) for _ in range(3))
    open_appointment(appointment=opened.id, helper=bram, now=at())
    cancel(appointment=cancelled.id, helper=bram, now=NOW)
    for appointment, reason, now in (
        (opened, AppointmentReason.OPEN, at()),
        (cancelled, AppointmentReason.OVER, NOW),
        (forgotten, AppointmentReason.PAST, at(SOON)),
    ):
        with pytest.raises(AppointmentRefused, match=reason):
            moves(appointment, bram, day=LATER, now=now)
    with pytest.raises(AppointmentRefused, match=AppointmentReason.OPEN):
        cancel(appointment=opened.id, helper=bram, now=at())


def test_it_lets_nobody_else_move_or_cancel_it(anna: Party, bram: Party, dirk: Party) -> None:
    appointment = meets(bram)
    for stranger in (anna, dirk):
        with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_YOURS):
            moves(appointment, stranger, day=LATER)
        with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_YOURS):
            cancel(appointment=appointment.id, helper=stranger, now=NOW)
    assert Appointment.objects.get().sequence == 0


def test_it_moves_all_of_it_or_nothing(bram: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    appointment = meets(bram)

    def power_cut(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("namens.appointments.actions.moving.note", power_cut)
    with pytest.raises(RuntimeError):
        moves(appointment, bram, day=LATER)
    assert (again(appointment).starts_at, asked_of(appointment).opens_on) == (at(), DAY)
    assert MandateRequest.objects.count() == 1
