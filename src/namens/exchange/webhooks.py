"""An event as it is posted to a portal: its body, and the headers of Standard Webhooks 1.0.0 ("Signature scheme")."""

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct, field

from namens.exchange.models import PortalEvent
from namens.exchange.secrets import PlainSecret

# PostgreSQL keeps the keys of an object in an order of its own: sorted, the bytes are the same wherever it was.
_encoder = msgspec.json.Encoder(order="deterministic")


class EventBody(Struct, frozen=True):
    """An event over the wire, where it is posted and where it is read."""

    id: UUID
    number: int = field(name="nummer")
    type: str
    at: datetime = field(name="tijdstip")
    data: dict[str, Any] = field(name="gegevens")


def told(event: PortalEvent) -> EventBody:
    """Give an event as a portal reads it."""
    return EventBody(id=event.id, number=event.number, type=event.kind, at=event.at, data=event.data)


def body_of(event: PortalEvent) -> bytes:
    """Give what is posted: the same bytes at each try."""
    return _encoder.encode(told(event))


def headers_of(event: UUID, *, body: bytes, secrets: Sequence[PlainSecret], now: datetime) -> dict[str, str]:
    """Give the headers of one try, with a signature by each secret. The moment is that of this try."""
    moment = str(int(now.timestamp()))
    signatures = (signature(secret, message=str(event), moment=moment, body=body) for secret in secrets)
    return {
        "Content-Type": "application/json",
        "webhook-id": str(event),
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(signatures),
    }


def signature(secret: PlainSecret, *, message: str, moment: str, body: bytes) -> str:
    """Sign `id.timestamp.body` with HMAC-SHA256."""
    signed = f"{message}.{moment}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(secret.key, signed, 'sha256')).decode()}"
