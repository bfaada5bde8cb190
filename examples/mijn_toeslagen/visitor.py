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
KVK_NUMBER = "urn:nl-eid-gdi:1.0:id:KvKnr"
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
class Organisation:
    """An organisation in whose name somebody works: everybody may know its KvK number."""

    kvk_number: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Acting:
    """For whom somebody acts, and how far that goes; `organisation` is None for a private helper."""

    client: Person
    organisation: Organisation | None
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
        """Who acts for whom, to see whether two logins are the same. A member has another id at each organisation."""
        return [self.person.id, self.subject.id]

    @property
    def signature(self) -> str:
        """Who is named at a change: the person, and for whom they work."""
        works_for = self.acting.organisation if self.acting else None
        return f"{self.person.name} ({works_for.name})" if works_for else self.person.name

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
    chain = _chain(claims["represents"], issuer=issuer)
    acting = Acting(
        client=_person(chain[-1], otherwise="uw cliënt"),
        organisation=_organisation(chain[0]) if len(chain) > 1 else None,
        mandate=_text(claims, MANDATE),
        last_day=_day(claims),
        left_out=frozenset(_texts(claims, LEFT_OUT)),
    )
    if acting.client.id == person.id:
        raise WrongClaims("nobody acts for themselves")
    return Visitor(person=person, acting=acting)


def _chain(represents: object, *, issuer: str) -> list[Claims]:
    """Give who stands between: the last is whom the service is for. For a member of an organisation there are two."""
    chain: list[Claims] = []
    while len(chain) < DEEPEST:
        if not isinstance(represents, Mapping) or represents.get("iss") != issuer:
            raise WrongClaims("represents is not from our issuer")
        chain.append(represents)
        if "represents" not in represents:
            return chain
        represents = represents["represents"]
    raise WrongClaims("represents is too deep")


def _organisation(claims: Claims) -> Organisation:
    if claims.get("sub_id_type") != KVK_NUMBER:
        raise WrongClaims("only an organisation stands between")
    number = _text(claims, "sub")
    name = claims.get("name")
    return Organisation(kvk_number=number, name=name if isinstance(name, str) and name else f"KvK-nummer {number}")


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
