"""A member asks in the organisation's name: as silently as a private helper, with a licence and within an own cap."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib.limits import Limit
from namens.mandates import requests_of
from namens.mandates.actions import withdraw
from namens.mandates.actions.request import withdraw_with_organisation
from namens.mandates.models import Mandate, MandateRequest
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import State
from namens.organisations.models import Assignment, Member, MemberKind, Organisation, Team
from namens.outbox.models import Kind, OutboxRow
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from tests.asking import UNKNOWN, asks, asks_at_work, met, says_yes, stated
from tests.letters import made, text_of
from tests.people import NOW, TODAY, active, of, told
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
DAY = timedelta(days=1)
VERA = "Vera D., vrijwilliger bij Samen Sterk (naam volgens de organisatie)"


@pytest.fixture
def vera(db: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Vera Dijk, volunteer with a licence at Samen Sterk."""
    found = member(organisation(), "Vera", family_name="Dijk", kind=MemberKind.VOLUNTEER)
    licence(found)
    return found


@pytest.fixture
def sam(vera: Member) -> Member:
    """Sam Bakker, with a licence at Samen Sterk."""
    found = member(vera.organisation)
    licence(found)
    return found


def refusal(who: Member, *keys: str) -> MandateRefused:
    with pytest.raises(MandateRefused) as refused:
        asks_at_work(who, keys=keys or ("mijn-toeslagen",))
    assert not MandateRequest.objects.exists()
    return refused.value


def test_it_is_asked_in_the_name_of_the_organisation_by_this_member(anna: Party, vera: Member) -> None:
    asked = asks_at_work(vera, stated("anna"), stated("carla", label="Meneer C."))
    partner = MandateRequest.objects.get(partner_of=asked)
    for one in (asked, partner):
        assert (one.helper, one.asked_by_member) == (vera.organisation.party, vera)
    entries = JournalEntry.objects.filter(event=Event.MANDATE_REQUESTED)
    assert {(entry.actor, entry.subject) for entry in entries} == {(vera.party_id, None)}
    made_of_it = met(asked, anna)
    assert (made_of_it.representative, made_of_it.state) == (vera.organisation.party, State.REQUESTED)
    assert JournalEntry.objects.get(event=Event.REQUEST_COMPARED).actor == vera.party_id


def test_it_takes_the_same_statements_whoever_is_stated(anna: Party, bram: Party, carla: Party, vera: Member) -> None:
    active(anna, bram)
    told(carla, signals=[StopSignal.DECEASED])
    counts = set()
    for person in (stated("anna"), stated("carla"), stated(UNKNOWN), stated("dirk")):
        with CaptureQueriesContext(connection) as captured:
            asks_at_work(vera, person)
        counts.add(len(captured))
    assert len(counts) == 1


def test_it_is_taken_back_in_the_same_statements_whether_it_met_somebody_or_not(anna: Party, vera: Member) -> None:
    met(asks_at_work(vera), anna)
    asks_at_work(vera, stated(UNKNOWN))
    counts = set()
    for one in MandateRequest.objects.all():
        with CaptureQueriesContext(connection) as captured:
            withdraw(asked=one.id, by=vera.organisation.party, member=vera, now=NOW)
        counts.add(len(captured))
    assert len(counts) == 1


def test_it_names_the_services_without_a_licence(vera: Member) -> None:
    refused = refusal(vera, "mijn-toeslagen", "inkomstenbelasting")
    assert (refused.reason, refused.services) == (MandateReason.NO_LICENCE, ("Inkomstenbelasting",))
    unlicensed = member(vera.organisation, "Noor")
    assert refusal(unlicensed).reason is MandateReason.NO_LICENCE


def test_it_is_not_for_the_clients_of_another_team(vera: Member) -> None:
    noor = member(vera.organisation, "Noor")
    licence(noor, team=Team.objects.create(organisation=vera.organisation, name="Zuid"))
    assert refusal(noor).reason is MandateReason.OTHER_TEAM


def test_it_lets_nobody_state_a_bsn_without_a_basis(vera: Member) -> None:
    Organisation.objects.update(may_process_bsn=False)
    vera = Member.objects.select_related("organisation__party", "party").get(party=vera.party)
    assert refusal(vera).reason is MandateReason.BSN_NOT_ALLOWED


def test_it_asks_only_what_organisations_may_do(vera: Member) -> None:
    licence(vera, "uitkering-aanvragen")
    assert refusal(vera, "uitkering-aanvragen").reason is MandateReason.SERVICE_NOT_OFFERED


def test_it_refuses_who_does_not_work_there(bram: Party, dirk: Party, vera: Member) -> None:
    carla = member(organisation("De Brug"), "Carla", is_manager=True)
    licence(carla)
    for helper, who in (
        (vera.organisation.party, carla),
        (vera.organisation.party, None),
        (bram, vera),
        (vera.party, vera),
    ):
        with pytest.raises(MandateRefused, match=MandateReason.REPRESENTATIVE_UNKNOWN):
            asks(helper, member=who)
    asked = asks_at_work(vera)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        withdraw(asked=asked.id, by=dirk, now=NOW)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        withdraw(asked=asked.id, by=carla.organisation.party, member=carla, now=NOW)


def test_it_delays_what_one_member_asks_beyond_the_cap_and_no_colleague(
    vera: Member, sam: Member, settings: Settings
) -> None:
    settings.REQUESTS = Limit(times=2, window=DAY)
    for _ in range(3):
        asks_at_work(vera, stated(UNKNOWN))
    asks_at_work(sam, stated(UNKNOWN))
    due = [row.due_at for row in OutboxRow.objects.filter(kind=Kind.REQUEST).order_by("id")]
    assert due == [NOW, NOW, NOW + DAY, NOW]


def test_it_lists_what_each_member_asked_apart(vera: Member, sam: Member, bram: Party) -> None:
    of_vera, of_bram = asks_at_work(vera), asks(bram)
    works_for = vera.organisation.party
    assert list(requests_of.asked_by(works_for, today=TODAY, member=vera)) == [of_vera]
    assert not requests_of.asked_by(works_for, today=TODAY, member=sam).exists()
    assert list(requests_of.asked_by(bram, today=TODAY)) == [of_bram]
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        requests_of.asked_together(works_for, asked=of_vera.id, today=TODAY, member=sam)


def test_it_becomes_a_client_of_who_asked(anna: Party, vera: Member) -> None:
    agreed = says_yes(met(asks_at_work(vera), anna), anna)
    assert (agreed.state, agreed.representative) == (State.ACTIVE, vera.organisation.party)
    assert Assignment.objects.get().member == vera


def test_it_becomes_nobodys_client_when_who_asked_has_left(anna: Party, vera: Member) -> None:
    waiting = met(asks_at_work(vera), anna)
    Member.objects.update(ended_at=NOW)
    assert says_yes(waiting, anna).state == State.ACTIVE
    assert not Assignment.objects.exists()


def test_it_makes_nothing_for_an_organisation_that_was_stopped_meanwhile(anna: Party, vera: Member) -> None:
    asked = asks_at_work(vera)
    Organisation.objects.update(last_day=TODAY - DAY)
    with pytest.raises(AssertionError):
        met(asked, anna)
    assert JournalEntry.objects.get(event=Event.REQUEST_COMPARED).result == MandateReason.ORGANISATION_NOT_HERE
    assert not Mandate.objects.exists()


def test_it_keeps_the_private_and_the_working_person_apart(anna: Party, bram: Party) -> None:
    at_work = member(organisation(), "Bram", family_name="Bakker")
    licence(at_work)
    private = says_yes(met(asks(bram), anna), anna)
    for_work = says_yes(met(asks_at_work(at_work), anna), anna)
    assert (of(private).state, of(for_work).state) == (State.ACTIVE, State.ACTIVE)
    assert (private.representative, for_work.representative) == (bram, at_work.organisation.party)
    asked_at_work = MandateRequest.objects.get(mandate=for_work)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        withdraw(asked=asked_at_work.id, by=bram, now=NOW)


def test_it_is_taken_back_when_the_organisation_leaves(vera: Member) -> None:
    asked = asks_at_work(vera)
    withdraw_with_organisation(asked=asked.id, organisation=vera.organisation.party, now=NOW)
    assert MandateRequest.objects.get().withdrawn_at == NOW
    entry = JournalEntry.objects.get(event=Event.REQUEST_WITHDRAWN)
    assert (entry.actor, entry.channel) == (vera.organisation_id, Channel.WORKER)


def test_it_names_organisation_and_person_in_both_letters(anna: Party, vera: Member) -> None:
    waiting = met(asks_at_work(vera), anna)
    letter = text_of(made("code"))
    assert f"Samen Sterk wil u graag helpen. Dit is gevraagd door {VERA}." in letter
    says_yes(waiting, anna)
    confirmation = text_of(made("confirmation"))
    assert f"Wie dit daar regelde {VERA}" in confirmation
    assert "Dijk" not in letter + confirmation


def test_it_names_everybody_who_asked_in_one_letter(anna: Party, vera: Member, sam: Member) -> None:
    met(asks_at_work(vera), anna)
    licence(sam, "inkomstenbelasting")
    met(asks_at_work(sam, keys=("inkomstenbelasting",)), anna)
    letter = text_of(made("code"))
    assert f"Dit is gevraagd door {VERA}. Dit is gevraagd door Sam B., medewerker van Samen Sterk" in letter
