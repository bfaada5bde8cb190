"""How a portal proves who it is. Which way is settled when it is registered, never by the request."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings

from namens.grants import assertions, certificates, dpop, statements
from namens.grants.certificates import Certificate
from namens.grants.confirmation import BEARER, Confirmation
from namens.grants.models import UsedProof
from namens.grants.portal_keys import keys_for
from namens.grants.refusals import ClientRefused, GrantReason
from namens.services.actions.portals import secret_digests
from namens.services.models import Portal
from namens.services.profiles import Authentication
from namens.services.queries import approved_portal


@dataclass(frozen=True, repr=False)
class SharedSecret:
    """What client_secret_basic and client_secret_post bring."""

    client_id: str
    secret: str


@dataclass(frozen=True, repr=False)
class Assertion:
    """What private_key_jwt brings."""

    client_id: str
    text: str


@dataclass(frozen=True, repr=False)
class ByCertificate:
    """What mutual TLS brings: the name stands in the request, the certificate comes with the connection."""

    client_id: str
    certificate: Certificate


Credential = SharedSecret | Assertion | ByCertificate


@dataclass(frozen=True)
class Proven:
    """An approved portal that proved who it is; with an assertion that still has to be spent, or None.

    `confirmation` is what its access tokens are bound to: what this request shows (`binding.bound`). `proof` is behind
    that, to be spent too.
    """

    portal: Portal
    assertion: UsedProof | None = None
    proof: UsedProof | None = None
    confirmation: Confirmation = BEARER

    def spend(self) -> None:
        """Use up what counts only once, in the open transaction.

        Raises ClientRefused, ProofRefused for what was used before: then that transaction must not go on.
        """
        if self.assertion is not None:
            assertions.spend(self.assertion)
        if self.proof is not None:
            dpop.spend(self.proof)


def authenticate(credential: Credential, *, endpoint: str, now: datetime) -> Proven:
    """Give the approved portal that this credential proves at this address of ours. Raises ClientRefused."""
    portal = _approved(credential.client_id)
    if isinstance(credential, SharedSecret):
        return Proven(_by_secret(credential, portal))
    if portal is None:
        raise ClientRefused(GrantReason.CLIENT_UNKNOWN)
    if isinstance(credential, ByCertificate):
        return Proven(_by_certificate(credential.certificate, portal, now))
    if portal.authentication != Authentication.PRIVATE_KEY:
        raise ClientRefused(GrantReason.WRONG_METHOD)
    return Proven(portal, assertion=assertions.check(credential.text, portal=portal, endpoint=endpoint, now=now))


def _approved(client_id: str) -> Portal | None:
    """Give the portal of this name. What is no client id (RFC 6749, A.1) never reaches the database."""
    if not statements.is_plain(client_id):
        return None
    return approved_portal(client_id)


def _by_certificate(shown: Certificate, portal: Portal, now: datetime) -> Portal:
    """Take a certificate that stands with the portal's keys, or one that an authority gave to its subject."""
    if portal.authentication == Authentication.OWN_CERTIFICATE:
        named = keys_for(portal, fits=partial(certificates.stands_with, shown), now=now)
        right = bool(named) and shown.holds(now=now)
    elif portal.authentication == Authentication.AUTHORITY_CERTIFICATE:
        roots, name = settings.CLIENT_CERTIFICATE_ROOTS, portal.certificate_subject
        right = certificates.is_of(shown, subject_name=name, roots=roots, now=now)
    else:
        raise ClientRefused(GrantReason.WRONG_METHOD)
    if not right:
        raise ClientRefused(GrantReason.WRONG_CERTIFICATE)
    return portal


def _by_secret(credential: SharedSecret, portal: Portal | None) -> Portal:
    """Compare digests in constant time; an unknown portal costs the same work."""
    kept = portal.secret_digest if portal is not None else ""
    fits = [hmac.compare_digest(digest, kept) for digest in secret_digests(credential.secret)]
    if portal is None:
        raise ClientRefused(GrantReason.CLIENT_UNKNOWN)
    if portal.authentication != Authentication.SECRET:
        raise ClientRefused(GrantReason.WRONG_METHOD)
    if not any(fits):
        raise ClientRefused(GrantReason.WRONG_SECRET)
    return portal
