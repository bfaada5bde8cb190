"""Bringing an event to its portal: a signed message to the registered address (decision 0048).

Two steps, so that a slow portal holds up nobody: `prepare` reads the database, `post` goes outside without it. What
came of it is kept by `keep_delivered`, `keep_given_up` or `close_line`, each in the transaction that settles the row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from namens.exchange.models import PortalEvent
from namens.exchange.secrets import signing
from namens.exchange.stream import hold, put_next, waiting
from namens.exchange.webhooks import body_of, headers_of
from namens.grants import outside
from namens.grants.outside import Answer, Unreachable
from namens.journal.events import Channel, Event
from namens.journal.write import Detail, write
from namens.services.models import Status

NO_SECRET = "no secret to sign with"  # noqa: S105 - a sentence, no secret
AWAY = frozenset({429, 502, 503, 504})
"""What a server says that is busy, or in front of one that is not there (RFC 6585, 4; RFC 9110, 15.6)."""
_LONGEST_NUMBER = 6


@dataclass(frozen=True)
class Message:
    """What a portal must hear, and where."""

    event: UUID
    portal: UUID
    address: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Sent:
    """The portal took it, or has it already."""


@dataclass(frozen=True)
class NobodyThere:
    """Nobody has to hear it any more: the portal has no address, or is withdrawn."""


@dataclass(frozen=True)
class Failed:
    """The portal did not take it. `problem` says why.

    `is_away` when others would not arrive either; then `rest` is for how long the portal wants to be left alone.
    """

    problem: str
    is_away: bool = False
    rest: timedelta = timedelta()


def prepare(event: UUID, *, now: datetime) -> Message | Sent | NobodyThere | Failed:
    """Give the message for this event, signed for a try now, or how it ends already."""
    found = PortalEvent.objects.select_related("portal").filter(id=event).first()
    if found is None or found.delivered_at or found.given_up_at:
        return Sent()
    portal = found.portal
    if portal.status != Status.APPROVED or not portal.events_uri:
        return NobodyThere()
    try:
        secrets = signing(portal.id, now=now)
    except (LookupError, ValueError) as problem:
        # A key that the keyring does not hold any more, or a seal that is broken.
        return Failed(type(problem).__name__)
    if not secrets:
        return Failed(NO_SECRET)
    body = body_of(found)
    headers = headers_of(found.id, body=body, secrets=secrets, now=now)
    return Message(found.id, portal.id, portal.events_uri, body=body, headers=headers)


def post(message: Message) -> Sent | Failed:
    """Post a message, within five seconds whatever trickles in. Never follows a redirect. For any thread."""
    try:
        # The body says nothing that we need, so it is not read.
        answer = outside.call("POST", message.address, content=message.body, headers=message.headers)
    except Unreachable as problem:
        return Failed(str(problem), is_away=True)
    if 200 <= answer.status < 300:
        return Sent()
    return Failed(f"answered {answer.status}", is_away=answer.status in AWAY, rest=_wish(answer))


def keep_delivered(event: UUID, *, now: datetime) -> None:
    """Keep that the portal has it, and let the next about the same thing leave. In a transaction."""
    found = _held(event)
    if found is not None:
        PortalEvent.objects.filter(id=event).update(delivered_at=now)
        put_next(found, now=now)


def keep_given_up(event: UUID, *, now: datetime) -> PortalEvent | None:
    """Keep that the portal did not take it in all that time, and let the next leave. In a transaction."""
    found = _held(event)
    if found is not None:
        PortalEvent.objects.filter(id=event).update(given_up_at=now)
        details: dict[str, Detail] = {"event": str(event), "number": found.number, "kind": found.kind}
        write(Event.EVENT_GIVEN_UP, at=now, channel=Channel.WORKER, portal=found.portal_id, details=details)
        put_next(found, now=now)
    return found


def close_line(event: UUID, *, now: datetime) -> None:
    """Close all that still waits about the same thing, for nobody is there. In a transaction."""
    found = _held(event)
    if found is not None:
        waiting(found.portal_id, found.about).update(given_up_at=now)


def _held(event: UUID) -> PortalEvent | None:
    """Give this event if it still waits, with the stream of its portal held."""
    portal = PortalEvent.objects.filter(id=event).values_list("portal", flat=True).first()
    if portal is None:
        return None
    hold(portal)
    return PortalEvent.objects.filter(id=event, delivered_at__isnull=True, given_up_at__isnull=True).first()


def _wish(answer: Answer) -> timedelta:
    """Give after how many seconds the portal wants to be asked again (RFC 9110, 10.2.3); a date is not looked at."""
    said = answer.retry_after
    is_number = said.isascii() and said.isdigit() and len(said) <= _LONGEST_NUMBER
    return timedelta(seconds=int(said)) if is_number else timedelta()
