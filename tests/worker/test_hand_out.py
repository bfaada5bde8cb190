"""The worker hands outbox rows to their rooms, and loses none."""

import signal
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections
from pytest_django import DjangoAssertNumQueries

from namens import worker as programs
from namens.grants.actions import make_keys
from namens.grants.models import EndedBy, Family
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.outbox import actions as outbox
from namens.outbox.models import Kind
from namens.parties.models import Party
from namens.services.models import Portal
from namens.worker import Worker
from tests.people import NOW, active
from tests.worker.portals import Receiver, logged_in, waiting
from tests.worker.working import work

BREAK = timedelta(seconds=30)


@pytest.fixture
def mandate(toeslagen: Portal, anna: Party, bram: Party, receiver: Receiver) -> Mandate:
    """A mandate with which Bram is logged in at a portal that listens."""
    make_keys(now=NOW)
    Portal.objects.filter(id=toeslagen.id).update(back_channel_logout_uri=receiver.address)
    mandate = active(anna, bram)
    logged_in(toeslagen, bram, anna)
    return mandate


@pytest.fixture
def stopped(mandate: Mandate, anna: Party) -> Mandate:
    """The same, after it was stopped."""
    stop(mandate=mandate.id, by=anna, now=NOW)
    return mandate


@pytest.mark.django_db
def test_it_asks_once_when_there_is_nothing_to_do(
    worker: Worker, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert not worker.turn()


@pytest.mark.usefixtures("stopped")
def test_it_ends_the_login_and_tells_the_portal_once(worker: Worker, receiver: Receiver) -> None:
    assert waiting() == [Kind.ACCESS_ENDED]
    work(worker)
    assert Family.objects.get().ended_by == EndedBy.ACCESS_ENDED
    assert (len(receiver.tokens), waiting()) == (1, [])


@pytest.mark.usefixtures("stopped")
def test_it_sends_the_message_in_the_turn_that_ends_the_login(worker: Worker, receiver: Receiver) -> None:
    worker.turn()
    worker.finish()
    assert (len(receiver.tokens), waiting()) == (1, [])


@pytest.mark.usefixtures("stopped")
def test_it_tries_again_later_when_the_portal_does_not_take_it(worker: Worker, receiver: Receiver) -> None:
    receiver.status = 503
    work(worker)
    assert len(receiver.tokens) == 1
    receiver.status = 200
    work(worker, at=NOW + BREAK)
    assert (len(receiver.tokens), waiting()) == (2, [])


@pytest.mark.usefixtures("stopped")
def test_it_takes_up_what_a_killed_worker_held(worker: Worker, receiver: Receiver) -> None:
    outbox.lease(now=NOW)
    assert work(worker) == 0
    assert receiver.tokens == []
    work(worker, at=NOW + outbox.LEASE + BREAK)
    assert Family.objects.get().ended_at is not None
    assert len(receiver.tokens) == 1


@pytest.mark.usefixtures("stopped")
def test_it_leaves_the_login_of_dirk_alone(worker: Worker, dirk: Party, toeslagen: Portal) -> None:
    own = logged_in(toeslagen, dirk)
    work(worker)
    assert Family.objects.get(id=own.id).ended_at is None


@pytest.mark.usefixtures("stopped")
def test_it_waits_for_a_database_that_is_away(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr("namens.outbox.actions.lease", away)
        patch.setattr(connections, "close_all", lambda: None)
        assert not worker.turn()
    work(worker)
    assert waiting() == []


@pytest.fixture
def signals() -> Iterator[None]:
    """Have the signals of this process as they were, afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("signals")
def test_it_tells_a_portal_of_a_stop_that_comes_while_it_waits(
    mandate: Mandate, anna: Party, receiver: Receiver
) -> None:
    def stop_and_listen() -> None:
        try:
            time.sleep(0.3)
            stop(mandate=mandate.id, by=anna, now=NOW)
            receiver.came.wait(20)
        finally:
            connection.close()
            signal.raise_signal(signal.SIGTERM)

    client = threading.Thread(target=stop_and_listen)
    client.start()
    programs.run(once=False)
    client.join()
    assert receiver.came.is_set()
    assert waiting() == []
