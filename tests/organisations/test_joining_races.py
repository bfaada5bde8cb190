"""Many at one moment with one link, one switch or one KvK number: one of them counts."""

from functools import partial
from uuid import UUID

import pytest

from namens.journal.events import Channel
from namens.organisations.actions import NewMember, unblock
from namens.organisations.models import Block, Member, Organisation
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from tests.organisations.joining import OLGA, admitted, invited_by, logs_in, mia_begun
from tests.organisations.test_block import blocked
from tests.parallel import at_once
from tests.people import NOW
from tests.working import organisation

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_binds_one_of_many_who_use_a_link() -> None:
    link = admitted().invited
    came = at_once([partial(logs_in, f"person-{name}", link=link) for name in range(6)])
    assert [isinstance(one, Member) for one in came].count(True) == 1
    assert {one for one in came if not isinstance(one, Member)} == {OrganisationReason.INVITATION_USED}
    assert Member.objects.filter(bound_at__isnull=False).count() == 1


def test_it_binds_one_person_with_two_links_once() -> None:
    mia = mia_begun()
    links = [invited_by(mia), invited_by(mia, NewMember("Sam", "Bakker", "sam@elders.example"))]
    came = at_once([partial(logs_in, "sam", link=link) for link in links])
    assert [isinstance(one, Member) for one in came].count(True) == 1
    assert OrganisationReason.ALREADY_MEMBER in came


def test_it_never_lets_one_operator_undo_a_block_with_two_clicks() -> None:
    made = blocked(organisation=organisation().party_id)

    def lifts(by: UUID) -> bool | OrganisationReason:
        try:
            return unblock(block=made.id, by=by, channel=Channel.PAGES, now=NOW)
        except OrganisationRefused as refused:
            return refused.reason

    came = at_once([lambda: lifts(OLGA)] * 4)
    assert sorted(map(str, came)) == ["False", *["second-operator-needed"] * 3]
    assert Block.objects.get().until is None


def test_it_admits_a_number_once() -> None:
    def admits() -> str:
        try:
            return str(admitted().organisation.party_id)
        except OrganisationRefused as refused:
            return refused.reason

    came = at_once([admits] * 4)
    assert came.count(OrganisationReason.KVK_NUMBER_TAKEN) == 3
    assert (Organisation.objects.count(), Member.objects.count()) == (1, 1)
