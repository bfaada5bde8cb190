"""What a member does about a client is judged at that moment, whatever stood on a page before."""

from collections.abc import Callable

import pytest

from namens.mandates.actions.at_work import open_client, stop_for_client, take_client_over
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.models import Assignment, Block, Member, Opening, OpeningReason, Team
from namens.parties.models import Party
from tests.people import NOW, of
from tests.working import licence, mandate_of, member, organisation

Act = Callable[[Member, Party, Mandate], object]


def opens(who: Member, client: Party, _mandate: Mandate) -> object:
    open_client(member=who, client=client.id, reason=OpeningReason.URGENT, now=NOW)
    return Opening.objects.count()


def takes_over(who: Member, client: Party, _mandate: Mandate) -> object:
    return take_client_over(member=who, client=client.id, now=NOW)


def stops(who: Member, client: Party, mandate: Mandate) -> object:
    stop_for_client(member=who, client=client.id, mandate=mandate.id, now=NOW)
    return of(mandate).state


ACTS = pytest.mark.parametrize("act", [opens, takes_over, stops])


@pytest.fixture
def sam(catalogue: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Sam, who has a licence for *Mijn toeslagen*."""
    sam = member(organisation())
    licence(sam)
    return sam


@pytest.fixture
def mandate(anna: Party, sam: Member) -> Mandate:
    """Anna's mandate in the name of Samen Sterk."""
    return mandate_of(anna, sam.organisation)


def refusal(act: Act, who: Member, client: Party, mandate: Mandate) -> MandateReason:
    with pytest.raises(MandateRefused) as refused:
        act(who, client, mandate)
    assert of(mandate).state == "active"
    assert not Opening.objects.exists()
    return refused.value.reason


@ACTS
def test_it_is_refused_from_the_moment_on_that_the_licence_the_member_or_the_organisation_stops(
    act: Act, sam: Member, anna: Party, mandate: Mandate
) -> None:
    given = sam.licences.get()
    given.ended_at = NOW
    given.save()
    assert refusal(act, sam, anna, mandate) is MandateReason.NO_LICENCE
    given.ended_at = None
    given.save()
    Member.objects.filter(party=sam.party_id).update(ended_at=NOW)
    assert refusal(act, sam, anna, mandate) is MandateReason.NO_LICENCE
    Member.objects.filter(party=sam.party_id).update(ended_at=None)
    Block.objects.create(organisation=sam.organisation, blocked_by="Olga", since=NOW)
    assert refusal(act, sam, anna, mandate) is MandateReason.NO_LICENCE


@ACTS
def test_it_is_refused_to_members_of_another_organisation(act: Act, sam: Member, anna: Party, mandate: Mandate) -> None:
    carla = member(organisation("De Brug"), "Carla", is_manager=True)
    licence(carla)
    assert refusal(act, carla, anna, mandate) is MandateReason.NOT_YOURS
    assert not Assignment.objects.filter(organisation=sam.organisation).exists()


@pytest.mark.parametrize("act", [takes_over, stops])
def test_it_needs_the_reason_first(act: Act, sam: Member, anna: Party, mandate: Mandate) -> None:
    north = Team.objects.create(organisation=sam.organisation, name="Noord")
    Assignment.objects.create(organisation=sam.organisation, client=anna, team=north, since=NOW)
    assert refusal(act, sam, anna, mandate) is MandateReason.NO_LICENCE
    assert opens(sam, anna, mandate) == 1
    assert act(sam, anna, mandate) in {True, "ended"}


def test_it_opens_nothing_that_needs_no_reason(sam: Member, anna: Party, mandate: Mandate) -> None:
    assert opens(sam, anna, mandate) == 0


def test_it_stops_no_other_mandate_than_one_of_this_client(
    sam: Member, anna: Party, bram: Party, mandate: Mandate
) -> None:
    other = mandate_of(bram, sam.organisation)
    assert refusal(stops, sam, anna, other) is MandateReason.NOT_YOURS
    wide = mandate_of(bram, organisation("De Brug"))
    assert refusal(stops, sam, bram, wide) is MandateReason.NOT_YOURS
    assert of(mandate).state == "active"
