"""The commands about the keys that sign for portals."""

import argparse
from datetime import datetime, timedelta

from django.core.management import CommandError

from namens.grants.actions import Rotated, make_keys, replace_keys, rotate_keys
from namens.grants.actions.keys import KeyRefused
from namens.grants.addresses import JWKS, full
from namens.grants.models import Algorithm, SigningKey
from namens.grants.signing import STAYS_PUBLISHED, NoSigningKey
from namens.lib import clock

LONGEST_USE = timedelta(days=365)


def make(_chosen: argparse.Namespace) -> None:
    """Make the signing keys that are missing."""
    for kid in make_keys(now=clock.now()):
        print(f"made key {kid}")


def rotate(chosen: argparse.Namespace) -> None:
    """Make the next keys, or replace the present ones at once. Raises CommandError."""
    algorithms = [Algorithm(chosen.algorithm)] if chosen.algorithm else list(Algorithm)
    how = replace_keys if chosen.emergency else rotate_keys
    try:
        rotated = how(algorithms, now=clock.now())
    except (KeyRefused, NoSigningKey) as refused:
        raise CommandError(str(refused)) from None
    for one in rotated:
        print(_replaced(one) if chosen.emergency else _follows(one))
    if chosen.emergency:
        print(
            f"Tell every portal now to fetch {full(JWKS)} again: they may keep the old keys for a week, and believe "
            "what those sign. Access tokens of before are refused from now on: people log in anew."
        )


def show(_chosen: argparse.Namespace) -> None:
    """Show the keys, newest first. Raises CommandError when one signs for longer than a year: a timer can watch."""
    now, old = clock.now(), []
    for key in SigningKey.objects.order_by("algorithm", "-active_from", "kid"):
        print(f"{key.algorithm:6} {key.kid:44} {_standing(key, now)}")
        if _signs(key, now) and now - key.active_from > LONGEST_USE:
            old.append(key.kid)
    if old:
        raise CommandError(f"signs for longer than a year: {', '.join(old)}. `namens keys rotate` makes the next one")


def _follows(one: Rotated) -> str:
    day, gone = one.key.active_from, one.key.active_from + STAYS_PUBLISHED
    return (
        f"made {one.key.algorithm} key {one.key.kid}: portals can fetch it now, it signs from {_written(day)} on. "
        f"Then {', '.join(one.ends)} retires; it stays published until {_written(gone)}"
    )


def _replaced(one: Rotated) -> str:
    ends = ", ".join(one.ends) or "no key"
    return f"withdrew {ends}: what it signed counts no more. {one.key.algorithm} key {one.key.kid} signs from now on"


def _standing(key: SigningKey, now: datetime) -> str:
    if key.withdrawn_at is not None:
        return f"withdrawn on {_written(key.withdrawn_at)}"
    if now < key.active_from:
        return f"waits, signs from {_written(key.active_from)} on"
    if key.retired_at is None:
        return f"signs since {_written(key.active_from)}"
    return f"{'signs' if _signs(key, now) else 'signed'} until {_written(key.retired_at)}"


def _signs(key: SigningKey, now: datetime) -> bool:
    ended = key.retired_at is not None and key.retired_at <= now
    return key.withdrawn_at is None and key.active_from <= now and not ended


def _written(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
