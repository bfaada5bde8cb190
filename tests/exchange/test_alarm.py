"""A client hears by e-mail, whatever they chose, that a portal reported what nobody was allowed to do: once a day."""

import pytest
from pytest_django import Settings

from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from namens.post.messages import Wishes, choose
from tests.api.machine import Machine
from tests.exchange.reporting import ids, report, report_one
from tests.people import NOW
from tests.post.mailing import with_address


def told() -> list[tuple[str, str]]:
    """Give what waits, and for whom."""
    waiting = OutboxRow.objects.filter(kind=Kind.EMAIL, settled_at__isnull=True)
    return [(row.payload["email"], row.payload["party"]) for row in waiting]


@pytest.fixture
def listener(anna: Party, settings: Settings) -> Party:
    """Anna, who has an address and chose to hear of nothing."""
    settings.MAILER = "smtp"
    with_address(anna)
    choose(party=anna, wishes=Wishes(changes=False), now=NOW)
    return anna


def test_it_tells_the_client_once_and_nobody_else(portal: Machine, listener: Party, dirk: Party) -> None:
    for number in range(3):
        report_one(portal, report(ids(dirk, listener, portal=portal), reference=f"ZK-{number}"))
    assert told() == [("attention", str(listener.id))]


def test_it_tells_nobody_where_no_e_mail_is_sent(
    portal: Machine, listener: Party, dirk: Party, settings: Settings
) -> None:
    settings.MAILER = "none"
    report_one(portal, report(ids(dirk, listener, portal=portal)))
    assert told() == []
