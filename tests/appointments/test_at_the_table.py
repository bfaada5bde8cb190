"""An appointment begins on its day, and what was opened for it only stops when it is closed."""

from datetime import timedelta

import pytest

from namens.appointments.actions import close, hand_over, open_appointment
from namens.appointments.agenda import find
from namens.appointments.models import Appointment, Outcome, Role, Way
from namens.appointments.readiness import Ready, readiness_of
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.letters import LetterKind
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.states import EndReason, State
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from tests.asking import says_yes, yes
from tests.at_table import opens
from tests.meeting import DAY, again, at, meets, plan, waits_for
from tests.people import NOW, fresh, of, told_portals
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
AT = at()
TODAY_ONLY = yes(duration=Duration.TODAY)


def ready(appointment: Appointment, helper: Party, *, on: int = 0) -> Ready:
    now = at() + timedelta(days=on)
    found = find(helper, appointment=appointment.id, member=None, now=now)
    return readiness_of(found, today=clock.day_of(now)).ready


def agrees(mandate: Mandate, client: Party) -> Mandate:
    return says_yes(mandate, client, answer=TODAY_ONLY, now=AT)


def test_it_begins_on_its_own_day_and_once(bram: Party) -> None:
    appointment = meets(bram)
    for wrong in (AT - timedelta(days=1), AT + timedelta(days=1)):
        with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_TODAY):
            open_appointment(appointment=appointment.id, helper=bram, now=wrong)
    open_appointment(appointment=appointment.id, helper=bram, now=AT)
    open_appointment(appointment=appointment.id, helper=bram, now=AT + timedelta(minutes=5))
    assert again(appointment).opened_at == AT


def test_it_stops_at_the_closing_what_was_opened_for_it(anna: Party, bram: Party) -> None:
    appointment = meets(bram)
    mandate = agrees(waits_for(appointment, anna), anna)
    close(appointment=appointment.id, outcome=Outcome.HELD, helper=bram, now=AT + timedelta(minutes=50))
    assert of(mandate).end_reason == EndReason.STOPPED_BY_REPRESENTATIVE
    assert told_portals().filter(payload__mandate=str(mandate.id)).exists()
    letters = OutboxRow.objects.filter(kind=Kind.LETTER, payload__letter=LetterKind.ENDING)
    assert letters.filter(payload__mandate=str(mandate.id)).count() == 1


def test_it_takes_back_at_the_closing_what_nobody_agreed_to(anna: Party, bram: Party) -> None:
    appointment = meets(bram, with_partner=True)
    waits_for(appointment, anna)
    close(appointment=appointment.id, outcome=Outcome.NOT_HELD, helper=bram, now=AT)
    assert not MandateRequest.objects.filter(withdrawn_at__isnull=True).exists()
    assert again(appointment).outcome == Outcome.NOT_HELD


def test_it_leaves_at_the_closing_what_was_given_for_longer(anna: Party, bram: Party) -> None:
    appointment = meets(bram, what=plan(only_during=False))
    mandate = says_yes(waits_for(appointment, anna), anna, now=AT)
    close(appointment=appointment.id, outcome=Outcome.HELD, helper=bram, now=AT)
    assert of(mandate).state == State.ACTIVE


def test_it_can_be_closed_when_it_was_forgotten_and_not_before_its_day(anna: Party, bram: Party) -> None:
    appointment = meets(bram)
    mandate = agrees(waits_for(appointment, anna), anna)
    with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_TODAY):
        close(appointment=appointment.id, outcome=Outcome.HELD, helper=bram, now=AT - timedelta(days=1))
    later = AT + timedelta(days=4)
    assert again(appointment).was_forgotten(later)
    assert of(mandate).last_day == DAY
    close(appointment=appointment.id, outcome=Outcome.NOT_HELD, helper=bram, now=later)
    assert not again(appointment).was_forgotten(later)
    with pytest.raises(AppointmentRefused, match=AppointmentReason.OVER):
        close(appointment=appointment.id, outcome=Outcome.HELD, helper=bram, now=later)


def test_it_leaves_a_reported_mandate_to_the_helpdesk(anna: Party, bram: Party) -> None:
    appointment = meets(bram)
    mandate = agrees(waits_for(appointment, anna), anna)
    Mandate.objects.filter(id=mandate.id).update(state=State.SUSPENDED, suspended_at=AT)
    close(appointment=appointment.id, outcome=Outcome.HELD, helper=bram, now=AT)
    assert of(mandate).state == State.SUSPENDED


def test_it_lets_the_client_say_yes_on_the_own_phone(anna: Party, bram: Party) -> None:
    appointment = meets(bram, what=plan(way=Way.HAND_OFF))
    made = hand_over(appointment=appointment.id, role=Role.CLIENT, helper=bram, now=AT)
    assert ready(appointment, bram) is Ready.NOT_YET
    mandate = agrees(opens(made.id, anna, now=AT), anna)
    assert ready(appointment, bram) is Ready.COMPLETE
    close(appointment=appointment.id, outcome=Outcome.HELD, helper=bram, now=AT)
    assert of(mandate).state == State.ENDED


def test_it_knows_the_partner_who_was_asked_right_after_the_client(anna: Party, bram: Party, carla: Party) -> None:
    appointment = meets(bram, what=plan(way=Way.HAND_OFF), with_partner=True)
    of_client = hand_over(appointment=appointment.id, role=Role.CLIENT, helper=bram, now=AT)
    of_partner = hand_over(appointment=appointment.id, role=Role.PARTNER, helper=bram, now=AT)
    assert of_partner.hand_off.request.partner_of == of_client.hand_off.request
    mandates = [opens(of_client.id, anna, now=AT), opens(of_partner.id, carla, now=AT)]
    agrees(mandates[0], anna)
    assert ready(appointment, bram) is Ready.NOT_YET
    agrees(mandates[1], carla)
    assert ready(appointment, bram) is Ready.COMPLETE
    close(appointment=appointment.id, outcome=Outcome.HELD, helper=bram, now=AT)
    assert {of(one).state for one in mandates} == {State.ENDED}


def test_it_hands_over_where_a_letter_did_not_come(anna: Party, bram: Party) -> None:
    appointment = meets(bram)
    waits_for(appointment, anna)
    made = hand_over(appointment=appointment.id, role=Role.CLIENT, helper=bram, now=AT)
    agrees(opens(made.number, fresh(anna, now=AT), now=AT), anna)
    assert ready(appointment, bram) is Ready.COMPLETE


def test_it_hands_over_nothing_where_nothing_is_asked_or_nobody_comes(bram: Party) -> None:
    here, alone = meets(bram, what=plan(way=Way.HERE)), meets(bram, what=plan(way=Way.HAND_OFF))
    for appointment, role in ((here, Role.CLIENT), (alone, Role.PARTNER)):
        with pytest.raises(AppointmentRefused, match=AppointmentReason.NOTHING_ASKED):
            hand_over(appointment=appointment.id, role=role, helper=bram, now=AT)


def test_it_says_of_a_pair_that_it_is_not_complete_and_nothing_more(anna: Party, bram: Party, carla: Party) -> None:
    appointment = meets(bram, with_partner=True)
    client, partner = waits_for(appointment, anna), waits_for(appointment, carla, role=Role.PARTNER)
    before = ready(appointment, bram)
    agrees(client, anna)
    assert before is ready(appointment, bram) is Ready.NOT_YET
    assert ready(appointment, bram, on=1) is Ready.NOT_DONE
    assert of(partner).state == State.REQUESTED


def test_it_lets_nobody_else_begin_or_close_it(anna: Party, bram: Party, dirk: Party) -> None:
    appointment = meets(bram)
    for stranger in (anna, dirk):
        with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_YOURS):
            open_appointment(appointment=appointment.id, helper=stranger, now=AT)
        with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_YOURS):
            close(appointment=appointment.id, outcome=Outcome.HELD, helper=stranger, now=AT)
        with pytest.raises(AppointmentRefused, match=AppointmentReason.NOT_YOURS):
            hand_over(appointment=appointment.id, role=Role.CLIENT, helper=stranger, now=AT)
    assert NOW < AT


def test_it_closes_all_of_it_or_nothing(anna: Party, bram: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    appointment = meets(bram)
    mandate = agrees(waits_for(appointment, anna), anna)

    def power_cut(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("namens.appointments.actions.ending.note", power_cut)
    with pytest.raises(RuntimeError):
        close(appointment=appointment.id, outcome=Outcome.HELD, helper=bram, now=AT)
    assert (again(appointment).closed_at, of(mandate).state) == (None, State.ACTIVE)


def test_it_is_stopped_by_the_colleague_who_took_it_over(anna: Party) -> None:
    works_for = organisation()
    sam, vera = member(works_for), member(works_for, "Vera")
    for one in (sam, vera):
        licence(one)
    appointment = meets(works_for.party, member=sam)
    waits = waits_for(appointment, anna)
    Appointment.objects.filter(id=appointment.id).update(member=vera)
    mandate = agrees(waits, anna)
    close(appointment=appointment.id, outcome=Outcome.HELD, helper=works_for.party, member=vera, now=AT)
    assert of(mandate).state == State.ENDED
