"""What tokens and UserInfo say of people. The only place above the parties where a BSN is opened, and only for portals
that may have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from namens.grants.addresses import issuer
from namens.grants.claims_asked import BSN, PLACES, ClaimsAsked
from namens.grants.encryption import encryption_of
from namens.grants.models import Family
from namens.grants.pairwise import pairwise_id
from namens.grants.standing import Standing
from namens.lib.assurance import AssuranceLevel
from namens.organisations.naming import name_of
from namens.parties import vault
from namens.parties.models import Kind, Party
from namens.services.models import Portal

PSEUDONYM = "urn:nl-eid-gdi:1.0:id:Pseudonym"
KVK_NUMBER = "urn:nl-eid-gdi:1.0:id:KvKnr"
ESTABLISHMENT = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
MANDATE = "urn:namens:1.0:mandate"
SERVICES = "urn:namens:1.0:services"
LAST_DAY = "urn:namens:1.0:last-day"
LEFT_OUT = "urn:namens:1.0:left-out"
# By key: the name that a `compat` portal reads unless it was registered with another. Empty: not there.
FLAT_NAMES = {
    "bsn": "bsn",
    "representee": "urn:nl-eid-gdi:1.0:LegalSubjectID",
    "representative": "urn:nl-eid-gdi:1.0:ActingSubjectID",
    "service": "urn:nl-eid-gdi:1.0:ServiceUUID",
    "level": "",
    "qualifier": "namequalifier",
    "organisation": "urn:etoegang:core:LegalSubjectID",
    "member": "urn:etoegang:core:ActingSubjectID",
    "establishment": ESTABLISHMENT,
    "client": "sel_uid",
    "service-key": "urn:etoegang:core:ServiceID",
    "service-uuid": "urn:etoegang:core:ServiceUUID",
}
KVK_QUALIFIER = "urn:etoegang:1.9:EntityConcernedID:KvKnr"
_CLASSIC = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
CLASSIC_LEVELS = {
    AssuranceLevel.BASIC: f"{_CLASSIC}PasswordProtectedTransport",
    AssuranceLevel.LOW: f"{_CLASSIC}MobileTwoFactorContract",
    AssuranceLevel.SUBSTANTIAL: f"{_CLASSIC}Smartcard",
    AssuranceLevel.HIGH: f"{_CLASSIC}SmartcardPKI",
}
_OF_MEMBERS = "urn:etoegang:core:assurance-class:"
# EH2, EH2+, EH3 and EH4.
CLASSIC_LEVELS_OF_MEMBERS = {
    AssuranceLevel.BASIC: f"{_OF_MEMBERS}loa2",
    AssuranceLevel.LOW: f"{_OF_MEMBERS}loa2plus",
    AssuranceLevel.SUBSTANTIAL: f"{_OF_MEMBERS}loa3",
    AssuranceLevel.HIGH: f"{_OF_MEMBERS}loa4",
}
Claims = dict[str, Any]


@dataclass(frozen=True)
class _Sees:
    """What of people a portal may see in one place: their names, their BSNs as `alt_sub`."""

    names: bool
    numbers: bool


def claims_of(family: Family, *, standing: Standing, place: str) -> Claims:
    """Give what this portal may know now of who is at the keyboard, for whom, and what is allowed.

    `place` is where it will stand: `id_token` or `userinfo`. The family comes with its portal and `PEOPLE` loaded.
    """
    portal, asked = family.portal, ClaimsAsked.of(family.claims_asked)
    sees = _Sees(
        names=gives_names(portal, asked=asked, place=place), numbers=gives_bsn(portal, asked=asked, place=place)
    )
    own = {**_party(family, family.party, sees=sees), **_number(family.party, sees=sees, aud=portal.client_id)}
    return {**_flat(family, standing), **own, **_representation(family, standing, sees=sees)}


def gives_names(portal: Portal, *, asked: ClaimsAsked, place: str) -> bool:
    """Say whether names of people stand in this place. `asked` is the `claims` parameter."""
    return portal.receives_names and asked.names_people_in(place)


def gives_bsn(portal: Portal, *, asked: ClaimsAsked, place: str) -> bool:
    """Say whether BSNs stand in this place as `alt_sub`: with a legal basis, asked for by name there, and encrypted.

    Portals that read flat claims get theirs as those.
    """
    entitled = portal.may_receive_bsn and not portal.rules.flat_claims
    return entitled and asked.asks(BSN, place) and bool(encryption_of(portal, place=place))


def learns_names(portal: Portal, *, asked: ClaimsAsked) -> bool:
    """Say whether this portal gets names with a login for which it asked this."""
    return any(gives_names(portal, asked=asked, place=place) for place in PLACES)


def learns_bsn(portal: Portal, *, asked: ClaimsAsked) -> bool:
    """Say whether this portal gets a BSN with a login for which it asked this."""
    if portal.rules.flat_claims:
        return portal.may_receive_bsn
    return any(gives_bsn(portal, asked=asked, place=place) for place in PLACES)


def subject_of(family: Family) -> str:
    """Give the `sub` of this family's tokens: the person at the keyboard."""
    return _pseudonym(family, family.party)


def whom_for(family: Family) -> Claims:
    """Give for whom somebody acts, as `represents` does, by ids alone: no name, no BSN."""
    chain: Claims = {}
    if family.representee is not None:
        chain = _link(_pseudonym(family, family.representee), PSEUDONYM, chain)
    if family.organisation is not None:
        chain = _link(family.organisation.organisation.kvk_number, KVK_NUMBER, chain)
    return chain


def _link(sub: str, kind: str, deeper: Claims) -> Claims:
    return {"represents": {"iss": issuer(), "sub": sub, "sub_id_type": kind, **deeper}}


def _pseudonym(family: Family, party: Party) -> str:
    return pairwise_id(party.id, sector=family.portal.sector)


def _party(family: Family, party: Party, *, sees: _Sees) -> Claims:
    """Give a person, or a member under the name that the organisation gave; named where the portal receives names.

    `sub_id_type` says what kind of id it is (NL GOV OIDC 5.2.2); who reads flat claims does not know it.
    """
    kind = {} if family.portal.rules.flat_claims else {"sub_id_type": PSEUDONYM}
    return {"sub": _pseudonym(family, party), **kind, **_name(party, sees=sees)}


def _name(party: Party, *, sees: _Sees) -> Claims:
    return {"name": name_of(party)} if sees.names else {}


def _number(party: Party, *, sees: _Sees, **more: str) -> Claims:
    """Give the BSN of a person as one more id (NL GOV OIDC 5.2.2); of anybody else nothing."""
    if not sees.numbers or party.kind != Kind.PERSON:
        return {}
    return {"alt_sub": [{"sub": _bsn(party), "sub_id_type": BSN, **more}]}


def _representation(family: Family, standing: Standing, *, sees: _Sees) -> Claims:
    """Give `represents` and what Namens adds to it. The deepest one is whom the service is for.

    An organisation that comes for itself rests on no mandate.
    """
    if family.representee is None and family.organisation is not None:
        return {"represents": _organisation(family, family.organisation, sees=sees)}
    if family.representee is None or standing.last_day is None:
        return {}
    client = {
        "iss": issuer(),
        "sub_id_type": PSEUDONYM,
        **_party(family, family.representee, sees=sees),
        **_number(family.representee, sees=sees),
    }
    through = client if family.organisation is None else _organisation(family, family.organisation, sees=sees)
    return {
        "represents": through if through is client else {**through, "represents": client},
        MANDATE: str(standing.mandates[0]),
        SERVICES: list(standing.services),
        LAST_DAY: standing.last_day.isoformat(),
        LEFT_OUT: list(standing.left_out),
    }


def _organisation(family: Family, organisation: Party, *, sees: _Sees) -> Claims:
    """Give the organisation as somebody who is represented (NL GOV OIDC 5.2.4: sub and iss, never exp, nbf or aud).

    `alt_sub` says by what else the organisation is known (5.2.2): the pseudonym at this portal, and the establishment
    where the member works, when the means named one.
    """
    alternatives = [{"sub": _pseudonym(family, organisation), "sub_id_type": PSEUDONYM}]
    if family.party.member.establishment:
        alternatives.append({"sub": family.party.member.establishment, "sub_id_type": ESTABLISHMENT})
    return {
        "iss": issuer(),
        "sub": organisation.organisation.kvk_number,
        "sub_id_type": KVK_NUMBER,
        "alt_sub": alternatives,
        **_name(organisation, sees=sees),
    }


def _flat(family: Family, standing: Standing) -> Claims:
    """Give the flat claims of a `compat` portal under the names that it is registered with."""
    portal = family.portal
    if not portal.rules.flat_claims:
        return {}
    if family.organisation is not None:
        return _renamed(_values_of_member(family, family.organisation, standing), portal.claim_names)
    values = {"level": CLASSIC_LEVELS[family.assurance], **(_numbers(family) if portal.may_receive_bsn else {})}
    if family.representee is not None:
        values["service"] = family.services[standing.services[0]]
    return _renamed(values, portal.claim_names)


def _numbers(family: Family) -> dict[str, str]:
    own = _bsn(family.party)
    if family.representee is None:
        return {"bsn": own}
    return {"representee": _bsn(family.representee), "representative": own}


def _values_of_member(family: Family, organisation: Party, standing: Standing) -> dict[str, str]:
    """Give what eHerkenning says of a member who acts for the organisation itself, or for a client of it.

    The member has a pseudonym at each portal.
    """
    values = {
        "level": CLASSIC_LEVELS_OF_MEMBERS[family.assurance],
        "qualifier": KVK_QUALIFIER,
        "organisation": organisation.organisation.kvk_number,
        "member": subject_of(family),
    }
    if family.party.member.establishment:
        values["establishment"] = family.party.member.establishment
    if family.representee is not None:
        first = standing.services[0]
        values |= {"service-key": first, "service-uuid": family.services[first]}
        values |= {"client": _bsn(family.representee)} if family.portal.may_receive_bsn else {}
    return values


def _bsn(party: Party) -> str:
    return vault.open_(party.person.bsn_sealed).digits


def _renamed(values: Mapping[str, str], names: Mapping[str, str]) -> Claims:
    chosen = {**FLAT_NAMES, **names}
    return {chosen[key]: value for key, value in values.items() if chosen[key]}
