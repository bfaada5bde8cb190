"""Which claims a portal asks for by name (OpenID Connect Core 5.5): read once, kept with the request and the login.

Only the names that make a difference here are kept, never a value that a portal wrote beside them: what it wants of
`sub` and `acr` is settled when it asks, and a value of any other claim could be somebody's number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from namens.lib.strict_json import NotStrict, read_object

ID_TOKEN, USERINFO = "id_token", "userinfo"
PLACES = (ID_TOKEN, USERINFO)
NAME = "name"
BSN = "urn:nl-eid-gdi:1.0:id:BSN"
GIVEN_WHEN_ASKED = frozenset({NAME, BSN})
LONGEST = 4096


class MalformedClaims(ValueError):
    """This is no `claims` parameter. The message never holds what it was."""


@dataclass(frozen=True)
class Wish:
    """How one claim is asked for: as needed or not, and with which values, if any (OpenID Connect Core 5.5.1)."""

    essential: bool = False
    values: tuple[object, ...] = ()


@dataclass(frozen=True)
class ClaimsAsked:
    """The claims that are asked for, by the place where they are wanted and by name. No place: nothing was sent."""

    places: Mapping[str, Mapping[str, Wish]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "ClaimsAsked":
        """Read the parameter as it came; empty for none. Members that we do not know are read past.

        Raises MalformedClaims.
        """
        if not text:
            return cls()
        if len(text.encode()) > LONGEST:
            raise MalformedClaims(f"claims has more than {LONGEST} bytes")
        try:
            sent = read_object(text)
        except NotStrict as wrong:
            raise MalformedClaims(f"claims {wrong}") from None
        return cls({place: _wishes(sent.get(place)) for place in PLACES})

    @classmethod
    def of(cls, kept: Mapping[str, Mapping[str, Any]]) -> "ClaimsAsked":
        """Give what was kept with a request or a login."""
        return cls({place: {name: Wish(bool(said)) for name, said in wishes.items()} for place, wishes in kept.items()})

    @property
    def kept(self) -> dict[str, dict[str, bool]]:
        """Give what is kept of it: the names that make a difference, each with whether it is essential."""
        return {
            place: {name: wish.essential for name, wish in wishes.items() if name in GIVEN_WHEN_ASKED}
            for place, wishes in self.places.items()
        }

    def asked_in(self, place: str) -> frozenset[str]:
        """Give the names that are asked for in the ID token (`id_token`) or at UserInfo (`userinfo`)."""
        return frozenset(self.places.get(place, {}))

    def asks(self, name: str, place: str) -> bool:
        """Say whether this claim is asked for in this place by name."""
        return name in self.places.get(place, {})

    def names_people_in(self, place: str) -> bool:
        """Say whether names of people may stand in this place: a portal that sends `claims` asks for them there."""
        return not self.places or self.asks(NAME, place)

    def wishes_for(self, name: str) -> list[Wish]:
        """Give how a claim is asked for, in either place."""
        return [wishes[name] for wishes in self.places.values() if name in wishes]


def _wishes(sent: object) -> dict[str, Wish]:
    """Read the claims of one place. Raises MalformedClaims."""
    if sent is None:
        return {}
    if not isinstance(sent, dict):
        raise MalformedClaims("claims has a member that is no object")
    return {name: _wish(said) for name, said in sent.items()}


def _wish(said: object) -> Wish:
    """Read how one claim is asked for: null, or an object. Raises MalformedClaims."""
    if said is None:
        return Wish()
    if not isinstance(said, dict):
        raise MalformedClaims("claims asks for a claim with something else than null or an object")
    essential, values = said.get("essential", False), said.get("values", [])
    if not isinstance(essential, bool) or not isinstance(values, list):
        raise MalformedClaims("claims has essential or values of the wrong kind")
    return Wish(essential=essential, values=(*((said["value"],) if "value" in said else ()), *values))
