"""Events reach portals: each once where it can be, in the order of what they are about, whatever goes wrong there."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from namens.exchange.models import PortalEvent
from namens.exchange.secrets import make_secret
from namens.grants import outside
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib.ids import new_id
from namens.outbox.models import OutboxRow
from namens.services.models import Portal, Status
from namens.worker import Worker
from tests.exchange.receiving import (
    Answer,
    Handler,
    Heard,
    Hearing,
    Receiver,
    always,
    close_half_way,
    hang,
    hearing,
    listening,
    redirect,
    trickle,
)
from tests.people import NOW
from tests.worker.working import work

ONE, OTHER = new_id(), new_id()
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ear() -> Iterator[Receiver]:
    """A portal's address for events."""
    with listening() as server:
        yield server


@pytest.fixture
def hears(toeslagen: Portal, ear: Receiver) -> Hearing:
    """A portal that listens there."""
    return hearing(toeslagen, ear.address)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a portal for half a second."""
    monkeypatch.setattr(outside, "TOTAL_SECONDS", 0.5)


def delivered() -> list[int]:
    ended = PortalEvent.objects.filter(delivered_at__isnull=False)
    return list(ended.order_by("number").values_list("number", flat=True))


def problem() -> str:
    return OutboxRow.objects.filter(settled_at__isnull=True).order_by("id")[0].last_problem


def in_order(heard: list[Heard], lines: dict[str, object]) -> bool:
    """Say whether the first time of each event came in the order of its line."""
    seen: dict[object, int] = {}
    for one in heard:
        line = lines[one.id]
        if one.number < seen.get(line, 0):
            return False
        seen[line] = one.number
    return True


def test_it_brings_an_event_that_the_portal_can_check(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    (event,) = hears.must_hear(ONE)
    work(worker)
    (heard,) = ear.heard
    assert (heard.id, heard.path, heard.is_signed_with(hears.secret)) == (str(event.id), "/gebeurtenissen", True)
    assert heard.headers["host"] == f"localhost:{ear.server_port}"
    event.refresh_from_db()
    assert (event.delivered_at, event.given_up_at) == (NOW, None)
    assert OutboxRow.objects.get().settled_at == NOW


def test_it_brings_what_is_about_one_thing_in_order(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    lines = [ONE, OTHER, ONE, ONE, OTHER, ONE]
    events = hears.must_hear(*lines)
    work(worker)
    assert sorted(ear.numbers) == [1, 2, 3, 4, 5, 6]
    assert in_order(ear.heard, {str(event.id): event.about for event in events})


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_it_takes_every_two_hundred_for_a_yes(worker: Worker, hears: Hearing, ear: Receiver, status: int) -> None:
    ear.answer = always(status)
    hears.must_hear(ONE)
    work(worker)
    assert (delivered(), len(ear.heard)) == ([1], 1)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 500, 501])
def test_it_comes_back_with_what_was_refused_and_goes_on_with_other_things(
    worker: Worker, hears: Hearing, ear: Receiver, status: int
) -> None:
    ear.answer = lambda _, heard: status if heard.number == 1 else 200
    hears.must_hear(ONE, ONE, OTHER)
    work(worker)
    assert (ear.numbers, problem()) == ([3], f"answered {status}")
    ear.answer = always(200)
    work(worker, at=NOW + MINUTE)
    assert ear.numbers == [3, 1, 2]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (hang, "too slow"),
        (trickle, "too slow"),
        (redirect, "answered 307"),
        (close_half_way, "RemoteProtocolError"),
    ],
    ids=["hangs", "trickles", "redirects", "closes half-way"],
)
def test_it_is_held_up_by_no_answer(worker: Worker, hears: Hearing, ear: Receiver, answer: Answer, why: str) -> None:
    ear.answer = answer
    hears.must_hear(ONE)
    work(worker)
    assert (delivered(), problem(), {one.path for one in ear.heard} <= {"/gebeurtenissen"}) == ([], why, True)
    ear.answer = always(200)
    work(worker, at=NOW + MINUTE)
    assert delivered() == [1]


def test_it_sends_the_same_id_and_the_same_bytes_again(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    ear.answer = always(500)
    hears.must_hear(ONE, machtiging="x", diensten=["b", "a"])
    work(worker)
    work(worker, at=NOW + MINUTE)
    first, second = ear.heard
    assert (first.id, first.body) == (second.id, second.body)
    assert second.moment - first.moment == 60
    assert second.is_signed_with(hears.secret)


def test_it_goes_on_with_a_fresh_moment_to_a_receiver_with_a_wrong_clock(
    worker: Worker, hears: Hearing, ear: Receiver
) -> None:
    theirs = int((NOW - 20 * MINUTE).timestamp())

    def by_its_own_clock(_handler: Handler, heard: Heard) -> int:
        return 200 if abs(heard.moment - theirs) <= 300 else 400

    ear.answer = by_its_own_clock
    hears.must_hear(ONE, ONE)
    work(worker)
    work(worker, at=NOW + MINUTE)
    assert (ear.taken, problem()) == ([], "answered 400")
    theirs = int((NOW + HOUR).timestamp())
    work(worker, at=NOW + HOUR)
    assert ear.numbers == [1, 2]
    assert len({one.id for one in ear.heard}) == 2


def test_it_signs_with_what_holds_at_that_try(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    ear.answer = always(500)
    hears.must_hear(ONE)
    work(worker)
    newer = make_secret(hears.portal, now=NOW + HOUR, channel=Channel.PORTAL).secret.text
    work(worker, at=NOW + HOUR)
    work(worker, at=NOW + 26 * HOUR)
    by_older = [one.is_signed_with(hears.secret) for one in ear.heard]
    by_newer = [one.is_signed_with(newer) for one in ear.heard]
    assert (by_older, by_newer) == ([True, True, False], [False, True, True])


@pytest.mark.parametrize("allowed", [False, True])
def test_it_brings_nothing_inside_unless_that_is_allowed(
    worker: Worker,
    hears: Hearing,
    ear: Receiver,
    settings: Settings,
    allowed: bool,  # noqa: FBT001 - a case
) -> None:
    settings.IS_PRACTICE, settings.PRIVATE_ADDRESSES = False, allowed
    Portal.objects.update(events_uri=ear.address if allowed else ear.address.replace("http:", "https:"))
    hears.must_hear(ONE)
    work(worker)
    assert len(ear.heard) == int(allowed)
    if not allowed:
        assert problem() == "private address"


def test_it_waits_for_a_secret_and_says_so(worker: Worker, toeslagen: Portal, ear: Receiver) -> None:
    hears = hearing(toeslagen, ear.address, has_secret=False)
    hears.must_hear(ONE)
    work(worker)
    assert (ear.heard, problem()) == ([], "no secret to sign with")
    made = make_secret(hears.portal, now=NOW + HOUR, channel=Channel.PORTAL)
    work(worker, at=NOW + HOUR)
    assert ear.heard[0].is_signed_with(made.secret.text)


@pytest.mark.parametrize("terms", [{"events_uri": ""}, {"status": Status.WITHDRAWN}], ids=["no address", "withdrawn"])
def test_it_closes_what_nobody_waits_for(worker: Worker, hears: Hearing, ear: Receiver, terms: dict[str, str]) -> None:
    hears.must_hear(ONE, ONE, OTHER)
    Portal.objects.update(**terms)
    work(worker)
    assert (ear.heard, delivered()) == ([], [])
    assert PortalEvent.objects.filter(given_up_at=NOW).count() == 3
    assert not OutboxRow.objects.filter(settled_at__isnull=True).exists()
    assert not JournalEntry.objects.filter(event=Event.EVENT_GIVEN_UP).exists()


def test_it_takes_a_row_of_an_event_that_is_gone_for_done(worker: Worker, hears: Hearing) -> None:
    hears.must_hear(ONE)
    PortalEvent.objects.all().delete()
    work(worker)
    assert OutboxRow.objects.get().settled_at == NOW


def test_it_settles_nothing_that_another_worker_has_by_now(worker: Worker, hears: Hearing, ear: Receiver) -> None:
    """The lease passed while the portal answered: who has it now sends it again, with the same id."""

    hears.must_hear(ONE, ONE)
    worker.turn()
    OutboxRow.objects.update(lease=new_id())
    work(worker)
    assert (delivered(), ear.numbers) == ([], [1])
    assert OutboxRow.objects.filter(settled_at__isnull=True).count() == 1
