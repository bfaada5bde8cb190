"""Every place of the door that reads a signed object: how one looks that is in order, and how it is shown."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.test import Client
from joserfc.jwk import ECKey, RSAKey

from namens.grants.assertions import TYPE
from namens.grants.models import SigningKey
from namens.grants.signing import SEAL
from namens.parties import keys
from namens.parties.models import Party
from tests.openid.jose import Key, Shown
from tests.openid.relying import Answer, RelyingParty, header_of, key, parsed

Fresh = Callable[[RelyingParty, Party], Shown]
Show = Callable[[RelyingParty, str], Answer]


@dataclass(frozen=True)
class Place:
    """`modules` are those that read the object. `odd_claims` says for which claims another kind of value is refused."""

    modules: frozenset[str]
    fresh: Fresh
    show: Show
    took: Callable[[Answer], bool]
    is_of_portal: bool = False
    times: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    harmless: frozenset[str] = field(default_factory=frozenset)


def private(kid: str) -> Key:
    """Give one of our own keys."""
    row = SigningKey.objects.get(kid=kid)
    kind = ECKey if row.algorithm == "ES256" else RSAKey
    return kind.import_key(json.loads(keys.unseal(SEAL, row.sealed)))


def ours(token: str) -> Shown:
    """Take a token of ours apart."""
    header = header_of(token)
    return Shown(header=header, claims=parsed(token), key=private(header["kid"]))


def of_portal(token: str, *, kind: str) -> Shown:
    """Take an object of a portal apart."""
    return Shown(header=header_of(token), claims=parsed(token), key=key(kind))


def assertion(portal: RelyingParty, _person: Party) -> Shown:
    """A client assertion."""
    return of_portal(portal.assertion(), kind=portal.kind)


def show_assertion(portal: RelyingParty, text: str) -> Answer:
    """Bring a code that does not exist: who is somebody hears of the code, who is nobody does not."""
    return portal.send(portal.form("no-code", client_assertion=text, client_assertion_type=TYPE))


def access_token(portal: RelyingParty, person: Party) -> Shown:
    """An access token of a login just now."""
    return ours(portal.tokens(person)["access_token"])


def id_token(portal: RelyingParty, person: Party) -> Shown:
    """An ID token of a login just now."""
    return ours(portal.tokens(person)["id_token"])


def show_at_logout(portal: RelyingParty, text: str) -> Answer:
    """Send a browser to the logout with it."""
    return Client().post("/openid/logout", {"id_token_hint": text, "client_id": portal.portal.client_id})


def error_in(answer: Answer) -> str:
    """Give the error of an answer in JSON."""
    return str(answer.json().get("error", ""))


PLACES: Mapping[str, Place] = {
    "client assertion": Place(
        modules=frozenset({"grants.assertions"}),
        fresh=assertion,
        show=show_assertion,
        took=lambda answer: error_in(answer) == "invalid_grant",
        is_of_portal=True,
        times=("iat", "exp", "nbf"),
        texts=("iss", "sub", "aud", "jti"),
    ),
    "access token at userinfo": Place(
        modules=frozenset({"grants.actions.use", "grants.tokens", "grants.signing"}),
        fresh=access_token,
        show=lambda portal, text: portal.userinfo(text),
        took=lambda answer: answer.status_code == 200,
    ),
    "id_token_hint at logout": Place(
        modules=frozenset({"openid.logout", "grants.signing"}),
        fresh=id_token,
        show=show_at_logout,
        took=lambda answer: answer.status_code == 303,
    ),
}
"""By name; test_jose finds a module that reads signed objects and stands at no place."""
