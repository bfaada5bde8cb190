"""Certificates of portals and of authorities, as they would ask for them; and how a proxy hands one over."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.people import NOW

SUBJECT = "CN=portaal.example,serialNumber=00000001234567890000,O=Gemeente,C=NL"
CLIENTS, SERVERS = ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH


@dataclass(frozen=True)
class Made:
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def header(self) -> str:
        """The certificate as RFC 9440 writes it."""
        return f":{base64.b64encode(self.der).decode()}:"

    @property
    def escaped(self) -> str:
        """The certificate as nginx writes it."""
        return quote(self.pem, safe="")

    @property
    def in_spaces(self) -> str:
        """The certificate as Apache writes it."""
        return self.pem.strip().replace("\n", " ")


@dataclass(frozen=True)
class Wanted:
    """What a certificate says."""

    subject: str = SUBJECT
    authority: bool = False
    signs: bool = True
    usage: Iterable[x509.ObjectIdentifier] | None = (CLIENTS,)
    begins: datetime = NOW - timedelta(days=1)
    ends: datetime = NOW + timedelta(days=30)


def made(wanted: Wanted | None = None, *, by: Made | None = None) -> Made:
    """Make a certificate, signed by an authority, or by itself."""
    wanted, key = wanted or Wanted(), ec.generate_private_key(ec.SECP256R1())
    issuer, signer = (by.certificate.subject, by.key) if by else (named(wanted.subject), key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(wanted.subject))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(wanted.begins)
        .not_valid_after(wanted.ends)
        .add_extension(x509.BasicConstraints(wanted.authority, None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    signs = x509.KeyUsage(
        digital_signature=wanted.signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=not wanted.signs,
        key_cert_sign=wanted.authority,
        crl_sign=wanted.authority,
        encipher_only=False,
        decipher_only=False,
    )
    builder = builder.add_extension(signs, critical=True)
    if wanted.authority:
        own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        builder = builder.add_extension(own, critical=False)
    elif wanted.usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage(wanted.usage), critical=False)
    return Made(certificate=builder.sign(signer, SHA256()), key=key)


def named(subject: str) -> x509.Name:
    return x509.Name.from_rfc4514_string(subject, {"serialNumber": NameOID.SERIAL_NUMBER})


@cache
def root() -> Made:
    """An authority that we trust."""
    return made(replace(Wanted(), subject="CN=Root,C=NL", authority=True))


@cache
def between() -> Made:
    """An authority that the root trusts."""
    return made(replace(Wanted(), subject="CN=Between,C=NL", authority=True), by=root())


@cache
def elsewhere() -> Made:
    """An authority that we do not know, with the name of the one that we trust."""
    return made(replace(Wanted(), subject="CN=Root,C=NL", authority=True))
