"""Whom a portal wants to see log in, and how sure it wants to be (OpenID Connect Core 3.1.2.1)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from namens.grants.claims_asked import ClaimsAsked, Wish
from namens.grants.pairwise import UnknownPairwiseId, party_of
from namens.grants.signing import NotOurs, opened
from namens.grants.tokens import ID_TOKEN
from namens.lib.assurance import AssuranceLevel
from namens.openid.parameters import Parameters
from namens.openid.refusing import AskRefused
from namens.services.models import Portal, Service
from namens.signin.login import LoginKind

LOGIN_HINTS = {"person": LoginKind.PERSON, "organisation": LoginKind.MEMBER}


def minimum_level(parameters: Parameters, *, claims: ClaimsAsked) -> AssuranceLevel:
    """Give the level that the portal asks at least, by `acr_values` and by `acr` in `claims`. Raises AskRefused.

    The lowest value that we know is the minimum (an acr is never lower than asked, NL GOV OIDC 5.2.5); of the two
    ways to ask, the one that asks more.
    """
    wishes = [_by_values(wish) for wish in claims.wishes_for("acr")]
    if "acr_values" in parameters:
        wishes.append(_lowest(parameters.words("acr_values"), needed=True))
    return max(wishes, key=lambda level: level.rank, default=AssuranceLevel.BASIC)


def _by_values(wish: Wish) -> AssuranceLevel:
    """Give what one wish for `acr` asks: an essential one with values has to be met (OpenID Connect Core 5.5.1.1)."""
    return _lowest(wish.values, needed=wish.essential and bool(wish.values))


def _lowest(uris: Iterable[object], *, needed: bool) -> AssuranceLevel:
    """Give the lowest level that we know of these. Raises AskRefused when there is none, and one is needed."""
    known = [AssuranceLevel.from_uri(uri) for uri in uris if isinstance(uri, str)]
    levels = [level for level in known if level is not None]
    if needed and not levels:
        raise AskRefused("unmet_authentication_requirements", "no level that is asked for is known here")
    return min(levels, key=lambda level: level.rank, default=AssuranceLevel.BASIC)


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


def expected_person(parameters: Parameters, *, claims: ClaimsAsked, portal: Portal, now: datetime) -> UUID | None:
    """Give the party who has to log in, by `id_token_hint` or by a value of `sub` in `claims`. Raises AskRefused.

    OpenID Connect Core 3.1.2.1 and 5.5.1: nobody else gets in. Two different people cannot both be meant.
    """
    named = [sub for wish in claims.wishes_for("sub") for sub in wish.values]
    if "id_token_hint" in parameters:
        named.append(_hinted_sub(parameters.get("id_token_hint"), portal=portal, now=now))
    try:
        expected = {party_of(str(sub), sector=portal.sector) for sub in named}
    except UnknownPairwiseId:
        raise AskRefused("invalid_request", "the person who is expected is none that this portal knows") from None
    if len(expected) > 1:
        raise AskRefused("invalid_request", "only one person can be expected")
    return next(iter(expected), None)


def _hinted_sub(token: str, *, portal: Portal, now: datetime) -> object:
    """Give whom an ID token of ours for this portal is about, however old while its key is published."""
    try:
        hint = opened(token, typ=ID_TOKEN, now=now)
    except NotOurs:
        hint = {}
    if hint.get("aud") != portal.client_id:
        raise AskRefused("invalid_request", "id_token_hint is no ID token of ours for this portal")
    return hint.get("sub")
