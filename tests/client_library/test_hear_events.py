"""The library reads the events of the real stream, and takes what the worker posts."""

from datetime import datetime
from uuid import UUID

import pytest
from django.db import transaction
from namens_client import (
    DisputeEvent,
    Event,
    LicenceEvent,
    MandateEvent,
    Namens,
    NotTaken,
    Person,
    TrialEvent,
    Webhook,
    WrongSignature,
)

from namens.exchange import stream, webhooks
from namens.exchange.models import PortalEvent
from namens.exchange.secrets import PlainSecret, signing
from namens.exchange.stream import Draft, EventKind
from namens.services.models import Portal
from tests.api.machine import Machine

ABOUT = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
MANDATE = {
    "machtiging": str(ABOUT),
    "volgnummer": 1,
    "vertegenwoordigde": {"id": "id-of-anna", "soort": "persoon"},
    "gemachtigde": {"id": "id-of-bram", "soort": "persoon"},
    "diensten": ["mijn-toeslagen"],
    "eersteDag": "2026-11-23",
    "laatsteDag": "2027-11-22",
    "uitgezonderd": [],
}
LICENCE = {"medewerker": {"id": "id-of-sam", "soort": "medewerker", "kvkNummer": "90000001"}, "diensten": []}
DISPUTED = {"handeling": str(ABOUT), "kenmerk": "change-1"}
DRAFTS = (
    Draft(ABOUT, EventKind.STOPPED, MANDATE),
    Draft(ABOUT, EventKind.LICENCE, LICENCE),
    Draft(ABOUT, EventKind.DISPUTED, DISPUTED),
)


@pytest.fixture
def written(portal: Machine, today: datetime) -> list[PortalEvent]:
    """Three events of this portal."""
    with transaction.atomic():
        return stream.append(portal.portal, DRAFTS, now=today)


def posted(event: PortalEvent, *secrets: str, today: datetime) -> Event:
    """Let the library check what would be posted with what signs now."""
    body = webhooks.body_of(event)
    ours = signing(event.portal_id, now=today) or [PlainSecret.generate()]
    headers = webhooks.headers_of(event.id, body=body, secrets=ours, now=today)
    return Webhook(*secrets).verify(body, headers)


@pytest.mark.usefixtures("written")
def test_it_reads_on_from_a_number(namens: Namens) -> None:
    stopped, licence, disputed = namens.events(after=0)
    assert isinstance(stopped, MandateEvent)
    assert (stopped.mandate, stopped.is_over, stopped.represented) == (ABOUT, True, Person("id-of-anna"))
    assert isinstance(licence, LicenceEvent)
    assert isinstance(disputed, DisputeEvent)
    assert [one.number for one in namens.events(after=2)] == [3]
    assert namens.newest_event() == 3


def test_it_takes_what_is_posted_with_its_secret(namens: Namens, written: list[PortalEvent], today: datetime) -> None:
    older, newer = namens.new_webhook_secret().secret, namens.new_webhook_secret().secret
    for secret in (older, newer):
        assert posted(written[0], secret, today=today) == next(namens.events(after=0))


@pytest.mark.usefixtures("namens")
def test_it_takes_nothing_with_the_secret_of_another(written: list[PortalEvent], today: datetime) -> None:
    with pytest.raises(WrongSignature):
        posted(written[0], PlainSecret.generate().text, today=today)


def test_it_has_an_event_sent_to_try_with(namens: Namens, portal: Machine, today: datetime) -> None:
    with pytest.raises(NotTaken, match="kan-nog-niet"):
        namens.try_webhook()
    Portal.objects.filter(id=portal.portal.id).update(events_uri="https://portaal.example/gebeurtenissen")
    secret = namens.new_webhook_secret().secret
    namens.try_webhook()
    (trial,) = PortalEvent.objects.all()
    assert isinstance(posted(trial, secret, today=today), TrialEvent)
