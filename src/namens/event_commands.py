"""What `namens portal events` says: how it stands between a portal and us, for people and for monitoring."""

import argparse
from datetime import datetime

from django.core.management import CommandError

from namens.exchange.overview import Acts, acts_of
from namens.exchange.queries import Delivery, delivery_of
from namens.exchange.secrets import secrets_of
from namens.lib import clock
from namens.services.models import Portal
from namens.services.refusals import ServiceReason, ServiceRefused


def show(chosen: argparse.Namespace) -> None:
    """Say how it stands. Raises CommandError when an event waits longer than an hour: a timer can watch for that."""
    portal, now = Portal.objects.filter(client_id=chosen.client_id).first(), clock.now()
    if portal is None:
        raise ServiceRefused(ServiceReason.UNKNOWN_PORTAL)
    delivery = delivery_of(portal.id, now=now)
    _print_events(portal, delivery)
    _print_secrets(portal, now)
    _print_acts(acts_of(portal.id, now=now))
    if delivery.is_late(now=now):
        raise CommandError(f"events wait longer than an hour: {delivery.waiting}")


def _print_events(portal: Portal, delivery: Delivery) -> None:
    since = f", the oldest since {_moment(delivery.waiting_since)}" if delivery.waiting_since else ""
    print(f"events go to: {portal.events_uri or '-'}")
    print(f"waiting: {delivery.waiting}{since}")
    if delivery.problem:
        again = f"; tried again at {_moment(delivery.next_try_at)}" if delivery.next_try_at else ""
        print(f"last problem: {delivery.problem}{again}")
    print(f"last delivered: {_moment(delivery.delivered_at) if delivery.delivered_at else '-'}")
    print(f"given up in 30 days: {delivery.given_up}")


def _print_secrets(portal: Portal, now: datetime) -> None:
    for one in secrets_of(portal.id, now=now):
        until = f", signs until {_moment(one.ends_at)}" if one.ends_at else ""
        print(f"secret made: {_moment(one.made_at)}{until}")


def _print_acts(acts: Acts) -> None:
    print(f"acts reported in 30 days: {acts.reported}, refused: {acts.refused}")


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
