"""What a portal's events are signed with: told once, sealed after that, and never alone while it is replaced."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from namens.exchange.models import MadeBy, WebhookSecret
from namens.exchange.stream import begin
from namens.exchange.webhook_refusals import WebhookReason, WebhookRefused
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib.limits import Limit
from namens.outbox.actions import hurry
from namens.outbox.models import Kind
from namens.parties import keys
from namens.services.models import Portal, Status

PREFIX = "whsec_"
BYTES = 32
OLDER_SIGNS_FOR = timedelta(hours=24)
LIMIT = Limit(times=10, window=timedelta(hours=24))
_PURPOSE = "webhook-secret"


@dataclass(frozen=True, repr=False)
class PlainSecret:
    """A secret as its portal knows it (`whsec_` and base64, as Standard Webhooks writes it). Prints as `<secret>`."""

    text: str

    @classmethod
    def generate(cls) -> Self:
        """Make a new random one."""
        return cls(PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode())

    @classmethod
    def unseal(cls, sealed: str) -> Self:
        """Give back one that was sealed. Raises BrokenSeal, UnknownKey."""
        return cls(keys.unseal(_PURPOSE, sealed))

    @property
    def key(self) -> bytes:
        """Give the bytes that sign."""
        return base64.b64decode(self.text.removeprefix(PREFIX))

    def seal(self) -> str:
        """Give it encrypted, ready to store."""
        return keys.seal(_PURPOSE, self.text)

    def __repr__(self) -> str:
        return "<secret>"

    __str__ = __repr__


@dataclass(frozen=True)
class MadeSecret:
    """A new secret, and until when the one before it signs too."""

    id: UUID
    made_at: datetime
    secret: PlainSecret
    older_until: datetime | None


def make_secret(portal: Portal, *, now: datetime, channel: Channel, by: str = "") -> MadeSecret:
    """Make a new secret, given here and never again. Raises WebhookRefused.

    The one before it signs beside it for 24 hours, so that no event is refused while a portal takes up the new one. Of
    three the eldest ends at once: who lost one makes two. An operator makes only what is handed over as the first: with
    a later one, one operator alone could tell the portal anything.
    """
    if portal.status != Status.APPROVED:
        raise WebhookRefused(WebhookReason.NOT_APPROVED)
    secret = PlainSecret.generate()
    with transaction.atomic():
        # Two at once: the second waits here, and finds what the first made.
        begin(portal)
        made_by = MadeBy.PORTAL if channel is Channel.PORTAL else MadeBy.OPERATOR
        if made_by is MadeBy.OPERATOR and secrets_of(portal.id, now=now):
            raise WebhookRefused(WebhookReason.PORTAL_MAKES_IT)
        _refuse_too_many(portal, now)
        older_until = _let_older_end(portal, now)
        made = WebhookSecret.objects.create(portal=portal, sealed=secret.seal(), made_at=now, made_by=made_by)
        details = {
            "secret": str(made.id),
            "older_until": older_until.isoformat() if older_until else "",
            "operator": by,
        }
        write(Event.WEBHOOK_SECRET_MADE, at=now, channel=channel, portal=portal.id, details=details)
        if older_until is None:
            hurry(Kind.PORTAL_EVENT, party=portal.id, now=now)
    return MadeSecret(made.id, made.made_at, secret, older_until)


def signing(portal: UUID, *, now: datetime) -> list[PlainSecret]:
    """Give the secrets that sign this portal's events now, the newest first. Raises BrokenSeal, UnknownKey."""
    return [PlainSecret.unseal(one.sealed) for one in secrets_of(portal, now=now)]


def secrets_of(portal: UUID, *, now: datetime) -> list[WebhookSecret]:
    """Give what is known of the secrets that count now, the newest first."""
    counting = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    return list(WebhookSecret.objects.filter(counting, portal=portal).order_by("-made_at", "-id"))


def erase_spent(*, now: datetime) -> int:
    """Erase the secrets that sign no more. A row stays for as long as it counts for the limit."""
    ended = WebhookSecret.objects.filter(ends_at__lte=now)
    return ended.exclude(sealed="").update(sealed="") + ended.filter(made_at__lte=LIMIT.since(now)).delete()[0]


def _refuse_too_many(portal: Portal, now: datetime) -> None:
    made = WebhookSecret.objects.filter(portal=portal, made_at__gt=LIMIT.since(now), made_at__lte=LIMIT.until(now))
    moments = list(made.order_by("made_at").values_list("made_at", flat=True))
    if LIMIT.is_reached(len(moments)):
        wait = LIMIT.wait(moments[len(moments) - LIMIT.times], now=now)
        raise WebhookRefused(WebhookReason.TOO_MANY_SECRETS, wait=wait)


def _let_older_end(portal: Portal, now: datetime) -> datetime | None:
    """Give until when the present secret signs beside the new one, if there is one."""
    of_portal = WebhookSecret.objects.filter(portal=portal)
    of_portal.filter(ends_at__gt=now).update(ends_at=now, sealed="")
    until = now + OLDER_SIGNS_FOR
    return until if of_portal.filter(ends_at__isnull=True).update(ends_at=until) else None
