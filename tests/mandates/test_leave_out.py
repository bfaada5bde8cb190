"""A client leaves one person of an organisation out: from the next question on, whatever licence that member has."""

import pytest

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.mandates import queries
from namens.mandates.actions import leave_out, let_in_again
from namens.mandates.decision import Permit, Question, Reason, Refusal, Representative
from namens.mandates.models import Mandate
from namens.mandates.people_of import seen_by_client
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.models import LeftOut, Member
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal
from tests.people import NOW, of
from tests.working import activated, licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def sam(db: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Sam Bakker, with a licence at Samen Sterk."""
    found = member(organisation())
    licence(found)
    return found


@pytest.fixture
def mandate(anna: Party, sam: Member) -> Mandate:
    """A mandate of Anna that Sam activated."""
    return activated(anna, sam)


def allowed(portal: Portal, who: Member, client: Party) -> bool | Reason:
    told = queries.decide_for(
        portal=portal,
        representative=Representative(who.organisation_id, member=who.party_id),
        representee=client.id,
        question=Question(service="mijn-toeslagen", assurance=AssuranceLevel.LOW),
        at=NOW,
    )
    return told.reason if isinstance(told, Refusal) else isinstance(told, Permit)


def test_it_works_from_the_next_question_on_for_that_one_person(
    anna: Party, sam: Member, mandate: Mandate, toeslagen: Portal
) -> None:
    vera = member(sam.organisation, "Vera")
    licence(vera)
    assert allowed(toeslagen, sam, anna) is True
    leave_out(mandate=mandate.id, member=sam.party_id, by=anna, now=NOW)
    assert allowed(toeslagen, sam, anna) is Reason.PERSON_LEFT_OUT
    assert allowed(toeslagen, vera, anna) is True
    assert of(mandate).state == "active"
    let_in_again(mandate=mandate.id, member=sam.party_id, by=anna, now=NOW)
    assert allowed(toeslagen, sam, anna) is True


def test_it_writes_it_down_and_lets_the_portals_know_once(anna: Party, sam: Member, mandate: Mandate) -> None:
    for _ in range(2):
        leave_out(mandate=mandate.id, member=sam.party_id, by=anna, now=NOW)
    entry = JournalEntry.objects.get(event=Event.MEMBER_LEFT_OUT)
    assert (entry.actor, entry.subject, entry.mandate) == (anna.id, anna.id, mandate.id)
    assert entry.details == {"member": str(sam.party_id)}
    assert OutboxRow.objects.get(kind=Kind.MEMBER_ENDED).payload == {"member": str(sam.party_id)}
    assert LeftOut.objects.get().until is None


def test_it_is_kept_as_an_interval(anna: Party, sam: Member, mandate: Mandate) -> None:
    leave_out(mandate=mandate.id, member=sam.party_id, by=anna, now=NOW)
    for _ in range(2):
        let_in_again(mandate=mandate.id, member=sam.party_id, by=anna, now=NOW)
    found = LeftOut.objects.get()
    assert (found.since, found.until) == (NOW, NOW)
    assert JournalEntry.objects.filter(event=Event.MEMBER_LET_IN).count() == 1
    leave_out(mandate=mandate.id, member=sam.party_id, by=anna, now=NOW)
    assert LeftOut.objects.count() == 2


@pytest.mark.parametrize("act", [leave_out, let_in_again])
def test_it_is_for_the_client_alone(anna: Party, dirk: Party, sam: Member, mandate: Mandate, act: type[object]) -> None:
    LeftOut.objects.create(client=anna, member=sam, since=NOW)
    for stranger in (dirk, sam.party, sam.organisation.party):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
            act(mandate=mandate.id, member=sam.party_id, by=stranger, now=NOW)  # type: ignore[call-arg]  # one of the two verbs
    assert LeftOut.objects.get().until is None


def test_it_knows_nobody_who_never_did_anything_for_the_client(anna: Party, sam: Member, mandate: Mandate) -> None:
    unseen, elsewhere = member(sam.organisation, "Vera"), member(organisation("De Brug"), "Carla")
    for who in (unseen.party_id, elsewhere.party_id, new_id()):
        with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
            leave_out(mandate=mandate.id, member=who, by=anna, now=NOW)
    assert not LeftOut.objects.exists()


def test_it_lets_the_client_see_and_let_in_who_was_left_out_in_an_earlier_time_there(
    anna: Party, sam: Member, mandate: Mandate
) -> None:
    anew = member(sam.organisation, "Sam", family_name="Bakker-Smit")
    LeftOut.objects.create(client=anna, member=anew, since=NOW)
    names = {one.member.party_id: one.is_left_out for one in seen_by_client(of(mandate))}
    assert names == {sam.party_id: False, anew.party_id: True}
    let_in_again(mandate=mandate.id, member=anew.party_id, by=anna, now=NOW)
    assert LeftOut.objects.get().until == NOW
