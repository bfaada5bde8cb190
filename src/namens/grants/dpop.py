"""DPoP proofs: a portal shows with each request that it holds the key of its tokens (RFC 9449, 4.3).

The key comes in the proof itself; what makes it the right one is that tokens are bound to its thumbprint.
"""

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token

from namens.grants import nonces
from namens.grants.evidence import Evidence
from namens.grants.models import UsedProof
from namens.grants.refusals import GrantReason, ProofRefused
from namens.grants.signing import UNREADABLE
from namens.grants.statements import KINDS, is_jti, is_moment, read_strictly
from namens.services.key_sets import is_usable
from namens.services.models import Portal

TYPE = "dpop+jwt"
CLOCKS_DIFFER = timedelta(seconds=60)
LONGEST_PROOF = 8192
_FORBIDDEN_IN_HEADER = frozenset({"crit", "b64", "jku", "x5u", "x5c"})
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]", re.ASCII)
_PORTS = {"https": 443, "http": 80}
Claims = dict[str, Any]


@dataclass(frozen=True)
class Proof:
    """The key that a portal showed (its thumbprint: RFC 7638), and the proof, to be spent once."""

    thumbprint: str
    used: UsedProof


class _Registry(JWSRegistry):
    """The library reads headers of 512 bytes; one that holds an RSA key is longer."""

    max_header_length = 4096


def shown(evidence: Evidence, *, portal: Portal, now: datetime, token: str = "") -> Proof | None:
    """Give what a request proves with DPoP; None where it has no proof. Raises ProofRefused.

    With `token` the proof must be made for that access token (`ath`).
    """
    if evidence.proof is None:
        return None
    read = _read(evidence.proof, portal)
    _check_request(read.claims, evidence, token)
    _check_time(read.claims.get("iat"), now)
    thumbprint = _key(read.header).thumbprint()
    used = _used(read.claims.get("jti"), thumbprint, portal, now)
    given = read.claims.get("nonce")
    if not isinstance(given, str) or not nonces.is_current(given, now=now):
        raise ProofRefused(GrantReason.NONCE_NEEDED)
    return Proof(thumbprint=thumbprint, used=used)


def spend(proof: UsedProof) -> None:
    """Use a proof up. Raises ProofRefused when it was used before; then the open transaction must not go on."""
    try:
        proof.save(force_insert=True)
    except IntegrityError:
        raise ProofRefused(GrantReason.PROOF_REPLAYED) from None


def _read(text: str, portal: Portal) -> Token:
    """Give header and claims of a proof that the key in its own header signed."""
    if len(text) > LONGEST_PROOF or not text.isascii():
        raise ProofRefused(GrantReason.WRONG_PROOF)
    try:
        header = read_strictly(text)
        _check_header(header, portal)
        return jwt.decode(text, _key(header), registry=_Registry(algorithms=portal.rules.algorithms))
    except UNREADABLE:
        raise ProofRefused(GrantReason.WRONG_PROOF) from None


def _check_header(header: Claims, portal: Portal) -> None:
    """Raise ValueError for another kind of token, another algorithm, or a key that we do not use (RFC 9449, 4.3)."""
    key, algorithm = header.get("jwk"), header.get("alg")
    right = (
        header.get("typ") == TYPE and algorithm in portal.rules.algorithms and not _FORBIDDEN_IN_HEADER & set(header)
    )
    if not right or not isinstance(key, dict) or not is_usable(key) or key["kty"] != KINDS[str(algorithm)].key_type:
        raise ValueError("no header of a proof")


def _key(header: Claims) -> RSAKey | ECKey:
    return KINDS[header["alg"]].import_key(header["jwk"])


def _check_request(claims: Claims, evidence: Evidence, token: str) -> None:
    """Raise unless the proof is for this method, this address, and this token."""
    address = claims.get("htu")
    here = isinstance(address, str) and _place(address) == _place(evidence.address) is not None
    bound = not token or claims.get("ath") == _hash(token)
    if claims.get("htm") != evidence.method or not here or not bound:
        raise ProofRefused(GrantReason.WRONG_PROOF)


def _check_time(made: object, now: datetime) -> None:
    """Raise unless the proof was made just now. The nonce says so of our clock, `iat` of that of the portal."""
    if not is_moment(made) or abs(now.timestamp() - made) > CLOCKS_DIFFER.total_seconds():
        raise ProofRefused(GrantReason.WRONG_PROOF)


def _used(jti: object, thumbprint: str, portal: Portal, now: datetime) -> UsedProof:
    """Give the row that makes this proof count once, for as long as any clock could take it."""
    if not is_jti(jti):
        raise ProofRefused(GrantReason.WRONG_PROOF)
    digest = sha256(f"dpop {thumbprint} {jti}".encode()).hexdigest()
    return UsedProof(portal=portal, digest=digest, expires_at=now + 3 * CLOCKS_DIFFER)


def _place(address: str) -> tuple[str, str, int | None, str] | None:
    """Give an address as it is compared: without query and fragment, in one spelling (RFC 3986, 6.2.2 and 6.2.3).

    None for what names nobody, or somebody in front of an `@`.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port or _PORTS.get(parts.scheme), _ESCAPED.sub(_plain, parts.path or "/")


def _plain(escaped: re.Match[str]) -> str:
    """Give a letter as itself where it need not be escaped, and any other escape in capitals."""
    letter = chr(int(escaped.group()[1:], 16))
    return letter if _UNRESERVED.fullmatch(letter) else escaped.group().upper()


def _hash(token: str) -> str:
    return base64.urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode()
