"""Asking Namens once more, before something is written: does this login still hold, and what may be done?"""

from dataclasses import dataclass
from typing import Any

from requests import RequestException, Response

from mijn_toeslagen import visitor as visitors
from mijn_toeslagen.portal import portal, visit
from mijn_toeslagen.visitor import Visitor, WrongClaims

GONE = frozenset({401, 403})


@dataclass(frozen=True)
class Holds:
    """It holds. The visitor may have changed: an action can have been taken away."""

    visitor: Visitor


@dataclass(frozen=True)
class Gone:
    """It does not hold any more."""


@dataclass(frozen=True)
class Unreachable:
    """Namens does not answer, so nothing is known, so nothing is done."""


def ask(visitor: Visitor) -> Holds | Gone | Unreachable:
    """Ask UserInfo about the login of this visitor."""
    try:
        answer = _answer()
        claims: dict[str, Any] = answer.json() if answer.ok else {}
    except (RequestException, ValueError):
        return Unreachable()
    if answer.status_code in GONE:
        return Gone()
    return _judged(claims, visitor) if answer.ok else Unreachable()


def _answer() -> Response:
    namens = portal().namens
    address = namens.load_server_metadata()["userinfo_endpoint"]
    shown = {"Authorization": f"{visit().get('scheme', 'Bearer')} {visit()['token']}"}
    answer = namens.get(address, headers=shown, withhold_token=True)
    assert isinstance(answer, Response)
    return answer


def _judged(claims: dict[str, Any], visitor: Visitor) -> Holds | Gone:
    """Keep the fresh claims, when they are about the same two people."""
    settings = portal().settings
    try:
        fresh = visitors.read(claims, issuer=settings.issuer, service_key=settings.service_key)
    except WrongClaims:
        return Gone()
    if fresh.pair != visitor.pair:
        return Gone()
    visit()["claims"] = visitors.kept(claims)
    return Holds(fresh)
