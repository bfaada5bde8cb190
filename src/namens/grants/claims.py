"""What tokens and UserInfo say of people. The only place above the parties where a BSN is opened, and only for portals
that may have it."""

from collections.abc import Mapping
from typing import Any

from namens.grants.addresses import issuer
from namens.grants.models import Family
from namens.grants.pairwise import pairwise_id
from namens.grants.standing import Standing
from namens.lib.assurance import AssuranceLevel
from namens.parties import vault
from namens.parties.models import Party
from namens.services.models import Profile

PSEUDONYM = "urn:nl-eid-gdi:1.0:id:Pseudonym"
MANDATE = "urn:namens:1.0:mandate"
SERVICES = "urn:namens:1.0:services"
LAST_DAY = "urn:namens:1.0:last-day"
LEFT_OUT = "urn:namens:1.0:left-out"
FLAT_NAMES = {
    "bsn": "bsn",
    "representee": "urn:nl-eid-gdi:1.0:LegalSubjectID",
    "representative": "urn:nl-eid-gdi:1.0:ActingSubjectID",
    "service": "urn:nl-eid-gdi:1.0:ServiceUUID",
    "level": "",
}
_CLASSIC = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
CLASSIC_LEVELS = {
    AssuranceLevel.BASIC: f"{_CLASSIC}PasswordProtectedTransport",
    AssuranceLevel.LOW: f"{_CLASSIC}MobileTwoFactorContract",
    AssuranceLevel.SUBSTANTIAL: f"{_CLASSIC}Smartcard",
    AssuranceLevel.HIGH: f"{_CLASSIC}SmartcardPKI",
}
Claims = dict[str, Any]


def claims_of(family: Family, *, standing: Standing) -> Claims:
    """Give what this portal may know now of who is at the keyboard, for whom, and what is allowed.

    The family comes with its portal and both people loaded.
    """
    own = _person(family, family.party)
    return {**_flat(family, standing), **own, **_representation(family, standing)}


def subject_of(family: Family) -> str:
    """Give the `sub` of this family's tokens: the person at the keyboard."""
    return pairwise_id(family.party_id, sector=family.portal.sector)


def _person(family: Family, party: Party) -> Claims:
    sub = pairwise_id(party.id, sector=family.portal.sector)
    return {"sub": sub, "name": party.person.name.full} if family.portal.receives_names else {"sub": sub}


def _representation(family: Family, standing: Standing) -> Claims:
    """Give `represents` (NL GOV OIDC 5.2.4: sub and iss, never exp, nbf or aud) and what Namens adds to it."""
    if family.representee is None or standing.last_day is None:
        return {}
    return {
        "represents": {"iss": issuer(), "sub_id_type": PSEUDONYM, **_person(family, family.representee)},
        MANDATE: str(standing.mandates[0]),
        SERVICES: list(standing.services),
        LAST_DAY: standing.last_day.isoformat(),
        LEFT_OUT: list(standing.left_out),
    }


def _flat(family: Family, standing: Standing) -> Claims:
    """Give the flat claims of a `compat` portal under the names that it is registered with."""
    portal = family.portal
    if portal.profile != Profile.COMPAT:
        return {}
    values = {"level": CLASSIC_LEVELS[family.assurance], **(_numbers(family) if portal.may_receive_bsn else {})}
    if family.representee is not None:
        values["service"] = family.services[standing.services[0]]
    return _renamed(values, portal.claim_names)


def _numbers(family: Family) -> dict[str, str]:
    own = _bsn(family.party)
    if family.representee is None:
        return {"bsn": own}
    return {"representee": _bsn(family.representee), "representative": own}


def _bsn(party: Party) -> str:
    return vault.open_(party.person.bsn_sealed).digits


def _renamed(values: Mapping[str, str], names: Mapping[str, str]) -> Claims:
    chosen = {**FLAT_NAMES, **names}
    return {chosen[key]: value for key, value in values.items() if chosen[key]}
