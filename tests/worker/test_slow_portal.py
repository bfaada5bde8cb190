"""A slow portal holds up nobody else, and is left alone after a while."""

import pytest

from namens.grants import outside
from namens.grants.actions import make_keys
from namens.grants.models import Family
from namens.mandates.models import Mandate
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.services.models import Portal
from namens.worker import FIRST_TRIES, FURTHER_TRIES, Worker
from tests.people import NOW, active
from tests.worker.portals import Receiver, listening, logged_in, must_be_told, put, waiting
from tests.worker.working import work

pytestmark = pytest.mark.one_database

SECONDS = 2.0


@pytest.fixture
def slow(belasting: Portal, bram: Party, receiver: Receiver) -> Family:
    """A login at a portal that drips for ever."""
    make_keys(now=NOW)
    receiver.seconds = 60
    Portal.objects.filter(id=belasting.id).update(back_channel_logout_uri=receiver.address)
    return logged_in(belasting, bram)


@pytest.fixture
def mandate(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """Any mandate."""
    return active(anna, bram)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a portal have two seconds instead of five."""
    monkeypatch.setattr(outside, "TOTAL_SECONDS", SECONDS)


def leaves_first(worker: Worker, row: OutboxRow) -> bool:
    """Let the worker work until this row has left, and say whether no other was done with before."""
    others = OutboxRow.objects.exclude(id=row.id)
    while OutboxRow.objects.filter(id=row.id, settled_at__isnull=True).exists():
        worker.turn()
        if others.exclude(last_problem="").exists():
            return False
    return True


def test_it_lets_a_portal_that_drips_go(worker: Worker, slow: Family) -> None:
    must_be_told(slow)
    work(worker)
    assert OutboxRow.objects.get().last_problem == "too slow"


def test_it_tells_others_meanwhile(worker: Worker, slow: Family, toeslagen: Portal, bram: Party) -> None:
    with listening() as quick:
        Portal.objects.filter(id=toeslagen.id).update(back_channel_logout_uri=quick.address)
        for _ in range(FIRST_TRIES - 1):
            must_be_told(slow)
        row = must_be_told(logged_in(toeslagen, bram))
        assert leaves_first(worker, row)
        worker.finish()


def test_it_keeps_room_for_first_messages_whatever_failed_before(
    worker: Worker, slow: Family, toeslagen: Portal, bram: Party
) -> None:
    for _ in range(FIRST_TRIES + FURTHER_TRIES):
        must_be_told(slow)
    OutboxRow.objects.update(attempts=1)
    with listening() as quick:
        Portal.objects.filter(id=toeslagen.id).update(back_channel_logout_uri=quick.address)
        row = must_be_told(logged_in(toeslagen, bram))
        assert leaves_first(worker, row)
        worker.finish()


def test_it_ends_access_before_it_sends_messages(worker: Worker, slow: Family, mandate: Mandate) -> None:
    for _ in range(2 * FIRST_TRIES):
        must_be_told(slow)
    row = put(Kind.ACCESS_ENDED, mandate=str(mandate.id))
    worker.turn()
    assert OutboxRow.objects.get(id=row.id).settled_at is not None
    worker.finish()


def test_it_leases_no_more_than_can_leave_at_once(worker: Worker, slow: Family) -> None:
    for _ in range(3 * FIRST_TRIES):
        must_be_told(slow)
    for _ in range(3):
        worker.turn()
    assert OutboxRow.objects.filter(leased_until__isnull=False).count() == FIRST_TRIES
    worker.finish()


def test_it_takes_up_what_is_under_way_before_it_ends(worker: Worker, slow: Family, receiver: Receiver) -> None:
    receiver.seconds = 0.2
    must_be_told(slow)
    worker.turn()
    worker.finish()
    assert (len(receiver.tokens), waiting()) == (1, [])
