"""Lists of mandates and events as a portal's machine reads them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import transaction

from namens.api import examples
from namens.exchange.stream import Draft, EventKind, append
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib.ids import new_id
from namens.mandates.changes import Change, MandateChange
from namens.mandates.models import Mandate
from tests.api.machine import Machine
from tests.people import NOW

MANDATES, SEARCH, EVENTS = "/v1/machtigingen", "/v1/machtigingen/zoekopdrachten", "/v1/gebeurtenissen"
BASIS = "Algemene wet inkomensafhankelijke regelingen, artikel 1"
Page = dict[str, Any]


def page(asking: Machine, **query: object) -> Page:
    """Give one page of the list."""
    response = asking.get(f"{MANDATES}?{urlencode(query)}")
    assert response.status_code == 200, response.content
    read: Page = response.json()
    return read


def found(asking: Machine, **filters: object) -> Page:
    """Give one page of a search."""
    response = asking.post(SEARCH, filters)
    assert response.status_code == 200, response.content
    read: Page = response.json()
    return read


def pages(asking: Machine, **query: object) -> Iterator[Page]:
    """Read page after page."""
    read = page(asking, **query)
    yield read
    while "volgende" in read:
        read = page(asking, **query, vanaf=read["volgende"])
        yield read


def ids_in(read: Page) -> list[str]:
    """Give the mandates on a page."""
    return [one["machtiging"] for one in read["machtigingen"]]


def used(mandate: Mandate, asking: Machine) -> None:
    """Let the mandate have been used at this portal."""
    with transaction.atomic():
        write(
            Event.MANDATE_USED,
            at=NOW,
            channel=Channel.PORTAL,
            actor=mandate.representative_id,
            subject=mandate.representee_id,
            mandate=mandate.id,
            portal=asking.portal.id,
        )


def changed(mandate: Mandate, what: Change, *services: str, at: datetime) -> MandateChange:
    """Let a change of the mandate be noted, after what was noted already."""
    last = MandateChange.objects.filter(mandate=mandate).order_by("-number").first()
    return MandateChange.objects.create(
        mandate=mandate, number=last.number + 1 if last else 1, what=what, services=list(services), at=at
    )


def happened(asking: Machine, number: int, *, at: datetime = NOW) -> list[int]:
    """Let so many events be written for this portal, and give their numbers."""
    data = examples.EVENTS["gebeurtenissen"][0]["gegevens"]
    drafts = [Draft(new_id(), EventKind.CHANGED, {**data, "machtiging": str(new_id())}) for _ in range(number)]
    with transaction.atomic():
        return [event.number for event in append(asking.portal, drafts, now=at)]
