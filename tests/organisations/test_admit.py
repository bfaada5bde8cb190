"""How an organisation comes in: it asks and an operator decides, or the operator does it at once."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from namens.journal.events import Channel, Event
from namens.lib.limits import Limit
from namens.organisations.actions import NewMember, Terms, admit, propose, refuse
from namens.organisations.models import Member, Organisation, Status
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.parties.identifiers import KvkNumber
from tests.organisations.joining import MIA, OLGA, SAMEN_STERK, admitted, noted
from tests.people import NOW

pytestmark = pytest.mark.django_db


def proposed(kvk: KvkNumber = SAMEN_STERK, *, name: str = "Samen Sterk") -> Organisation:
    terms = Terms(kvk, name, "Wmo 2015", may_process_bsn=True)
    return propose(terms=terms, contact_name="Mia Jansen", contact_email="mia@samensterk.example", now=NOW)


def test_it_keeps_who_asks_to_join() -> None:
    asked = Organisation.objects.get(party=proposed().party_id)
    assert (asked.status, asked.kvk_number, asked.contact_email) == (
        Status.PROPOSED,
        "90000011",
        "mia@samensterk.example",
    )
    assert (noted(Event.ORGANISATION_PROPOSED).actor, asked.admitted_at) == (None, None)


def test_it_admits_who_asked_and_invites_the_first_manager() -> None:
    asked = proposed()
    done = admitted(name="Stichting Samen Sterk")
    kept = Organisation.objects.get()
    assert (kept.party_id, kept.status, kept.admitted_at, kept.name) == (
        asked.party_id,
        Status.ADMITTED,
        NOW,
        "Stichting Samen Sterk",
    )
    assert (done.invited.member.is_manager, noted(Event.ORGANISATION_ADMITTED).actor) == (True, OLGA)


def test_it_admits_at_once() -> None:
    admitted()
    assert Organisation.objects.get().status == Status.ADMITTED
    assert noted(Event.ORGANISATION_ADMITTED).details == {"may_process_bsn": True}


def test_it_refuses_to_admit_twice_and_invites_nobody_then() -> None:
    admitted()
    with pytest.raises(OrganisationRefused, match=OrganisationReason.KVK_NUMBER_TAKEN):
        admitted(manager=NewMember("Dirk", "Smit", "dirk@example.nl"))
    assert Member.objects.count() == 1


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.ADMITTED])
def test_it_does_not_let_a_stranger_overwrite_what_is_known(status: Status) -> None:
    proposed()
    Organisation.objects.update(status=status, admitted_at=NOW)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.KVK_NUMBER_TAKEN):
        proposed(name="Van Dirk")
    assert Organisation.objects.get().name == "Samen Sterk"


def test_it_can_be_asked_again_after_a_no() -> None:
    asked = proposed()
    refuse(organisation=asked.party_id, by=OLGA, channel=Channel.PAGES, now=NOW)
    assert Organisation.objects.get().status == Status.REFUSED
    assert noted(Event.ORGANISATION_REFUSED).subject == asked.party_id
    assert proposed(name="Samen Sterker").party_id == asked.party_id
    assert Organisation.objects.get().status == Status.PROPOSED


@pytest.mark.parametrize("basis", ["", "   "])
def test_it_needs_a_legal_basis_for_bsns(basis: str) -> None:
    terms = Terms(SAMEN_STERK, "Samen Sterk", basis, may_process_bsn=True)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.BASIS_MISSING):
        admit(terms=terms, manager=MIA, by=OLGA, channel=Channel.PAGES, now=NOW)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.BASIS_MISSING):
        propose(terms=terms, contact_name="M", contact_email="m@example.nl", now=NOW)
    assert not Organisation.objects.exists()


def test_it_turns_nothing_down_that_does_not_wait() -> None:
    done = admitted()
    with pytest.raises(OrganisationRefused, match=OrganisationReason.NOTHING_PROPOSED):
        refuse(organisation=done.organisation.party_id, by=OLGA, channel=Channel.PAGES, now=NOW)
    assert Organisation.objects.get().status == Status.ADMITTED


def test_it_takes_so_many_proposals_a_day_and_no_more(settings: LazySettings) -> None:
    settings.PROPOSALS = Limit(times=2, window=timedelta(hours=24))
    proposed(KvkNumber("90000031"))
    proposed(KvkNumber("90000032"))
    with pytest.raises(OrganisationRefused, match=OrganisationReason.TOO_MANY_PROPOSALS):
        proposed(KvkNumber("90000033"))
    assert Organisation.objects.count() == 2
    Organisation.objects.update(proposed_at=NOW - timedelta(hours=24))
    assert proposed(KvkNumber("90000033")).status == Status.PROPOSED
