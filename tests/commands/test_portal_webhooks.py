"""`namens portal webhook-secret` and `try-webhook`: what an operator arranges for the events of a portal."""

import pytest

from namens.exchange.models import PortalEvent, WebhookSecret
from namens.exchange.secrets import PlainSecret
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.services.models import Portal
from tests.commands.saying import Namens, refused

MAKE = ("portal", "webhook-secret", "mijn-toeslagen-portaal", "--by", "olga")
TRY = ("portal", "try-webhook", "mijn-toeslagen-portaal")


@pytest.fixture
def listening(toeslagen: Portal) -> Portal:
    Portal.objects.filter(id=toeslagen.id).update(events_uri="https://portaal.example/gebeurtenissen")
    return toeslagen


def test_it_prints_a_secret_once(namens: Namens, toeslagen: Portal) -> None:
    said = namens(*MAKE)
    assert (said.status, said.err) == (0, "")
    assert PlainSecret.unseal(WebhookSecret.objects.get().sealed).text == said.out.strip()
    entry = JournalEntry.objects.get(event=Event.WEBHOOK_SECRET_MADE)
    assert (entry.portal, entry.channel, entry.details["operator"]) == (toeslagen.id, Channel.COMMAND, "olga")
    assert said.out.strip() not in str(entry.details)


def test_it_refuses_an_operator_a_second_one(namens: Namens, toeslagen: Portal) -> None:  # noqa: ARG001 - for effect
    namens(*MAKE)
    assert namens(*MAKE) == refused("portal-makes-its-own-secret")


def test_it_sends_an_event_to_try_with(namens: Namens, listening: Portal) -> None:
    assert namens(*TRY) == refused("no-webhook-secret")
    namens(*MAKE)
    said = namens(*TRY)
    event = PortalEvent.objects.get()
    assert event.portal_id == listening.id
    assert said.out == f"event 1 ({event.id}) is on its way to https://portaal.example/gebeurtenissen\n"


@pytest.mark.parametrize("words", [MAKE, TRY], ids=["webhook-secret", "try-webhook"])
def test_it_knows_no_other_portal(namens: Namens, words: tuple[str, ...], catalogue: None) -> None:  # noqa: ARG001 - for effect
    assert namens(*words[:2], "ander", *words[3:]) == refused("unknown-portal")
