"""An event that says nothing, for a portal to try its receiver with."""

from datetime import datetime, timedelta

from django.db import transaction

from namens.exchange.models import PortalEvent
from namens.exchange.secrets import secrets_of
from namens.exchange.stream import Draft, EventKind, append, begin
from namens.exchange.webhook_refusals import WebhookReason, WebhookRefused
from namens.lib.ids import new_id
from namens.lib.limits import Limit
from namens.services.models import Portal, Status

LIMIT = Limit(times=10, window=timedelta(hours=1))


def send_trial(portal: Portal, *, now: datetime) -> PortalEvent:
    """Write an event `proef` for this portal, which leaves as any other. Raises WebhookRefused.

    It is about nothing, so nothing waits for it and it waits for nothing.
    """
    if portal.status != Status.APPROVED:
        raise WebhookRefused(WebhookReason.NOT_APPROVED)
    if not portal.events_uri:
        raise WebhookRefused(WebhookReason.NO_ADDRESS)
    if not secrets_of(portal.id, now=now):
        raise WebhookRefused(WebhookReason.NO_SECRET)
    with transaction.atomic():
        begin(portal)
        _refuse_too_many(portal, now)
        (event,) = append(portal, [Draft(new_id(), EventKind.TRIAL, {})], now=now)
    return event


def _refuse_too_many(portal: Portal, now: datetime) -> None:
    of_portal = PortalEvent.objects.filter(portal=portal, kind=EventKind.TRIAL)
    lately = of_portal.filter(at__gt=LIMIT.since(now), at__lte=LIMIT.until(now))
    moments = sorted(lately.values_list("at", flat=True))
    if LIMIT.is_reached(len(moments)):
        wait = LIMIT.wait(moments[len(moments) - LIMIT.times], now=now)
        raise WebhookRefused(WebhookReason.TOO_MANY_TRIALS, wait=wait)
