"""Tokens that only their portal can use: bound when they are given, and looked at when they come back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from namens.grants import dpop
from namens.grants.clients import Proven
from namens.grants.confirmation import Confirmation
from namens.grants.evidence import Evidence
from namens.grants.models import UsedProof
from namens.grants.refusals import GrantReason, ProofRefused
from namens.services.models import Portal
from namens.services.profiles import Binding


def bound(proven: Proven, *, evidence: Evidence, now: datetime) -> Proven:
    """Give the portal that was proven with what its tokens are bound to: what this request shows. Raises ProofRefused.

    A portal that is registered with a binding has to show it. Without one, a proof that comes binds all the same.
    """
    portal = proven.portal
    proof = dpop.shown(evidence, portal=portal, now=now)
    if proof is None and portal.token_binding == Binding.PROOF:
        raise ProofRefused(GrantReason.PROOF_NEEDED)
    if proof is not None and Binding.PROOF not in portal.rules.bindings:
        raise ProofRefused(GrantReason.WRONG_PROOF)
    by_certificate = portal.token_binding == Binding.CERTIFICATE
    certificate = _thumbprint(evidence, now=now) if by_certificate else ""
    if by_certificate and not certificate:
        raise ProofRefused(GrantReason.CERTIFICATE_NEEDED)
    key, used = (proof.thumbprint, proof.used) if proof is not None else ("", None)
    return replace(proven, proof=used, confirmation=Confirmation(key=key, certificate=certificate))


def kept(
    claims: Mapping[str, Any], *, token: str, scheme: str, evidence: Evidence, portal: Portal, now: datetime
) -> UsedProof | None:
    """Check that an access token comes with what it is bound to, under its scheme. Raises ProofRefused.

    Gives the DPoP proof that came with it, to be spent; None for a token that is bound to no key (RFC 9449 7.1,
    RFC 8705 3).
    """
    wanted = Confirmation.of(claims)
    elsewhere = bool(wanted.certificate) and _thumbprint(evidence, now=now) != wanted.certificate
    if elsewhere or scheme.lower() != wanted.token_type.lower():
        raise ProofRefused(GrantReason.WRONG_BINDING)
    if not wanted.key:
        return None
    proof = dpop.shown(evidence, portal=portal, now=now, token=token)
    if proof is None:
        raise ProofRefused(GrantReason.PROOF_NEEDED)
    if proof.thumbprint != wanted.key:
        raise ProofRefused(GrantReason.WRONG_BINDING)
    return proof.used


def _thumbprint(evidence: Evidence, *, now: datetime) -> str:
    """Give the thumbprint of the certificate that came; empty where none did that holds now."""
    shown = evidence.certificate
    return shown.thumbprint if shown is not None and shown.holds(now=now) else ""
