"""Whom a member reaches, where the clock that answers runs behind the clock that wrote: what was stopped is stopped."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from namens.journal.events import Channel
from namens.organisations.actions import block, end_licence, end_member, pause_licence
from namens.organisations.models import Licence, Member
from namens.organisations.queries import at_work
from namens.organisations.reach import grounds_of
from tests.organisations.joining import OLGA
from tests.organisations.managing import mia
from tests.people import NOW
from tests.working import licence, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue")
AHEAD = NOW + timedelta(minutes=1)
Stop = Callable[[Member, Licence], object]


def switched_off(sam: Member, *, one: bool) -> object:
    return block(
        organisation=sam.organisation_id,
        member=sam.party_id if one else None,
        reason="Melding",
        by=OLGA,
        channel=Channel.PAGES,
        now=AHEAD,
    )


OF_LICENCES: dict[str, Stop] = {
    "pause": lambda _sam, held: pause_licence(by=mia(), licence=held.id, version=0, now=AHEAD),
    "end": lambda _sam, held: end_licence(by=mia(), licence=held.id, version=0, now=AHEAD),
}
OF_MEMBERS: dict[str, Stop] = {
    "end": lambda sam, _held: end_member(by=mia(), member=sam.party_id, version=0, now=AHEAD),
    "switch of one": lambda sam, _held: switched_off(sam, one=True),
    "switch of all": lambda sam, _held: switched_off(sam, one=False),
}


@pytest.mark.parametrize("stop", OF_LICENCES.values(), ids=OF_LICENCES)
def test_it_lets_a_licence_reach_nobody_once_it_was_stopped_by_a_clock_that_runs_ahead(stop: Stop) -> None:
    sam = member(organisation())
    held = licence(sam)
    assert grounds_of(sam, now=NOW) != frozenset()
    stop(sam, held)
    assert grounds_of(sam, now=NOW) == frozenset()


@pytest.mark.parametrize("stop", OF_MEMBERS.values(), ids=OF_MEMBERS)
def test_it_lets_nobody_in_who_was_stopped_by_a_clock_that_runs_ahead(stop: Stop) -> None:
    sam, carla = member(organisation()), member(organisation("De Brug"), "Carla")
    stop(sam, licence(sam))
    assert not at_work(Member.objects.select_related("organisation").get(party=sam.party_id), now=NOW)
    assert at_work(carla, now=NOW)


def test_it_lets_a_licence_that_a_clock_ahead_gave_wait_for_ours() -> None:
    sam, vera = member(organisation()), member(organisation(), "Vera")
    licence(sam, now=AHEAD)
    assert grounds_of(sam, now=NOW) == frozenset()
    assert grounds_of(sam, now=AHEAD) != frozenset()
    assert grounds_of(vera, now=AHEAD) == frozenset()
