"""Client certificates: how a portal shows one, and when it is the right one (RFC 8705).

The TLS connection ends at a proxy, which checks that the portal holds the private key and hands over the certificate.
Whether it is the portal's is judged here.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import structlog
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import (
    ClientVerifier,
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from namens.services.subjects import BadSubject, subject

log = structlog.get_logger()

LONGEST_HEADER = 16384
_BYTES = re.compile(r":([A-Za-z0-9+/]+={0,2}):")
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*")


class BadCertificate(ValueError):
    """This is no certificate that anybody can read."""


@dataclass(frozen=True, repr=False)
class Certificate:
    """A certificate that a portal showed, and those between it and a root."""

    parsed: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def thumbprint(self) -> str:
        """Give `x5t#S256` (RFC 8705, 3.1)."""
        digest = sha256(self.der).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    @property
    def der(self) -> bytes:
        """Give its bytes."""
        return self.parsed.public_bytes(Encoding.DER)

    def holds(self, *, now: datetime) -> bool:
        """Say whether it is not too early and not too late for it."""
        return self.parsed.not_valid_before_utc <= now <= self.parsed.not_valid_after_utc


def read(header: str, *, chain: str = "") -> Certificate:
    """Read what a proxy hands over: the bytes between colons (RFC 9440), or PEM, escaped or with spaces for its lines.

    `chain` is a list of such bytes. Raises BadCertificate.
    """
    if len(header) > LONGEST_HEADER or len(chain) > LONGEST_HEADER:
        raise BadCertificate
    between = tuple(_parsed(_bytes(one)) for one in chain.split(",") if one.strip())
    return Certificate(parsed=_parsed(_bytes(header)), chain=between)


def stands_with(shown: Certificate, key: Mapping[str, Any]) -> bool:
    """Say whether this very certificate stands with a key of a portal (`x5c`: RFC 8705, 2.2.2)."""
    named = key.get("x5c")
    return isinstance(named, list) and named[:1] == [base64.b64encode(shown.der).decode()]


def is_of(shown: Certificate, *, subject_name: str, roots: Path, now: datetime) -> bool:
    """Say whether an authority that we trust gave it, to this subject, for a client (RFC 8705, 2.1.2)."""
    try:
        verifier = _verifier(roots, now)
    except (OSError, ValueError) as problem:
        log.error("no certificate authorities", problem=type(problem).__name__)
        return False
    try:
        verifier.verify(shown.parsed, list(shown.chain))
        return shown.parsed.subject == subject(subject_name)
    except (BadSubject, VerificationError):
        return False


def roots_in(file: Path) -> list[x509.Certificate]:
    """Give the authorities of a PEM file. Raises OSError, ValueError."""
    return x509.load_pem_x509_certificates(file.read_bytes())


def _verifier(roots: Path, now: datetime) -> ClientVerifier:
    """Give what checks a chain: authorities as on the web, but a portal need not have the name of a site."""
    ours = ExtensionPolicy.permit_all()
    ours = ours.may_be_present(x509.ExtendedKeyUsage, Criticality.AGNOSTIC, _for_clients)
    ours = ours.may_be_present(x509.BasicConstraints, Criticality.AGNOSTIC, _is_no_authority)
    ours = ours.may_be_present(x509.KeyUsage, Criticality.AGNOSTIC, _for_signing)
    authorities = ExtensionPolicy.webpki_defaults_ca()
    policy = PolicyBuilder().store(_store(roots)).time(now)
    return policy.extension_policies(ca_policy=authorities, ee_policy=ours).build_client_verifier()


@cache
def _store(roots: Path) -> Store:
    """Read the authorities once: a change of the file needs a new start."""
    return Store(roots_in(roots))


def _for_clients(_policy: Policy, _of: x509.Certificate, usage: x509.ExtendedKeyUsage | None) -> None:
    if usage is not None and ExtendedKeyUsageOID.CLIENT_AUTH not in usage:
        raise ValueError("not for clients")


def _is_no_authority(_policy: Policy, _of: x509.Certificate, constraints: x509.BasicConstraints | None) -> None:
    if constraints is not None and constraints.ca:
        raise ValueError("an authority")


def _for_signing(_policy: Policy, _of: x509.Certificate, usage: x509.KeyUsage | None) -> None:
    if usage is not None and not usage.digital_signature:
        raise ValueError("not for signing")


def _bytes(text: str) -> bytes:
    """Give the DER bytes of one certificate."""
    structured, pem = _BYTES.fullmatch(text.strip()), _PEM.fullmatch(unquote(text).strip())
    found = structured or pem
    if found is None:
        raise BadCertificate
    try:
        return base64.b64decode("".join(found.group(1).split()), validate=True)
    except ValueError:
        raise BadCertificate from None


def _parsed(der: bytes) -> x509.Certificate:
    """Read a certificate, with the parts that are looked at: the library finds out late that one cannot be read."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        certificate.subject, certificate.extensions  # noqa: B018 - reading them is all
    except (ValueError, TypeError, x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType):
        # TypeError: a name in bits.
        raise BadCertificate from None
    return certificate
