"""Signing keys come and go: made where one is missing, followed by a next one, or withdrawn in an emergency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from namens.grants import signing
from namens.grants.models import Algorithm, SigningKey
from namens.grants.signing import NoSigningKey
from namens.journal.events import Channel, Event
from namens.journal.write import write

MOMENT = timedelta(minutes=1)


class KeyRefused(Exception):
    """A key is not followed or replaced now. Nothing was written."""


class NextKeyWaits(KeyRefused):
    """The next key of this algorithm is there already, and waits for its day."""

    def __init__(self, following: SigningKey) -> None:
        super().__init__(
            f"the next {following.algorithm} key is there already: {following.kid} signs from "
            f"{following.active_from:%Y-%m-%d %H:%M} UTC on. Rotate after that, or in an emergency with --emergency"
        )


class ReplacedJustNow(KeyRefused):
    """Somebody else withdrew the keys of this algorithm a moment ago."""

    def __init__(self, algorithm: Algorithm) -> None:
        super().__init__(f"the {algorithm} keys were withdrawn a moment ago, and a new one signs. Look at `keys list`")


@dataclass(frozen=True)
class Rotated:
    """A new key, and the ids of those that end for it: retired when it begins to sign, or withdrawn."""

    key: SigningKey
    ends: tuple[str, ...]


def make_keys(*, now: datetime) -> list[str]:
    """Make a key for each algorithm that has none, and give their ids. Doing it twice, or at once, makes nothing."""
    missing = [algorithm for algorithm in Algorithm if signing.is_missing(algorithm, now=now)]
    made = [_made_once(algorithm, now) for algorithm in missing]
    return [key.kid for key in made if key is not None]


def rotate_keys(algorithms: Iterable[Algorithm], *, now: datetime) -> list[Rotated]:
    """Make the next key of each algorithm: published now, it signs in eight days, when the present one retires.

    All of them or none. Raises NextKeyWaits, and NoSigningKey where there is no key to follow.
    """
    with transaction.atomic():
        return [_follow(algorithm, now) for algorithm in algorithms]


def replace_keys(algorithms: Iterable[Algorithm], *, now: datetime) -> list[Rotated]:
    """Withdraw every key of each algorithm at once, also one that waits or is retired, and make one that signs now.

    Who took a key from here may have taken all of them. The private part of what is withdrawn is erased. Raises
    ReplacedJustNow: two operators in one emergency make one key.
    """
    with transaction.atomic():
        return [_replace(algorithm, now) for algorithm in algorithms]


def _made_once(algorithm: Algorithm, now: datetime) -> SigningKey | None:
    """Make a key, unless somebody else did so at this very moment."""
    try:
        with transaction.atomic():
            return _made(algorithm, now=now, signs_from=now)
    except IntegrityError:
        return None


def _made(algorithm: Algorithm, *, now: datetime, signs_from: datetime) -> SigningKey:
    key = signing.make(algorithm, now=now, signs_from=signs_from)
    _note(Event.KEY_MADE, key, now, signs_from=signs_from.isoformat())
    return key


def _follow(algorithm: Algorithm, now: datetime) -> Rotated:
    """Give the present key an end, with one conditional UPDATE: of two operators at once the second finds none."""
    signs_from = now + signing.PUBLISHED_BEFORE
    last = SigningKey.objects.filter(algorithm=algorithm, withdrawn_at__isnull=True, retired_at__isnull=True)
    present = last.filter(active_from__lte=now).first()
    if present is None or not last.filter(kid=present.kid).update(retired_at=signs_from):
        following = last.first()
        raise NextKeyWaits(following) if following else NoSigningKey(algorithm)
    _note(Event.KEY_ROTATED, present, now, signs_until=signs_from.isoformat())
    return Rotated(key=_made(algorithm, now=now, signs_from=signs_from), ends=(present.kid,))


def _replace(algorithm: Algorithm, now: datetime) -> Rotated:
    """Withdraw under a lock: of two operators at once the second sees what the first did."""
    held = list(SigningKey.objects.select_for_update().filter(algorithm=algorithm, withdrawn_at__isnull=True))
    if SigningKey.objects.filter(algorithm=algorithm, withdrawn_at__gt=now - MOMENT).exists():
        raise ReplacedJustNow(algorithm)
    for key in held:
        _note(Event.KEY_WITHDRAWN, key, now)
    SigningKey.objects.filter(kid__in=[key.kid for key in held]).update(withdrawn_at=now, sealed="")
    return Rotated(key=_made(algorithm, now=now, signs_from=now), ends=tuple(key.kid for key in held))


def _note(event: Event, key: SigningKey, now: datetime, **details: str) -> None:
    write(event, at=now, channel=Channel.COMMAND, details={"key": key.kid, "algorithm": key.algorithm, **details})
