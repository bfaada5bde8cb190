"""The stream of one portal's events: numbered in the order in which they can be read, sent one at a time a thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from namens.exchange.models import PortalEvent, Stream
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.services.models import Portal


class EventKind(StrEnum):
    """What a portal hears of. The words go over the wire."""

    ACTIVE = "machtiging.actief"
    STOPPED = "machtiging.gestopt"
    SUSPENDED = "machtiging.onderbroken"
    RESTORED = "machtiging.hersteld"
    ENDED = "machtiging.beeindigd"
    CHANGED = "machtiging.gewijzigd"
    LICENCE = "licentie.gewijzigd"
    EXCLUSION = "uitsluiting.gewijzigd"
    DISPUTED = "handeling.betwist"
    TRIAL = "proef"


@dataclass(frozen=True)
class Draft:
    """An event that is not numbered yet. `data` is in the ids of the portal that hears it.

    `at` is when it happened, where that was before it is written down.
    """

    about: UUID
    kind: EventKind
    data: Mapping[str, Any]
    at: datetime | None = None


class OutsideTransaction(RuntimeError):
    """An event was about to be written apart from what it follows from."""


def append(portal: Portal, drafts: Sequence[Draft], *, now: datetime) -> list[PortalEvent]:
    """Write events for this portal, in their order, in the open transaction. Raises OutsideTransaction.

    The stream's row is held until the transaction ends: whoever reads on from a number misses none. Who appends for
    several portals takes them in the order of their ids, so that two never wait for each other. What is written while
    a portal has no address is closed at once: it can be read, and no later one waits for it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(portal.client_id)
    if not drafts:
        return []
    Stream.objects.get_or_create(portal=portal)
    Stream.objects.filter(portal=portal).update(last_number=F("last_number") + len(drafts))
    last = Stream.objects.values_list("last_number", flat=True).get(portal=portal)
    numbers = range(last - len(drafts) + 1, last + 1)
    closed = None if portal.events_uri else now
    events = [
        PortalEvent(
            portal=portal,
            number=number,
            about=one.about,
            kind=one.kind,
            data=dict(one.data),
            at=one.at or now,
            written_at=now,
            given_up_at=closed,
        )
        for number, one in zip(numbers, drafts, strict=True)
    ]
    PortalEvent.objects.bulk_create(events, batch_size=500)
    if portal.events_uri:
        for about in dict.fromkeys(one.about for one in events):
            _put_first(portal.id, about, among={one.id for one in events}, now=now)
    return events


def put_next(event: PortalEvent, *, now: datetime) -> None:
    """Let the next event about the same thing leave, once this one was taken or given up. In the same transaction.

    Hold the stream first (`hold`): else a newer event could be written meanwhile and find this one still waiting.
    """
    _put_first(event.portal_id, event.about, now=now)


def begin(portal: Portal) -> None:
    """Hold the stream of this portal, also when it has none yet."""
    Stream.objects.get_or_create(portal=portal)
    hold(portal.id)


def hold(portal: UUID) -> None:
    """Hold the stream of this portal until the transaction ends."""
    # An UPDATE, because SQLite knows no other way.
    Stream.objects.filter(portal=portal).update(last_number=F("last_number"))


def waiting(portal: UUID, about: UUID) -> QuerySet[PortalEvent]:
    """Give the events about one thing that this portal still has to hear, the oldest first."""
    line = PortalEvent.objects.filter(portal=portal, about=about, delivered_at__isnull=True, given_up_at__isnull=True)
    return line.order_by("number")


def _put_first(portal: UUID, about: UUID, *, now: datetime, among: set[UUID] | None = None) -> None:
    """Put an outbox row for the oldest event that waits; with `among` only when it is one of these.

    Whoever writes or closes an event of this portal holds its stream, so that no line is left without a row. The row
    counts as put when the event was written: what waited in line for as long as may be is tried once, and given up.
    """
    first = waiting(portal, about).first()
    if first is not None and (among is None or first.id in among):
        payload = {"event": str(first.id)}
        put(Kind.PORTAL_EVENT, payload=payload, now=first.written_at or first.at, due_at=now, party=portal)
