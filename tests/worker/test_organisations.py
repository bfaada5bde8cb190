"""The worker lets the mandates of an organisation end, and asks its clients again, a batch at a time."""

from datetime import timedelta

import pytest

from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates import actions as mandates
from namens.mandates.actions import organisation as rules
from namens.mandates.models import Mandate
from namens.organisations.actions import Terms, agree_to_merger, leave, propose_merger
from namens.organisations.models import Organisation
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.worker import Worker
from namens.worker import organisations as desk
from tests.organisations.joining import LAST_DAY, OLGA, OTTO
from tests.organisations.test_change import MERGED, NOOR
from tests.people import NOW
from tests.worker.working import work
from tests.working import mandate_of, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture(autouse=True)
def no_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let letters wait: this is about what asks for them."""
    monkeypatch.setattr("namens.worker.letters.LetterDesk.turn", lambda _desk: False)


@pytest.fixture
def works_for(anna: Party, bram: Party, dirk: Party) -> Organisation:
    """Samen Sterk with three clients."""
    works_for = organisation()
    for client in (anna, bram, dirk):
        mandate_of(client, works_for)
    return works_for


def leaves(works_for: Organisation) -> None:
    leave(organisation=works_for.party_id, last_day=LAST_DAY, by=OLGA, channel=Channel.PAGES, now=NOW)


def waiting() -> int:
    return OutboxRow.objects.filter(
        kind__in=[Kind.ORGANISATION_LEAVES, Kind.ORGANISATION_MERGED], settled_at__isnull=True
    ).count()


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a batch be two."""
    for name in ("end_with_organisation", "ask_for_successor"):
        whole = getattr(mandates, name)
        monkeypatch.setattr(desk, name, lambda whole=whole, **given: whole(**given, most=2))


def test_it_ends_all_of_them_in_batches(
    monkeypatch: pytest.MonkeyPatch, worker: Worker, works_for: Organisation
) -> None:
    small(monkeypatch)
    leaves(works_for)
    work(worker, at=NOW)
    assert set(Mandate.objects.values_list("last_day", flat=True)) == {LAST_DAY}
    assert OutboxRow.objects.filter(kind=Kind.ORGANISATION_LEAVES).count() == 2
    assert waiting() == 0


def test_it_asks_all_clients_of_a_merger_in_batches(
    monkeypatch: pytest.MonkeyPatch, worker: Worker, works_for: Organisation
) -> None:
    small(monkeypatch)
    merger = propose_merger(
        organisation=works_for.party_id,
        terms=Terms(MERGED, "Samen Verder"),
        manager=NOOR,
        last_day=LAST_DAY,
        by=OLGA,
        channel=Channel.PAGES,
        now=NOW,
    )
    new = agree_to_merger(merger=merger.id, by=OTTO, channel=Channel.PAGES, now=NOW).organisation
    work(worker, at=NOW)
    assert Mandate.objects.filter(representative=new.party_id).count() == 3
    assert OutboxRow.objects.filter(kind=Kind.LETTER, payload__letter="code").count() == 3
    assert waiting() == 0


def test_it_goes_on_after_one_that_cannot_be(
    monkeypatch: pytest.MonkeyPatch, worker: Worker, works_for: Organisation
) -> None:
    leaves(works_for)
    whole = rules._shorten

    def fails_once(*given: object, **named: object) -> None:
        monkeypatch.setattr(rules, "_shorten", whole)
        raise ValueError(str((given, named))[:5])

    monkeypatch.setattr(rules, "_shorten", fails_once)
    work(worker, at=NOW)
    assert waiting() == 1
    work(worker, at=NOW + timedelta(minutes=1))
    assert set(Mandate.objects.values_list("last_day", flat=True)) == {LAST_DAY}
    assert waiting() == 0


def test_it_takes_up_what_was_made_while_the_organisation_was_leaving(
    worker: Worker, works_for: Organisation, carla: Party
) -> None:
    leaves(works_for)
    work(worker, at=NOW)
    late = mandate_of(carla, works_for)
    desk.look_again(now=NOW)
    desk.look_again(now=NOW)
    assert waiting() == 1
    work(worker, at=clock.now())
    late.refresh_from_db()
    assert late.last_day == LAST_DAY
    desk.look_again(now=NOW)
    assert waiting() == 0
