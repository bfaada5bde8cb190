"""The worker reminds once, the working day before, and erases what is long past."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from namens.appointments.actions import cancel, forget_past, remind
from namens.appointments.agenda import find
from namens.appointments.models import Appointment, Attendee, Role, Way
from namens.appointments.readiness import Ready, readiness_of
from namens.lib import clock
from namens.mandates.actions import decline, lapse
from namens.mandates.models import MandateRequest
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.post import mails
from tests.meeting import DAY, at, meets, moves, plan, waits_for
from tests.people import NOW, active
from tests.post.mailing import with_address
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
EVE = at(DAY - timedelta(days=1), 9)


@pytest.fixture(autouse=True)
def mailer(settings: Settings) -> None:
    settings.MAILER = "smtp"


def reminded() -> set[str]:
    rows = OutboxRow.objects.filter(kind=Kind.EMAIL, payload__email="appointment")
    return {row.payload["party"] for row in rows}


def test_it_reminds_helper_and_clients_once(anna: Party, bram: Party, carla: Party) -> None:
    appointment = meets(bram, with_partner=True)
    waits_for(appointment, anna)
    waits_for(appointment, carla, role=Role.PARTNER)
    assert remind(now=EVE - timedelta(minutes=1)) == 0
    assert (remind(now=EVE), remind(now=EVE)) == (1, 0)
    assert reminded() == {str(one.id) for one in (anna, bram, carla)}


def test_it_says_nothing_but_that_something_is_planned(bram: Party) -> None:
    with_address(bram)
    meets(bram)
    remind(now=EVE)
    mail = mails.mail_of(OutboxRow.objects.get(kind=Kind.EMAIL, payload__email="appointment"), now=EVE)
    assert mail is not None
    assert mail.subject == "Er staat binnenkort iets gepland bij Namens"
    assert not any(word in mail.text for word in ("Mevrouw", "Brink", "december", "toeslagen", "http"))


def test_it_writes_to_a_member_where_the_invitation_went() -> None:
    sam = member(organisation())
    licence(sam)
    meets(sam.organisation.party, member=sam, what=plan(way=Way.HAND_OFF))
    remind(now=EVE)
    mail = mails.mail_of(OutboxRow.objects.get(kind=Kind.EMAIL), now=EVE)
    assert mail is not None
    assert mail.address.text == sam.email


def test_it_reminds_a_known_client_and_nobody_who_said_no(anna: Party, bram: Party) -> None:
    declined = meets(bram)
    decline(mandate=waits_for(declined, anna).id, by=anna, is_unknown=False, now=NOW)
    remind(now=EVE)
    assert reminded() == {str(bram.id)}
    active(anna, bram)
    meets(bram, what=plan(way=Way.RUNS, known=anna))
    remind(now=EVE)
    assert reminded() == {str(bram.id), str(anna.id)}


def test_it_reminds_of_the_new_day_only_and_of_nothing_that_is_off(bram: Party) -> None:
    moved, cancelled = meets(bram), meets(bram)
    moves(moved, bram, day=DAY + timedelta(days=7))
    cancel(appointment=cancelled.id, helper=bram, now=NOW)
    assert remind(now=EVE) == 0
    assert remind(now=EVE + timedelta(days=7)) == 1


def test_it_keeps_quiet_when_it_comes_too_late(bram: Party) -> None:
    meets(bram)
    assert remind(now=at()) == 0
    assert not reminded()


def test_it_outlives_a_request_that_met_nobody(bram: Party) -> None:
    appointment = meets(bram)
    late = at() + timedelta(days=31)
    lapse(now=late)
    assert not MandateRequest.objects.exists()
    found = find(bram, appointment=appointment.id, member=None, now=late)
    assert readiness_of(found, today=clock.day_of(late)).ready is Ready.NOT_DONE


def test_it_erases_after_thirty_days_and_leaves_what_was_asked(bram: Party) -> None:
    meets(bram, what=plan(only_during=False))
    assert forget_past(now=at() + timedelta(days=30)) == 0
    assert forget_past(now=at() + timedelta(days=31)) == 1
    assert not Appointment.objects.exists()
    assert not Attendee.objects.exists()
    assert MandateRequest.objects.exists()
