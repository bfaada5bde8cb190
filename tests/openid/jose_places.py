"""Every place of the door that reads a signed object: how one looks that is in order, and how it is shown."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.test import Client
from joserfc.jwk import ECKey, RSAKey

from namens.grants.addresses import PUSH, full
from namens.grants.assertions import TYPE
from namens.grants.models import PEOPLE, Family, SigningKey
from namens.grants.signing import SEAL
from namens.grants.tokens import logout_token
from namens.lib import clock
from namens.parties import keys
from namens.parties.models import Party
from tests.openid import proving
from tests.openid.jose import Key, Shown
from tests.openid.relying import STATE, Answer, RelyingParty, header_of, key, parsed
from tests.openid.renewing import introspect, machine_token, revoke
from tests.openid.test_request_objects import signed

Fresh = Callable[[RelyingParty, Party], Shown]
Show = Callable[[RelyingParty, str], Answer]
# Whoever shows a key of their own proves that they have that one, which is not the one of any token.
ITS_OWN_KEY = frozenset({"another key, embedded"})


@dataclass(frozen=True)
class Place:
    """`modules` read the object. Of `times` and `texts`, which are claims, no value of another kind is taken.

    `harmless` tricks are none here, and `takes_also` are other objects that it reads too.
    """

    modules: frozenset[str]
    fresh: Fresh
    show: Show
    took: Callable[[Answer], bool]
    times: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    harmless: frozenset[str] = frozenset()
    takes_also: frozenset[Fresh] = frozenset()

    @property
    def is_of_portal(self) -> bool:
        """Say whether portals sign it; else we do."""
        return bool(self.times)


def private(kid: str) -> Key:
    """Give one of our own keys."""
    row = SigningKey.objects.get(kid=kid)
    kind = ECKey if row.algorithm == "ES256" else RSAKey
    return kind.import_key(json.loads(keys.unseal(SEAL, row.sealed)))


def ours(token: str) -> Shown:
    """Take a token of ours apart."""
    header = header_of(token)
    return Shown(header=header, claims=parsed(token), key=private(header["kid"]))


def of_portal(text: str, *, signer: Key) -> Shown:
    """Take an object of a portal apart."""
    return Shown(header=header_of(text), claims=parsed(text), key=signer)


def assertion(portal: RelyingParty, _person: Party) -> Shown:
    """A client assertion."""
    return of_portal(portal.assertion(), signer=key(portal.kind))


def show_assertion(portal: RelyingParty, text: str) -> Answer:
    """Bring a code that does not exist: who is somebody hears of the code, who is nobody does not."""
    return portal.send(portal.form("no-code", client_assertion=text, client_assertion_type=TYPE))


def request_object(portal: RelyingParty, _person: Party) -> Shown:
    """A question that the portal signed."""
    return of_portal(signed(portal), signer=key(portal.kind))


def show_question(portal: RelyingParty, text: str) -> Answer:
    """Send a browser with a signed question."""
    beside = {"client_id": portal.portal.client_id, "redirect_uri": portal.redirect_uri, "state": STATE}
    return portal.browser.post("/openid/authorize", {**beside, "request": text})


def push_question(portal: RelyingParty, text: str) -> Answer:
    """Push a signed question."""
    return portal.push(request=text, **dict.fromkeys(portal.question()))


def proof_for_token(portal: RelyingParty, _person: Party) -> Shown:
    """A DPoP proof for the token endpoint."""
    return of_portal(proving.proof(portal.proof_key), signer=portal.proof_key)


def proof_for_push(portal: RelyingParty, _person: Party) -> Shown:
    """A DPoP proof for pushing."""
    return of_portal(proving.proof(portal.proof_key, address=full(PUSH)), signer=portal.proof_key)


def proof_for_userinfo(portal: RelyingParty, person: Party) -> Shown:
    """A DPoP proof for UserInfo, with a token that is bound to its key."""
    if not portal.held:
        form = portal.form(portal.code(person))
        portal.held = portal.send(form, proof=proving.proof(portal.proof_key)).json()["access_token"]
    return of_portal(proving.proof(portal.proof_key, token=portal.held), signer=portal.proof_key)


def show_with_push(portal: RelyingParty, text: str) -> Answer:
    """Push a good question with this proof."""
    proven = {"client_assertion_type": TYPE, "client_assertion": portal.assertion()}
    return Client().post("/openid/par", portal.question(**proven), headers={"DPoP": text})


def show_with_token(portal: RelyingParty, text: str) -> Answer:
    """Ask UserInfo with this proof."""
    return Client().get("/openid/userinfo", headers={"Authorization": f"DPoP {portal.held}", "DPoP": text})


def access_token(portal: RelyingParty, person: Party) -> Shown:
    """An access token of a login just now."""
    return ours(portal.tokens(person)["access_token"])


def of_machine(portal: RelyingParty, _person: Party) -> Shown:
    """A token of the portal's own machine."""
    return ours(machine_token(portal).json()["access_token"])


def show_to_end(portal: RelyingParty, text: str) -> Answer:
    """Take a token back; what ended before is forgotten."""
    Family.objects.filter(ended_at__isnull=False).delete()
    return revoke(portal, text)


def id_token(portal: RelyingParty, person: Party) -> Shown:
    """An ID token of a login just now."""
    return ours(portal.tokens(person)["id_token"])


def logout_message(portal: RelyingParty, person: Party) -> Shown:
    """What tells a portal that a login is over: it comes back nowhere."""
    portal.tokens(person)
    family = Family.objects.select_related("portal", *PEOPLE).latest("id")
    return ours(logout_token(family, now=clock.now()))


def show_at_logout(portal: RelyingParty, text: str) -> Answer:
    """Send a browser to the logout with it."""
    return Client().post("/openid/logout", {"id_token_hint": text, "client_id": portal.portal.client_id})


def show_as_hint(portal: RelyingParty, text: str) -> Answer:
    """Ask for the person whom it names."""
    return portal.browser.post("/openid/authorize", portal.question(id_token_hint=text))


def error_in(answer: Answer) -> str:
    """Give the error of an answer in JSON."""
    return str(answer.json().get("error", ""))


def is_way_in(answer: Answer) -> bool:
    """Say whether somebody may log in now."""
    return answer.headers.get("Location", "").startswith("/signin/")


READERS_OF_STATEMENTS = frozenset({"grants.statements"})
READERS_OF_PROOFS = frozenset({"grants.dpop"})
READERS_OF_TOKENS = frozenset({"grants.signing", "grants.tokens"})
QUESTION = ("iss", "aud", "client_id", "redirect_uri", "response_type", "scope", "nonce", "code_challenge")
PLACES: Mapping[str, Place] = {
    "client assertion": Place(
        modules=READERS_OF_STATEMENTS,
        fresh=assertion,
        show=show_assertion,
        took=lambda answer: error_in(answer) == "invalid_grant",
        times=("iat", "exp", "nbf"),
        texts=("iss", "sub", "aud", "jti"),
    ),
    "request object": Place(
        modules=READERS_OF_STATEMENTS,
        fresh=request_object,
        show=show_question,
        took=is_way_in,
        times=("iat", "exp", "nbf"),
        texts=QUESTION,
    ),
    "request object, pushed": Place(
        modules=READERS_OF_STATEMENTS,
        fresh=request_object,
        show=push_question,
        took=lambda answer: answer.status_code == 201,
        times=("iat", "exp", "nbf"),
        texts=QUESTION,
    ),
    "DPoP proof at token": Place(
        modules=READERS_OF_PROOFS,
        fresh=proof_for_token,
        show=lambda portal, text: portal.send(portal.form("no-code"), proof=text),
        took=lambda answer: error_in(answer) == "invalid_grant",
        times=("iat",),
        texts=("htm", "htu", "jti", "nonce"),
        harmless=ITS_OWN_KEY,
    ),
    "DPoP proof at push": Place(
        modules=READERS_OF_PROOFS,
        fresh=proof_for_push,
        show=show_with_push,
        took=lambda answer: answer.status_code == 201,
        times=("iat",),
        texts=("htm", "htu", "jti", "nonce"),
        harmless=ITS_OWN_KEY,
    ),
    "DPoP proof at userinfo": Place(
        modules=READERS_OF_PROOFS,
        fresh=proof_for_userinfo,
        show=show_with_token,
        took=lambda answer: answer.status_code == 200,
        times=("iat",),
        texts=("htm", "htu", "jti", "nonce", "ath"),
    ),
    "access token at userinfo": Place(
        modules=READERS_OF_TOKENS | {"grants.actions.use"},
        fresh=access_token,
        show=lambda portal, text: portal.userinfo(text),
        took=lambda answer: answer.status_code == 200,
    ),
    "access token at introspection": Place(
        modules=READERS_OF_TOKENS | {"grants.actions.introspect"},
        takes_also=frozenset({of_machine}),
        fresh=access_token,
        show=introspect,
        took=lambda answer: answer.json().get("active") is True,
    ),
    "machine token at introspection": Place(
        modules=READERS_OF_TOKENS | {"grants.machine_tokens"},
        takes_also=frozenset({access_token}),
        fresh=of_machine,
        show=introspect,
        took=lambda answer: answer.json().get("active") is True,
    ),
    "access token at revocation": Place(
        modules=READERS_OF_TOKENS | {"grants.actions.revoke"},
        fresh=access_token,
        show=show_to_end,
        took=lambda _: Family.objects.filter(ended_by="revoked").exists(),
    ),
    "id_token_hint at logout": Place(
        modules=READERS_OF_TOKENS | {"openid.logout"},
        fresh=id_token,
        show=show_at_logout,
        took=lambda answer: answer.status_code == 303,
    ),
    "id_token_hint at authorize": Place(
        modules=READERS_OF_TOKENS | {"openid.wanted"},
        fresh=id_token,
        show=show_as_hint,
        took=is_way_in,
    ),
}
"""By name; test_jose finds a module that reads signed objects and stands at no place."""
