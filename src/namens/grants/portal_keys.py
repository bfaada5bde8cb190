"""The public keys of a portal: what it proves itself with, and what we encrypt for it with.

They stand in its registration, or are fetched from the address that stands there: at need, and seldom.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from namens.grants import outside
from namens.grants.models import FetchedKeys
from namens.grants.outside import Unreachable
from namens.services.key_sets import BadKeySet, public_keys
from namens.services.models import Portal

FRESH_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(hours=24)
PAUSE = timedelta(minutes=1)
MOST_BYTES = 65_536
Key = dict[str, Any]

log = structlog.get_logger()


def keys_of(portal: Portal) -> list[Key]:
    """Give the public keys of this portal as they are known now (RFC 7517, 4). Fetches nothing."""
    if not portal.jwks_uri:
        return list(portal.jwks.get("keys", []))
    fetched = _fetched(portal)
    return list(fetched.keys) if fetched is not None else []


def keys_for(portal: Portal, *, fits: Callable[[Key], bool], now: datetime) -> list[Key]:
    """Give the keys of this portal that fit, fetched anew when none does or they are an hour old.

    Outside a transaction. At most once a minute, whatever comes in: strangers can name a key that does not exist.
    """
    if portal.jwks_uri and _is_stale(_fetched(portal), fits=fits, now=now) and _may_try(portal, now=now):
        _fetch(portal, now=now)
    return [key for key in keys_of(portal) if fits(key)]


def _fetched(portal: Portal) -> FetchedKeys | None:
    """Give what came from the address that is registered now, if anything did."""
    return FetchedKeys.objects.filter(portal=portal, address=portal.jwks_uri, fetched_at__isnull=False).first()


def _is_stale(fetched: FetchedKeys | None, *, fits: Callable[[Key], bool], now: datetime) -> bool:
    if fetched is None or fetched.fetched_at is None or fetched.fetched_at <= now - FRESH_FOR:
        return True
    return not any(fits(key) for key in fetched.keys)


def _may_try(portal: Portal, *, now: datetime) -> bool:
    """Take the turn to fetch with one conditional UPDATE: of two processes one gets it. A new address need not wait."""
    kept, address = FetchedKeys.objects.filter(portal=portal), portal.jwks_uri
    if kept.exclude(address=address).update(address=address, keys=[], fetched_at=None, tried_at=now):
        return True
    if kept.filter(tried_at__lte=now - PAUSE).update(tried_at=now):
        return True
    return FetchedKeys.objects.get_or_create(portal=portal, defaults={"address": address, "tried_at": now})[1]


def _fetch(portal: Portal, *, now: datetime) -> None:
    """Fetch the keys and keep them; what could not be fetched leaves those of before, for a day."""
    kept = FetchedKeys.objects.filter(portal=portal, address=portal.jwks_uri)
    try:
        kept.update(keys=_read(portal.jwks_uri), fetched_at=now)
    except (Unreachable, BadKeySet) as problem:
        log.warning("keys not fetched", portal=portal.client_id, problem=str(problem))
        kept.filter(fetched_at__lte=now - KEPT_FOR).update(keys=[])


def _read(address: str) -> list[Key]:
    """Give the keys at an address. Raises Unreachable, BadKeySet."""
    answer = outside.call("GET", address, most_bytes=MOST_BYTES)
    if answer.status != 200:
        raise Unreachable(f"answered {answer.status}")
    try:
        return public_keys(json.loads(answer.body))
    except (ValueError, RecursionError) as problem:
        raise problem if isinstance(problem, BadKeySet) else BadKeySet("no JSON") from None
