"""What a portal would get of people who are not there, made by what makes real tokens. Nothing is saved or signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from namens.grants.claims_asked import BSN, NAME, PLACES
from namens.grants.models import Family
from namens.grants.standing import Standing
from namens.grants.tokens import ID_TOKEN, identity_of
from namens.grants.userinfo import said_at_userinfo
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.mandates.decision import Permit
from namens.organisations.models import Member, MemberKind, Organisation
from namens.organisations.models import Status as OrganisationStatus
from namens.parties.identifiers import Bsn
from namens.parties.invented import invented_person
from namens.parties.models import Kind, Party
from namens.services.models import Portal, Representation, Service

# Both pass the eleven-test, and nobody has them.
CLIENT_BSN, HELPER_BSN = "000000012", "000000024"
KVK_NUMBER = "00000000"
NONCE = "nonce-of-the-portal"
_RUNS_FOR = timedelta(days=180)


class Case(StrEnum):
    """Who comes for whom."""

    ONESELF = "oneself"
    HELPER = "helper"
    MEMBER = "member"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Example:
    """The header and the claims of an ID token, and what UserInfo answers after it."""

    header: Mapping[str, Any]
    identity: Mapping[str, Any]
    userinfo: Mapping[str, Any]


def fits(case: Case, *, portal: Portal) -> bool:
    """Say whether this portal takes who comes so."""
    if case is Case.ORGANISATION:
        return portal.organisations_themselves
    unwanted = Representation.OTHERS if case is Case.ONESELF else Representation.SELF
    return portal.representation != unwanted


def example(case: Case, *, portal: Portal, now: datetime) -> Example | None:
    """Give what this portal would get in this case; None when none of its services is active. One statement.

    As if it asks for all that it may get (`claims`, OpenID Connect Core 5.5).
    """
    services = list(portal.services.filter(active=True))
    if not services:
        return None
    family = _family(case, portal=portal, services=services, now=now)
    standing = _standing(family, services=services, now=now)
    return Example(
        header={"alg": portal.id_token_algorithm, "typ": ID_TOKEN},
        identity=identity_of(family, standing=standing, nonce=NONCE, now=now),
        userinfo=said_at_userinfo(family, standing=standing),
    )


def _family(case: Case, *, portal: Portal, services: list[Service], now: datetime) -> Family:
    client = invented_person(given_name="Vera", family_name="Voorbeeld", bsn=Bsn(CLIENT_BSN), now=now)
    organisation = _organisation(now)
    who = {
        Case.ONESELF: {"party": client},
        Case.HELPER: {
            "party": invented_person(given_name="Hugo", family_name="Helper", bsn=Bsn(HELPER_BSN), now=now),
            "representee": client,
        },
        Case.MEMBER: {"party": _member(organisation, now), "organisation": organisation, "representee": client},
        Case.ORGANISATION: {"party": _member(organisation, now), "organisation": organisation},
    }[case]
    named = {service.key: str(service.id) for service in services}
    level = max((AssuranceLevel(service.minimum_level) for service in services), key=list(AssuranceLevel).index)
    asks = {place: dict.fromkeys((NAME, BSN), False) for place in PLACES} if portal.rules.takes_claims_parameter else {}
    login = {"level": level, "auth_time": now, "made_at": now}
    return Family(portal=portal, services_asked=named, services=named, claims_asked=asks, **login, **who)


def _standing(family: Family, *, services: list[Service], now: datetime) -> Standing:
    """Give a yes for all services, by one mandate that leaves out what is sensitive."""
    keys = tuple(service.key for service in services)
    if family.representee is None:
        return Standing(services=keys)
    mandate, last_day = new_id(), clock.day_of(now + _RUNS_FOR)
    permits = (Permit(mandate, one.key, last_day, frozenset(one.sensitive_keys)) for one in services)
    return Standing(services=keys, permits=tuple(permits))


def _organisation(now: datetime) -> Party:
    party = Party(kind=Kind.ORGANISATION, created_at=now)
    Organisation(
        party=party,
        kvk_number=KVK_NUMBER,
        name="Stichting Voorbeeld",
        status=OrganisationStatus.ADMITTED,
        proposed_at=now,
        admitted_at=now,
    )
    return party


def _member(organisation: Party, now: datetime) -> Party:
    party = Party(kind=Kind.MEMBER, created_at=now)
    Member(
        party=party,
        organisation=organisation.organisation,
        given_name="Mila",
        family_name="Medewerker",
        kind=MemberKind.STAFF,
        establishment="000000000000",
        invited_at=now,
    )
    return party
