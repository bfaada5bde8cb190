"""What somebody tries at the table: a yes that outlives the closing, and a helper who looks for what nobody told."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from namens.appointments.actions import close, hand_off_again, hand_over, withdraw_hand_off
from namens.appointments.actions.taking_back import let_go
from namens.appointments.agenda import find, of_colleagues, people, requests_for
from namens.appointments.models import Appointment, Attendee, HandOff, Outcome, Role, Way
from namens.appointments.polling import look
from namens.appointments.queries import own_hand_off
from namens.appointments.readiness import letter_of
from namens.appointments.refusals import HandOffRefused
from namens.lib import clock
from namens.lib.limits import Limit
from namens.lib.periods import Duration
from namens.mandates.actions import decline, lapse
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.mandates.waiting import UNMET_KEPT
from namens.organisations.models import LeftOut
from namens.parties.models import Party
from tests.asking import asks, says_yes, stated, yes
from tests.at_table import MINUTE, hands_off, opens
from tests.meeting import at, meets, moves, plan, waits_for
from tests.people import NOW, fresh, of
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
AT, SOON = at(), at() + MINUTE


def agrees(mandate: Mandate, client: Party) -> Mandate:
    return says_yes(mandate, client, answer=yes(duration=Duration.TODAY), now=SOON)


def closes(appointment: Appointment, helper: Party) -> None:
    close(appointment=appointment.id, outcome=Outcome.HELD, helper=helper, now=AT + timedelta(hours=1))


def test_it_opens_nothing_with_an_earlier_qr_of_the_same_person(anna: Party, bram: Party) -> None:
    appointment = meets(bram, what=plan(way=Way.HAND_OFF))
    first, second = (hand_over(appointment=appointment.id, role=Role.CLIENT, helper=bram, now=AT) for _ in range(2))
    waits = opens(second.id, fresh(anna, now=AT), now=SOON)
    assert HandOff.objects.get(id=first.hand_off.id).id_digest == ""
    assert MandateRequest.objects.get(id=first.hand_off.request_id).withdrawn_at == AT
    assert of(waits).state == State.REQUESTED


@pytest.mark.parametrize("meanwhile", ["handed over again", "a new QR", "taken back"])
def test_it_stops_at_the_closing_a_yes_of_a_pair_that_the_helper_could_not_see(
    anna: Party, bram: Party, meanwhile: str
) -> None:
    appointment = meets(bram, what=plan(way=Way.HAND_OFF), with_partner=True)
    made = hand_over(appointment=appointment.id, role=Role.CLIENT, helper=bram, now=AT)
    mandate = agrees(opens(made.id, fresh(anna, now=AT), now=SOON), anna)
    if meanwhile == "handed over again":
        hand_over(appointment=appointment.id, role=Role.CLIENT, helper=bram, now=SOON)
    elif meanwhile == "a new QR":
        hand_off_again(own_hand_off(bram, asked=made.hand_off.request_id, now=SOON)[0], helper=bram, now=SOON)
    else:
        withdraw_hand_off(asked=made.hand_off.request_id, helper=bram, now=SOON)
    assert of(mandate).state == State.ACTIVE
    closes(appointment, bram)
    assert of(mandate).state == State.ENDED


def test_it_stops_at_the_closing_a_yes_of_that_very_moment(anna: Party, bram: Party) -> None:
    appointment = meets(bram)
    waits = waits_for(appointment, anna)
    read_before = requests_for(appointment)
    mandate = agrees(waits, anna)
    for asked in read_before:
        let_go(asked, helper=bram, member=None, now=SOON)
    assert of(mandate).state == State.ENDED


def test_it_takes_no_yes_after_midnight_for_the_day_of_the_appointment(anna: Party, bram: Party) -> None:
    late = at(hour=23, minute=50)
    appointment = meets(bram, what=plan(way=Way.HAND_OFF))
    made = hand_over(appointment=appointment.id, role=Role.CLIENT, helper=bram, now=late)
    mandate = opens(made.id, fresh(anna, now=late), now=late + MINUTE)
    after_midnight = late + timedelta(minutes=15)
    assert clock.day_of(after_midnight) > clock.day_of(late)
    with pytest.raises(MandateRefused):
        says_yes(mandate, anna, answer=yes(duration=Duration.TODAY), now=after_midnight)


def test_it_forgets_a_no_as_soon_as_what_nobody_opened(anna: Party, bram: Party) -> None:
    nobody, refused = hands_off(bram), hands_off(bram)
    decline(mandate=opens(refused.id, anna).id, by=anna, is_unknown=False, now=NOW + MINUTE)
    for days in range(int(UNMET_KEPT / timedelta(days=1)) + 3):
        now = NOW + timedelta(days=days, hours=14)
        lapse(now=now)
        seen = []
        for made in (nobody, refused):
            try:
                seen.append(str(own_hand_off(bram, asked=made.hand_off.request_id, now=now)[1]))
            except HandOffRefused:
                seen.append("gone")
            polled = look(asked=made.hand_off.request_id, session="0" * 32, now=now)
            assert (polled is None) == (seen[-1] == "gone")
        assert seen[0] == seen[1], days
    assert seen == ["gone", "gone"]


def test_it_says_the_same_of_a_letter_long_ago_whoever_was_stated(anna: Party, bram: Party) -> None:
    what = plan(day=clock.day_of(NOW) + timedelta(days=40), only_during=False)
    met, unmet = meets(bram, what=what), meets(bram, what=what)
    decline(mandate=waits_for(met, anna).id, by=anna, is_unknown=False, now=NOW)
    for one in (met, unmet):
        moves(one, bram, day=clock.day_of(NOW) + timedelta(days=90))
    later = NOW + timedelta(days=80)
    lapse(now=later)
    letters = []
    for one in (met, unmet):
        found = find(bram, appointment=one.id, member=None, now=later)
        letters.append(letter_of(people(found)[0], today=clock.day_of(later)))
    assert letters == [None, None]


def test_it_is_hidden_from_whom_the_client_left_out_once_there_is_a_yes(anna: Party) -> None:
    works_for = organisation()
    sam, vera = member(works_for), member(works_for, "Vera")
    for one in (sam, vera):
        licence(one)
    appointment = meets(works_for.party, member=sam)
    LeftOut.objects.create(client=anna, member=vera, since=NOW)
    waits = waits_for(appointment, anna)
    assert list(of_colleagues(vera, now=NOW)) == [appointment]
    agrees(waits, anna)
    assert list(of_colleagues(vera, now=NOW)) == []


def test_it_shows_an_appointment_of_two_people_once_to_a_colleague() -> None:
    works_for = organisation()
    sam, vera = member(works_for), member(works_for, "Vera")
    for one in (sam, vera):
        licence(one)
    appointment = meets(works_for.party, member=sam, with_partner=True)
    assert Attendee.objects.count() == 2
    assert list(of_colleagues(vera, now=NOW)) == [appointment]


def test_it_does_not_delay_letters_because_of_what_was_asked_at_the_table(bram: Party, settings: Settings) -> None:
    settings.REQUESTS = Limit(times=1, window=timedelta(hours=24))
    hands_off(bram)
    assert asks(bram, stated()).letter_by == asks(bram, stated(), now=NOW + timedelta(days=1)).letter_by - timedelta(
        days=1
    )
