"""Whom a portal wants to see log in, and how sure it wants to be (OpenID Connect Core 3.1.2.1)."""

from collections.abc import Iterable
from uuid import UUID

from namens.grants.pairwise import UnknownPairwiseId, party_of
from namens.lib.assurance import AssuranceLevel
from namens.openid.parameters import Parameters
from namens.openid.refusing import AskRefused
from namens.services.models import Portal, Service
from namens.signin.login import LoginKind

LOGIN_HINTS = {"person": LoginKind.PERSON, "organisation": LoginKind.MEMBER}


def minimum_level(parameters: Parameters) -> AssuranceLevel:
    """Give the lowest level in `acr_values` that we know. An acr is never lower than that. Raises AskRefused."""
    if "acr_values" not in parameters:
        return AssuranceLevel.BASIC
    known = [AssuranceLevel.from_uri(uri) for uri in parameters.get("acr_values").split()]
    levels = [level for level in known if level is not None]
    if not levels:
        raise AskRefused("unmet_authentication_requirements", "no level in acr_values is known here")
    return min(levels, key=lambda level: level.rank)


def login_level(services: Iterable[Service], *, minimum: AssuranceLevel) -> AssuranceLevel:
    """Give the level at which people log in: what the portal asks, and enough for one of these services at least."""
    levels = [AssuranceLevel(service.minimum_level) for service in services]
    lowest = min(levels, key=lambda level: level.rank, default=minimum)
    return max(minimum, lowest, key=lambda level: level.rank)


def login_kind(parameters: Parameters) -> LoginKind | None:
    """Give how somebody logs in, when `login_hint` says so. Another hint (a name, a number) is read past, not kept."""
    return LOGIN_HINTS.get(parameters.get("login_hint"))


def hinted_client(parameters: Parameters, *, portal: Portal) -> UUID | None:
    """Give the client whom the portal means, by an id that it had from us; a wrong hint is no hint."""
    try:
        return party_of(parameters.get("representee_hint"), sector=portal.sector)
    except UnknownPairwiseId:
        return None
