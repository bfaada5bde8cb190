"""Who is at the keyboard, and for whom. Read from the claims of an ID token or of UserInfo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

MANDATE = "urn:namens:1.0:mandate"
SERVICES = "urn:namens:1.0:services"
LAST_DAY = "urn:namens:1.0:last-day"
LEFT_OUT = "urn:namens:1.0:left-out"
KEPT = ("sub", "name", "represents", MANDATE, SERVICES, LAST_DAY, LEFT_OUT, "acr", "sid", "iat")
DEEPEST = 5
Claims = Mapping[str, Any]


class WrongClaims(ValueError):
    """These claims do not say clearly who acts for whom. Then nobody comes in."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody as this portal knows them: by an id that only this portal has."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Acting:
    """For whom somebody acts, and how far that goes."""

    client: Person
    mandate: str
    last_day: date
    left_out: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who is at the keyboard; `acting` is None for who comes for themselves."""

    person: Person
    acting: Acting | None

    @property
    def subject(self) -> Person:
        """The person whom our pages are about."""
        return self.acting.client if self.acting else self.person

    @property
    def pair(self) -> list[str]:
        """Who acts for whom, to see whether two logins are the same."""
        return [self.person.id, self.subject.id]

    def may(self, action: str) -> bool:
        """Say whether a sensitive action is allowed. For oneself everything is."""
        return self.acting is None or action not in self.acting.left_out


def kept(claims: Claims) -> dict[str, Any]:
    """Give the claims that we keep during a login."""
    return {name: claims[name] for name in KEPT if name in claims}


def read(claims: Claims, *, issuer: str, service_key: str) -> Visitor:
    """Read who acts for whom. Raises WrongClaims."""
    person = _person(claims, otherwise="u")
    if "represents" not in claims:
        return Visitor(person=person, acting=None)
    if service_key not in _texts(claims, SERVICES):
        raise WrongClaims("the mandate is not for our service")
    acting = Acting(
        client=_person(_deepest(claims["represents"], issuer=issuer), otherwise="uw cliënt"),
        mandate=_text(claims, MANDATE),
        last_day=_day(claims),
        left_out=frozenset(_texts(claims, LEFT_OUT)),
    )
    if acting.client.id == person.id:
        raise WrongClaims("nobody acts for themselves")
    return Visitor(person=person, acting=acting)


def _deepest(represents: object, *, issuer: str) -> Claims:
    """Give the innermost `represents`: whom the service is for. A member of an organisation has two."""
    for _ in range(DEEPEST):
        if not isinstance(represents, Mapping) or represents.get("iss") != issuer:
            raise WrongClaims("represents is not from our issuer")
        if "represents" not in represents:
            return represents
        represents = represents["represents"]
    raise WrongClaims("represents is too deep")


def _person(claims: Claims, *, otherwise: str) -> Person:
    name = claims.get("name", otherwise)
    return Person(id=_text(claims, "sub"), name=name if isinstance(name, str) and name else otherwise)


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        raise WrongClaims(f"{name} is missing")
    return value


def _texts(claims: Claims, name: str) -> list[str]:
    value = claims.get(name)
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise WrongClaims(f"{name} is not a list")
    return value


def _day(claims: Claims) -> date:
    try:
        return date.fromisoformat(_text(claims, LAST_DAY))
    except ValueError:
        raise WrongClaims(f"{LAST_DAY} is no date") from None
