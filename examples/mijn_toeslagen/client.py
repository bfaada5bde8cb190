"""Our client for Namens, with Authlib: PKCE S256, private_key_jwt, and questions that are pushed (RFC 9126).

A question goes from our server to that of Namens; the browser only carries its number. So nobody on the way reads or
changes what we ask.
"""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from flask import Flask
from requests import Response

from mijn_toeslagen import keys
from mijn_toeslagen.portal import portal
from mijn_toeslagen.proving import NamensApp, NamensSession, Prover
from mijn_toeslagen.settings import Profile, Settings

SECONDS_TO_WAIT = 5


class NotTaken(ValueError):
    """Namens did not take our question; `error` is the word that it gave."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


def register(app: Flask, settings: Settings) -> object:
    """Register Namens with Authlib: all that it needs beside our key and our names is in the discovery document."""
    prover = Prover.with_key_in(settings.data / "proof.pem") if settings.profile is Profile.FAPI else None

    def give_prover(session: NamensSession) -> None:
        session.prover = prover

    return OAuth(app).register(
        "namens",
        client_cls=NamensApp,
        client_id=settings.client_id,
        client_secret=keys.load(settings.key),
        client_auth_methods=[_method(settings)],
        compliance_fix=give_prover,
        server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": f"openid urn:uuid:{settings.service}",
            "token_endpoint_auth_method": "private_key_jwt",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS_TO_WAIT,
            # A proxy of the world outside does not know the programs on this machine.
            "trust_env": not settings.issuer_is_here,
        },
    )


def ask(redirect_uri: str, **hints: str) -> str:
    """Push a question, keep what its answer is checked with, and give the address to send the browser to.

    Raises NotTaken, RequestException.
    """
    namens = portal().namens
    asked = namens.create_authorization_url(redirect_uri, **hints)
    metadata = namens.load_server_metadata()
    answer = _push(metadata["pushed_authorization_request_endpoint"], dict(parse_qsl(urlsplit(asked["url"]).query)))
    namens.save_authorize_data(redirect_uri=redirect_uri, **asked)
    number = {"client_id": portal().settings.client_id, "request_uri": answer["request_uri"]}
    return f"{metadata['authorization_endpoint']}?{urlencode(number)}"


def _push(address: str, question: dict[str, str]) -> dict[str, Any]:
    settings = portal().settings
    proof = NamensSession.client_auth_class(settings.client_id, keys.load(settings.key), _method(settings))
    answer = portal().namens.post(address, data=question, auth=proof, withhold_token=True)
    assert isinstance(answer, Response)
    if answer.status_code != 201:
        raise NotTaken(str(answer.json().get("error", answer.status_code)))
    taken: dict[str, Any] = answer.json()
    return taken


def _method(settings: Settings) -> PrivateKeyJWT:
    """Say how we prove who we are: to the issuer by its name, which every profile takes (`fapi` takes no other)."""
    return PrivateKeyJWT(settings.issuer, alg=settings.algorithm)
