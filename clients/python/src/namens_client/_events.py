"""Reads events, from a webhook and from a list: both have the same words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from namens_client import _people
from namens_client._reading import Fields
from namens_client.events import (
    DisputeEvent,
    Event,
    EventType,
    ExclusionEvent,
    LicenceEvent,
    MandateEvent,
    TrialEvent,
    UnknownEvent,
)


class Always(TypedDict):
    """What every event has."""

    id: UUID
    number: int
    at: datetime


def event(fields: Fields) -> Event:
    """Read an event. Raises Unreadable."""
    always = Always(id=fields.uuid("id"), number=fields.number("nummer"), at=fields.moment("tijdstip"))
    word, content = fields.text("type"), fields.inner("gegevens")
    try:
        kind = EventType(word)
    except ValueError:
        return UnknownEvent(type=word, content=content.content, **always)
    return KINDS[kind](kind, content, always) if kind in KINDS else _mandate(kind, content, always)


def _mandate(kind: EventType, content: Fields, always: Always) -> Event:
    return MandateEvent(
        type=kind,
        mandate=content.uuid("machtiging"),
        sequence=content.number("volgnummer"),
        represented=_people.read_person(content.inner("vertegenwoordigde")),
        representative=_people.read(content.inner("gemachtigde")),
        services=content.texts("diensten"),
        first_day=content.day("eersteDag") if content.has("eersteDag") else None,
        last_day=content.day("laatsteDag") if content.has("laatsteDag") else None,
        left_out=content.texts("uitgezonderd"),
        **always,
    )


def _licence(_kind: EventType, content: Fields, always: Always) -> Event:
    member = _people.read_member(content.inner("medewerker"))
    return LicenceEvent(member=member, services=content.texts("diensten"), **always)


def _exclusion(_kind: EventType, content: Fields, always: Always) -> Event:
    return ExclusionEvent(
        represented=_people.read_person(content.inner("vertegenwoordigde")),
        member=_people.read_member(content.inner("medewerker")),
        excluded=content.flag("uitgesloten"),
        **always,
    )


def _dispute(_kind: EventType, content: Fields, always: Always) -> Event:
    return DisputeEvent(act=content.uuid("handeling"), reference=content.text("kenmerk"), **always)


def _trial(_kind: EventType, _content: Fields, always: Always) -> Event:
    return TrialEvent(**always)


KINDS: Mapping[EventType, Callable[[EventType, Fields, Always], Event]] = {
    EventType.LICENCE: _licence,
    EventType.EXCLUSION: _exclusion,
    EventType.DISPUTED: _dispute,
    EventType.TRIAL: _trial,
}
