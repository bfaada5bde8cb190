"""The operator's switch: one operator throws it, two undo it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from namens.journal.events import Channel, Event
from namens.organisations.actions import block, keep_blocked, unblock
from namens.organisations.models import Block, Member
from namens.organisations.queries import at_work
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.outbox.models import Kind
from tests.organisations.joining import OLGA, OTTO, noted, put
from tests.people import NOW
from tests.working import member, organisation

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def blocked(*, organisation: UUID, member: UUID | None = None) -> Block:
    return block(organisation=organisation, member=member, reason="Melding", by=OLGA, channel=Channel.PAGES, now=NOW)


def undo(made: Block, *, by: UUID) -> bool:
    return unblock(block=made.id, by=by, channel=Channel.PAGES, now=LATER)


def test_it_stops_everybody_of_an_organisation_at_once() -> None:
    works_for = organisation()
    sam, vera = member(works_for), member(works_for, "Vera")
    carla = member(organisation("De Brug"), "Carla")
    made = blocked(organisation=works_for.party_id)
    assert [at_work(one, now=NOW) for one in (sam, vera, carla)] == [False, False, True]
    assert made.reason == "Melding"
    told = {row["member"] for row in put(Kind.MEMBER_ENDED)}
    assert told == {str(sam.party_id), str(vera.party_id)}
    assert (noted(Event.ACCESS_BLOCKED).actor, noted(Event.ACCESS_BLOCKED).subject) == (OLGA, works_for.party_id)


def test_it_stops_one_member_and_nobody_else() -> None:
    works_for = organisation()
    sam, vera = member(works_for), member(works_for, "Vera")
    blocked(organisation=works_for.party_id, member=sam.party_id)
    assert [at_work(one, now=NOW) for one in (sam, vera)] == [False, True]
    assert put(Kind.MEMBER_ENDED) == [{"member": str(sam.party_id)}]
    assert noted(Event.ACCESS_BLOCKED).subject == sam.party_id


def test_it_tells_no_portal_of_who_never_began_or_has_ended() -> None:
    works_for = organisation()
    gone, new = member(works_for), member(works_for, "Vera")
    Member.objects.filter(party=gone.party_id).update(ended_at=NOW)
    Member.objects.filter(party=new.party_id).update(bound_at=None, pseudonym_digest="")
    blocked(organisation=works_for.party_id)
    assert put(Kind.MEMBER_ENDED) == []


def test_it_takes_two_operators_to_undo_it() -> None:
    works_for = organisation()
    sam = member(works_for)
    made = blocked(organisation=works_for.party_id)
    assert undo(made, by=OLGA) is False
    assert not at_work(sam, now=LATER)
    assert undo(made, by=OTTO) is True
    assert at_work(sam, now=LATER)
    kept = Block.objects.get()
    assert (kept.until, kept.first_lifter, kept.second_lifter) == (LATER, str(OLGA), str(OTTO))
    assert (noted(Event.UNBLOCK_PROPOSED).actor, noted(Event.ACCESS_UNBLOCKED).actor) == (OLGA, OTTO)


def test_it_refuses_the_same_operator_twice() -> None:
    made = blocked(organisation=organisation().party_id)
    undo(made, by=OLGA)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.SECOND_OPERATOR):
        undo(made, by=OLGA)
    assert Block.objects.get().until is None


def test_it_stays_blocked_when_another_operator_does_not_agree() -> None:
    made = blocked(organisation=organisation().party_id)
    undo(made, by=OLGA)
    keep_blocked(block=made.id, by=OTTO, channel=Channel.PAGES, now=LATER)
    assert undo(made, by=OTTO) is False
    assert noted(Event.UNBLOCK_REFUSED).actor == OTTO
    with pytest.raises(OrganisationRefused, match=OrganisationReason.NOTHING_PROPOSED):
        keep_blocked(
            block=blocked(organisation=organisation("De Brug").party_id).id, by=OTTO, channel=Channel.PAGES, now=LATER
        )


def test_it_undoes_nothing_twice() -> None:
    made = blocked(organisation=organisation().party_id)
    undo(made, by=OLGA)
    undo(made, by=OTTO)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.NOT_BLOCKED):
        undo(made, by=OLGA)
    assert blocked(organisation=organisation().party_id).id != made.id


@pytest.mark.parametrize("what", ["organisation", "member"])
def test_it_blocks_nothing_twice(what: str) -> None:
    sam = member(organisation())
    one = sam.party_id if what == "member" else None
    blocked(organisation=sam.organisation_id, member=one)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.ALREADY_BLOCKED):
        blocked(organisation=sam.organisation_id, member=one)
    assert Block.objects.count() == 1


def test_it_blocks_nobody_of_another_organisation() -> None:
    carla = member(organisation("De Brug"), "Carla")
    with pytest.raises(OrganisationRefused, match=OrganisationReason.UNKNOWN_MEMBER):
        blocked(organisation=organisation().party_id, member=carla.party_id)
    with pytest.raises(OrganisationRefused, match=OrganisationReason.UNKNOWN_ORGANISATION):
        blocked(organisation=UUID(int=9))


@pytest.mark.parametrize("lifters", [("", ""), ("olga", ""), ("olga", "olga"), ("", "otto")])
def test_it_is_the_database_that_asks_for_two(lifters: tuple[str, str]) -> None:
    made = blocked(organisation=organisation().party_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.filter(id=made.id).update(until=LATER, first_lifter=lifters[0], second_lifter=lifters[1])
