"""Who may not be at the pages about portals: Dirk in every shape."""

import pytest
from django.test import Client

from namens.journal.models import JournalEntry
from namens.outbox.models import OutboxRow
from namens.services.models import Portal, PortalChange
from tests.pages.operator.test_refuse import DIRKS, Dirk
from tests.pages.portals.registering import acts_on, admitted, changes, pages_of, proposes

pytestmark = pytest.mark.usefixtures("catalogue")


def written() -> list[object]:
    """Give what an operator can make or change."""
    return [
        list(Portal.objects.order_by("id").values()),
        list(PortalChange.objects.order_by("id").values()),
        OutboxRow.objects.count(),
        JournalEntry.objects.exclude(event__in=["signed-in", "staff-signed-in"]).count(),
    ]


@pytest.fixture
def waiting(at_olga: Client, at_oscar: Client) -> list[Portal]:
    """A portal with a change that waits, and a portal that waits."""
    held = admitted(at_olga, at_oscar)
    changes(at_olga, held, name="Anders")
    proposes(at_olga, client_id="ander", sector="ander")
    return list(Portal.objects.order_by("status"))


@pytest.mark.parametrize("dirk", DIRKS.values(), ids=DIRKS)
def test_it_shows_dirk_no_page(waiting: list[Portal], dirk: Dirk) -> None:
    browser = dirk()
    for address in {address for portal in waiting for address in pages_of(portal)}:
        answer = browser.get(address)
        assert answer.status_code in {302, 403}
        assert "Gemeente" not in answer.content.decode()


@pytest.mark.parametrize("dirk", DIRKS.values(), ids=DIRKS)
def test_it_lets_dirk_change_nothing(waiting: list[Portal], dirk: Dirk) -> None:
    browser, change = dirk(), PortalChange.objects.get()
    before = written()
    for portal in waiting:
        for address, typed in acts_on(portal, change.id):
            assert browser.post(address, typed).status_code in {302, 403}
    assert written() == before


def test_it_changes_nothing_on_a_request_from_another_site(waiting: list[Portal], at_oscar: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = at_oscar.cookies
    before = written()
    for portal in waiting:
        for address, typed in acts_on(portal, PortalChange.objects.get().id):
            assert strict.post(address, typed, headers={"Origin": "https://evil.example"}).status_code == 403
    assert written() == before
