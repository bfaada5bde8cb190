"""Signing our tokens, and recognising them again."""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import CharField, DateTimeField, Q, QuerySet
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeyParameters, RSAKey

from namens.grants.models import Algorithm, SigningKey
from namens.made_once import made_once
from namens.parties import keys

SEAL = "signing-key"
PUBLISHED_BEFORE = timedelta(days=8)
STAYS_PUBLISHED = timedelta(days=1)
RSA_BITS = 2048
# What reading a token can raise: joserfc does not expect a header that is no object, nor JSON of great depth.
UNREADABLE = (JoseError, ValueError, TypeError, RecursionError)
Claims = dict[str, Any]
_KID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


class NoSigningKey(LookupError):
    """There is no active key for this algorithm: `namens keys make` was not run."""

    def __init__(self, algorithm: str) -> None:
        super().__init__(f"no active {algorithm} key; `namens keys make` makes one")


class NotOurs(ValueError):
    """A token was not signed by us, or is of another kind."""

    def __init__(self) -> None:
        super().__init__("not a token of ours")


class Signer:
    """The keys that sign at one moment, read with one statement."""

    def __init__(self, algorithms: Iterable[str], *, now: datetime) -> None:
        found = signing_keys.all(algorithms=sorted(set(algorithms)), now=now)
        self._keys = {key.algorithm: key for key in found}

    def sign(self, claims: Mapping[str, Any], *, algorithm: str, typ: str) -> str:
        """Give the claims as a signed token with `kid` and `typ` in its header. Raises NoSigningKey."""
        key = self._keys.get(algorithm)
        if key is None:
            raise NoSigningKey(algorithm)
        header = {"alg": key.algorithm, "kid": key.kid, "typ": typ}
        return jwt.encode(header, dict(claims), _private(key.sealed, key.algorithm), algorithms=[key.algorithm])


@dataclass(frozen=True, repr=False)
class Unproven:
    """A token as it came: the key that it names, and what it says. Nothing of it is certain before `proven`."""

    text: str
    kid: str
    claims: Claims


def unproven(token: str) -> Unproven:
    """Read a token without trusting it. Raises NotOurs for what cannot be one of ours."""
    try:
        header, claims = (_object(part) for part in token.split(".")[:2])
    except UNREADABLE:
        raise NotOurs from None
    kid = header.get("kid")
    if not isinstance(kid, str) or not _KID.fullmatch(kid):
        raise NotOurs
    return Unproven(text=token, kid=kid, claims=claims)


@made_once(algorithms=CharField(), now=DateTimeField())
def signing_keys(algorithms: list[str], now: datetime) -> QuerySet[SigningKey]:
    """Find the keys that sign now, for each algorithm the one that counts last."""
    return SigningKey.objects.filter(_active(now), algorithm__in=algorithms).order_by("active_from", "kid")


def key_of(shown: Unproven, *, now: datetime) -> "QuerySet[SigningKey, Claims]":
    """Give the public part of the key that a token names: one row, or none. A key counts while it is published."""
    return key_named(shown.kid, now=now, in_use=last_use(now))


def key_named(kid: str, *, now: datetime, in_use: datetime) -> "QuerySet[SigningKey, Claims]":
    """Give the same for the name of a key. `in_use` is `last_use(now)`."""
    return SigningKey.objects.filter(_published(now, in_use), kid=kid).values_list("public", flat=True)


def keys_of(*, now: datetime) -> "QuerySet[SigningKey, tuple[str, Claims]]":
    """Give the names and public parts of all keys that are published."""
    return SigningKey.objects.filter(_published(now, last_use(now))).values_list("kid", "public")


def last_use(now: datetime) -> datetime:
    """Give the moment after which a key signed that is still published."""
    return now - STAYS_PUBLISHED


def proven(shown: Unproven, *, key: Claims | None, typ: str) -> Claims:
    """Give the claims of a token that this key of ours signed, expired or not. Raises NotOurs.

    The key, not the token, says which algorithm holds.
    """
    if key is None:
        raise NotOurs
    try:
        found = jwt.decode(shown.text, _public(json.dumps(key), key["alg"]), algorithms=[key["alg"]])
    except UNREADABLE:
        raise NotOurs from None
    if found.header.get("typ") != typ or found.claims != shown.claims:
        raise NotOurs
    return found.claims


def opened(token: str, *, typ: str, now: datetime) -> Claims:
    """Give the claims of a token that we signed, expired or not. Raises NotOurs. One statement."""
    shown = unproven(token)
    return proven(shown, key=key_of(shown, now=now).first(), typ=typ)


def published(*, now: datetime) -> list[dict[str, Any]]:
    """Give the public keys that portals may see: in use, soon in use, or in use until yesterday."""
    return list(
        SigningKey.objects.filter(_published(now, last_use(now)))
        .order_by("-active_from", "kid")
        .values_list("public", flat=True)
    )


def make(algorithm: Algorithm, *, now: datetime, signs_from: datetime | None = None) -> SigningKey:
    """Make a key that is published now, and signs from now on or from `signs_from`. Raises IntegrityError for a second
    one that signs last."""
    fixed: KeyParameters = {"use": "sig", "alg": algorithm.value}
    key: RSAKey | ECKey
    if algorithm is Algorithm.ES256:
        key = ECKey.generate_key("P-256", fixed, auto_kid=True)
    else:
        key = RSAKey.generate_key(RSA_BITS, fixed, auto_kid=True)
    return SigningKey.objects.create(
        kid=key.thumbprint(),
        algorithm=algorithm,
        sealed=keys.seal(SEAL, json.dumps(key.as_dict(private=True))),
        public=key.as_dict(private=False),
        made_at=now,
        published_from=now,
        active_from=signs_from or now,
    )


def is_missing(algorithm: Algorithm, *, now: datetime) -> bool:
    """Say whether nothing can be signed with this algorithm at `now`."""
    return not SigningKey.objects.filter(_active(now), algorithm=algorithm).exists()


def _object(part: str) -> Claims:
    """Read the header or the claims of a token. Raises ValueError for anything but a JSON object."""
    read = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    if not isinstance(read, dict):
        raise ValueError("not an object")
    return read


def _published(now: datetime, in_use: datetime) -> Q:
    return Q(published_from__lte=now) & _not_withdrawn(now) & _not_retired(in_use)


def _active(now: datetime) -> Q:
    return Q(active_from__lte=now) & _not_withdrawn(now) & _not_retired(now)


def _not_retired(instant: datetime) -> Q:
    return Q(retired_at__isnull=True) | Q(retired_at__gt=instant)


def _not_withdrawn(now: datetime) -> Q:
    return Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=now)


@lru_cache(maxsize=16)
def _private(sealed: str, algorithm: str) -> RSAKey | ECKey:
    return _imported(keys.unseal(SEAL, sealed), algorithm)


@lru_cache(maxsize=16)
def _public(text: str, algorithm: str) -> RSAKey | ECKey:
    return _imported(text, algorithm)


def _imported(text: str, algorithm: str) -> RSAKey | ECKey:
    kind = ECKey if algorithm == Algorithm.ES256 else RSAKey
    return kind.import_key(json.loads(text))
