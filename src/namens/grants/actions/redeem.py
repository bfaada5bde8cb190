"""A portal turns a code into tokens: once, and only while what the person chose still holds."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from namens.grants import reading
from namens.grants.actions.end import end_family
from namens.grants.actions.judging import access_gone, judged
from namens.grants.clients import Proven
from namens.grants.models import AuthorizationCode, EndedBy, Family
from namens.grants.plain import PlainGrant
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.grants.standing import Standing
from namens.journal.events import Channel

_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}", re.ASCII)


@dataclass(frozen=True)
class Redeemed:
    """The login that the code stood for, judged just now, and the nonce for the ID token."""

    family: Family
    standing: Standing
    nonce: str


def redeem(*, code: PlainGrant, by: Proven, redirect_uri: str, verifier: str, now: datetime) -> Redeemed | GrantRefusal:
    """Use the code up with one conditional UPDATE that asks for portal, address, challenge and DPoP key at once.

    A code that is shown again ends the tokens of its first use (RFC 6749, 4.1.2). Raises ClientRefused, ProofRefused,
    with nothing written, for an assertion or a proof that was used before.
    """
    with transaction.atomic():
        by.spend()
        taken = reading.open_codes.update(
            {"used_at": now, "sealed": ""},
            digests=code.digests(),
            portal=by.portal.id,
            redirect_uri=redirect_uri,
            challenge=challenge_of(verifier),
            keys=["", by.confirmation.key],
            now=now,
        )
        if not taken:
            return _refuse(code, now)
        found = reading.codes.all(digests=code.digests())[0]
        found.family.portal = by.portal
        worth = judged(found.family, now=now)
        if worth is None:
            return access_gone(found.family, now=now)
        return Redeemed(family=found.family, standing=worth, nonce=found.nonce)


def challenge_of(verifier: str) -> str:
    """Give the S256 challenge of a verifier (RFC 7636, 4.2): empty for none, one that fits nothing when malformed."""
    if not verifier:
        return ""
    if not _VERIFIER.fullmatch(verifier):
        return "malformed"
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _refuse(code: PlainGrant, now: datetime) -> GrantRefusal:
    used = (
        AuthorizationCode.objects.filter(digest__in=code.digests(), used_at__isnull=False)
        .select_related("family__portal")
        .first()
    )
    if used is None:
        return GrantRefusal(GrantReason.CODE_NOT_ACCEPTED)
    end_family(used.family, by=EndedBy.CODE_REPLAYED, channel=Channel.PORTAL, now=now)
    return GrantRefusal(GrantReason.CODE_REPLAYED)
