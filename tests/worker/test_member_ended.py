"""A member who may do less is logged out at portals: the login ends, the portal hears it."""

from datetime import timedelta

import pytest
from django.db import transaction

from namens.grants.actions import make_keys
from namens.grants.models import EndedBy, Family
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.mandates.actions import leave_out
from namens.mandates.models import Mandate
from namens.organisations.actions import block, end_member, pause_licence
from namens.organisations.models import Licence, Member, Organisation
from namens.outbox.models import Kind
from namens.parties.models import Party
from namens.services.models import Portal
from namens.signin import drafts
from namens.worker import Worker
from namens.worker import organisations as desk
from tests.organisations.joining import OLGA
from tests.organisations.managing import mia
from tests.people import NOW, TODAY
from tests.worker.portals import Receiver, logged_in, waiting
from tests.worker.working import work
from tests.working import licence, mandate_of, member, organisation


@pytest.fixture
def sam(toeslagen: Portal, anna: Party, receiver: Receiver) -> Member:
    """Somebody who is logged in at a portal that listens, for Anna."""
    make_keys(now=NOW)
    Portal.objects.filter(id=toeslagen.id).update(back_channel_logout_uri=receiver.address)
    sam = member(organisation())
    mandate_of(anna, organisation())
    licence(sam)
    at_portal(toeslagen, sam, anna)
    return sam


def at_portal(portal: Portal, who: Member, client: Party) -> Family:
    """Let a member be logged in at a portal, for a client of the organisation."""
    family = logged_in(portal, who.party, client)
    Family.objects.filter(id=family.id).update(organisation=who.organisation_id)
    return Family.objects.get(id=family.id)


def test_it_logs_an_ex_employee_out_everywhere(sam: Member, worker: Worker, receiver: Receiver) -> None:
    drafts.begin(party=sam.party, journey="ask", answers={"service": "mijn-toeslagen"}, now=NOW)
    end_member(by=mia(), member=sam.party_id, version=0, now=NOW)
    assert waiting() == [Kind.MEMBER_ENDED]
    work(worker)
    assert Family.objects.get().ended_by == EndedBy.ACCESS_ENDED
    assert (len(receiver.tokens), waiting()) == (1, [])
    assert not sam.party.drafts.exists()


def test_it_logs_out_who_has_a_licence_paused_and_keeps_the_drafts(
    sam: Member, worker: Worker, receiver: Receiver
) -> None:
    drafts.begin(party=sam.party, journey="ask", answers={}, now=NOW)
    pause_licence(by=mia(), licence=Licence.objects.get().id, version=0, now=NOW)
    work(worker)
    assert Family.objects.get().ended_by == EndedBy.ACCESS_ENDED
    assert len(receiver.tokens) == 1
    assert sam.party.drafts.exists()


def test_it_leaves_the_logins_of_colleagues_and_of_anna(
    sam: Member, toeslagen: Portal, anna: Party, worker: Worker
) -> None:
    vera = member(organisation(), "Vera")
    licence(vera)
    others = [at_portal(toeslagen, vera, anna), logged_in(toeslagen, anna)]
    end_member(by=mia(), member=sam.party_id, version=0, now=NOW)
    work(worker)
    assert set(Family.objects.filter(ended_at__isnull=True)) == set(others)


def test_it_logs_out_whom_a_client_left_out_for_that_client_alone(
    sam: Member, toeslagen: Portal, anna: Party, bram: Party, worker: Worker, receiver: Receiver
) -> None:
    mandate_of(bram, organisation())
    for_bram = at_portal(toeslagen, sam, bram)
    Family.objects.update(left_out=["rekeningnummer-wijzigen"])
    mandate = Mandate.objects.get(representee=anna)
    with transaction.atomic():
        used, door = Event.MANDATE_USED, Channel.PORTAL
        write(used, at=NOW, channel=door, actor=sam.party_id, subject=anna.id, mandate=mandate.id)
    leave_out(mandate=mandate.id, member=sam.party_id, by=anna, now=NOW)
    work(worker)
    assert list(Family.objects.filter(ended_at__isnull=True)) == [for_bram]
    assert Family.objects.get(representee=anna).ended_by == EndedBy.ACCESS_ENDED
    assert len(receiver.tokens) == 1


def test_it_logs_everybody_out_of_an_organisation_that_was_stopped(
    sam: Member, worker: Worker, receiver: Receiver
) -> None:
    block(organisation=sam.organisation_id, member=None, reason="X", by=OLGA, channel=Channel.PAGES, now=NOW)
    work(worker)
    assert Family.objects.get().ended_by == EndedBy.ACCESS_ENDED
    assert len(receiver.tokens) == 1


def test_it_logs_everybody_out_the_day_after_an_organisation_left(
    sam: Member, worker: Worker, receiver: Receiver
) -> None:
    Organisation.objects.filter(party=sam.organisation_id).update(last_day=TODAY)
    desk.look_again(now=NOW)
    assert Family.objects.get().ended_at is None
    desk.look_again(now=NOW + timedelta(days=1))
    assert Family.objects.get().ended_by == EndedBy.ACCESS_ENDED
    work(worker, at=NOW + timedelta(days=1))
    assert len(receiver.tokens) == 1
