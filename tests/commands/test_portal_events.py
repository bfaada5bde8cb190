"""`namens portal events`: how it stands between a portal and us, with a status that monitoring can watch."""

from datetime import timedelta
from pathlib import Path

import pytest

from namens.exchange.models import PortalEvent
from namens.exchange.secrets import make_secret
from namens.journal.events import Channel
from namens.lib import clock
from namens.services.models import Portal
from namens.services.profiles import MachineScope
from tests.commands.saying import Namens, refused
from tests.commands.test_portal import EVENTS, TERMS, jwks
from tests.pages.portals import passing

__all__ = ["jwks"]
pytestmark = pytest.mark.usefixtures("catalogue")
ASKED = ("portal", "events", "gemeente")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def gemeente(namens: Namens, jwks: Path) -> Portal:
    """A portal that hears events."""
    namens(*TERMS, "--jwks", str(jwks), "--machine-scope", MachineScope.PORTALS, *EVENTS)
    namens("portal", "approve", "gemeente", "--by", "otto")
    return Portal.objects.get()


def test_it_says_that_nothing_passes_yet(namens: Namens, gemeente: Portal) -> None:
    said = namens(*ASKED)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        f"events go to: {gemeente.events_uri}",
        "waiting: 0",
        "last delivered: -",
        "given up in 30 days: 0",
        "acts reported in 30 days: 0, refused: 0",
    ]


def test_it_is_content_while_something_waits_for_less_than_an_hour(namens: Namens, gemeente: Portal) -> None:
    at = clock.now() - 59 * MINUTE
    passing.event(gemeente, at=at, problem="answered 503")
    said = namens(*ASKED)
    assert (said.status, said.err) == (0, "")
    assert (
        f"waiting: 1, the oldest since {at:%Y-%m-%d %H:%M} UTC\nlast problem: answered 503; tried again at" in said.out
    )


def test_it_gives_status_one_when_something_waits_longer(namens: Namens, gemeente: Portal) -> None:
    for minutes in (61, 1):
        passing.event(gemeente, at=clock.now() - minutes * MINUTE)
    said = namens(*ASKED)
    assert (said.status, said.err) == (1, "namens: events wait longer than an hour: 2\n")
    assert said.out.startswith("events go to: ")


def test_it_gives_status_one_no_more_once_it_was_taken(namens: Namens, gemeente: Portal) -> None:
    made = passing.event(gemeente, at=clock.now() - 61 * MINUTE)
    PortalEvent.objects.filter(id=made.id).update(delivered_at=clock.now())
    said = namens(*ASKED)
    assert said.status == 0
    assert "last delivered: -" not in said.out


def test_it_counts_acts_and_tells_of_secrets_without_showing_one(namens: Namens, gemeente: Portal) -> None:
    now = clock.now()
    made = [make_secret(gemeente, now=now - hours * 60 * MINUTE, channel=Channel.PORTAL) for hours in (2, 1)]
    passing.reported(gemeente, at=now, number=3)
    passing.refused(gemeente, at=now)
    said = namens(*ASKED)
    assert "acts reported in 30 days: 3, refused: 1" in said.out
    assert (said.out.count("secret made: "), said.out.count(", signs until ")) == (2, 1)
    assert not any(one.secret.text in said.out for one in made)


def test_it_says_that_a_portal_is_unknown(namens: Namens) -> None:
    assert namens("portal", "events", "niemand") == refused("unknown-portal")
