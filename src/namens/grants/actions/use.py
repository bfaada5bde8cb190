"""A portal shows an access token: what may it know now?"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from namens.grants import dpop, reading, signing, tokens
from namens.grants.actions.judging import judged
from namens.grants.binding import kept
from namens.grants.evidence import Evidence
from namens.grants.models import Family
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.grants.signing import NotOurs, Unproven
from namens.grants.standing import Standing


@dataclass(frozen=True)
class Used:
    """The login behind the token, judged just now."""

    family: Family
    standing: Standing


def use(token: str, *, scheme: str, evidence: Evidence, now: datetime) -> Used | GrantRefusal:
    """Say what an access token is worth: two statements, one more for a visit. What nothing holds up any more ends.

    Raises ProofRefused for one that comes without what it is bound to. Its proof is spent, whatever it is worth.
    """
    try:
        shown = signing.unproven(token)
        family = family_behind(shown, now=now)
    except NotOurs:
        return GrantRefusal(GrantReason.TOKEN_NOT_ACCEPTED)
    proof = kept(shown.claims, token=token, scheme=scheme, evidence=evidence, portal=family.portal, now=now)
    if proof is not None:
        with transaction.atomic():
            dpop.spend(proof)
    worth = judged(family, now=now)
    if worth is None:
        return GrantRefusal(GrantReason.ACCESS_GONE)
    return Used(family=family, standing=worth)


def family_behind(shown: Unproven, *, now: datetime) -> Family:
    """Give the family of an access token of ours that lives, and of a login that does. Raises NotOurs.

    One statement brings the family and the key; what it found is worth nothing before the signature is checked.
    """
    sid, in_use = tokens.sid_in(shown), signing.last_use(now)
    family = reading.living_families.first(family=sid, kid=shown.kid, now=now, in_use=in_use)
    if family is None:
        raise NotOurs
    key = family.named_key  # type: ignore[attr-defined]  # read with it
    tokens.check_access_token(shown, key=key, now=now)
    return family
