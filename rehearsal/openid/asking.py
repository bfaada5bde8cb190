"""What a client asks at the authorization endpoint, and every reason to refuse it (OpenID Connect Core 3.1.2)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import ImmutableMultiDict

from rehearsal.clients import Client, Clients
from rehearsal.openid.levels import Level, Levels

Parameters = ImmutableMultiDict[str, str]

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True)
class Question:
    """A sound request for a login."""

    client: Client
    redirect_uri: str
    state: str
    nonce: str
    challenge: str
    minimum: Level


@dataclass(frozen=True)
class Stranger:
    """Unknown client or unregistered address: nobody is sent anywhere, the page says why (RFC 6749, 4.1.2.1)."""

    reason: str


@dataclass(frozen=True)
class Faulty:
    """A known client asks wrongly: the error goes back to it."""

    redirect_uri: str
    state: str
    error: str
    description: str


_CHECKS: tuple[tuple[Callable[[Parameters], bool], str, str], ...] = (
    (lambda asked: len(asked) != len(asked.multi_items()), "invalid_request", "a parameter is given twice"),
    (lambda asked: "request" in asked, "request_not_supported", "request objects are not supported"),
    (lambda asked: "request_uri" in asked, "request_uri_not_supported", "request_uri is not supported"),
    (lambda asked: not asked.get("response_type"), "invalid_request", "response_type is missing"),
    (lambda asked: asked["response_type"] != "code", "unsupported_response_type", "only code is supported"),
    (lambda asked: asked.get("response_mode", "query") != "query", "invalid_request", "only response_mode query"),
    (lambda asked: "openid" not in asked.get("scope", "").split(), "invalid_scope", "scope must contain openid"),
    (lambda asked: not asked.get("state"), "invalid_request", "state is required"),
    (lambda asked: not asked.get("nonce"), "invalid_request", "nonce is required"),
    (lambda asked: asked.get("code_challenge_method") != "S256", "invalid_request", "PKCE with S256 is required"),
    (
        lambda asked: not _CHALLENGE.fullmatch(asked.get("code_challenge", "")),
        "invalid_request",
        "code_challenge is not a SHA-256 in base64url",
    ),
    (lambda asked: not asked.get("max_age", "0").isdecimal(), "invalid_request", "max_age is not a number of seconds"),
    # Nobody is ever remembered here, so asking without a screen cannot succeed.
    (lambda asked: "none" in asked.get("prompt", "").split(), "login_required", "everybody logs in anew"),
)


def read(asked: Parameters, *, clients: Clients, levels: Levels) -> Question | Stranger | Faulty:
    """Judge the parameters of an authorization request."""
    client = clients.find(asked.get("client_id", ""))
    if client is None:
        return Stranger("De website die u hierheen stuurde, is hier niet bekend.")
    redirect_uri = asked.get("redirect_uri", "")
    if redirect_uri not in client.redirect_uris or len(asked.getlist("redirect_uri")) != 1:
        return Stranger("Het adres om naar terug te gaan, is niet bekend bij deze website.")
    state = asked.get("state", "")
    for is_wrong, error, description in _CHECKS:
        if is_wrong(asked):
            return Faulty(redirect_uri, state, error, description)
    return Question(
        client=client,
        redirect_uri=redirect_uri,
        state=state,
        nonce=asked["nonce"],
        challenge=asked["code_challenge"],
        minimum=levels.lowest_asked(asked.get("acr_values", "")),
    )
