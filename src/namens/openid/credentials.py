"""Finding the one credential in a token request (RFC 6749 2.3, RFC 7521 4.2)."""

import base64
from urllib.parse import unquote_plus

from django.http import HttpRequest

from namens.grants import assertions
from namens.grants.clients import Assertion, Credential, SharedSecret
from namens.grants.refusals import ClientRefused, GrantReason
from namens.openid.parameters import Parameters


class TwoCredentials(ValueError):
    """A request proves who it is in one way (RFC 6749, 2.3)."""


def credential(request: HttpRequest, *, parameters: Parameters) -> Credential:
    """Give the credential of this request. Raises TwoCredentials, ClientRefused."""
    header = request.headers.get("Authorization", "")
    ways = [bool(header), "client_secret" in parameters, "client_assertion" in parameters]
    if sum(ways) > 1:
        raise TwoCredentials
    if header:
        return _basic(header, named=parameters.get("client_id"))
    if "client_assertion" in parameters:
        return _assertion(parameters)
    if not parameters.get("client_id") or "client_secret" not in parameters:
        raise ClientRefused(GrantReason.CLIENT_UNKNOWN)
    return SharedSecret(client_id=parameters.get("client_id"), secret=parameters.get("client_secret"))


def _basic(header: str, *, named: str) -> SharedSecret:
    """Read client_secret_basic: both parts are form-encoded before they are joined."""
    scheme, _, encoded = header.partition(" ")
    try:
        joined = base64.b64decode(encoded.strip(), validate=True).decode()
    except ValueError:
        joined = ""
    client_id, colon, secret = (unquote_plus(part) for part in joined.partition(":"))
    if scheme.lower() != "basic" or not colon or named not in {"", client_id}:
        raise ClientRefused(GrantReason.CLIENT_UNKNOWN)
    return SharedSecret(client_id=client_id, secret=secret)


def _assertion(parameters: Parameters) -> Assertion:
    text = parameters.get("client_assertion")
    client_id = assertions.named_client(text)
    if parameters.get("client_assertion_type") != assertions.TYPE:
        raise ClientRefused(GrantReason.WRONG_ASSERTION)
    if parameters.get("client_id") not in {"", client_id}:
        raise ClientRefused(GrantReason.CLIENT_UNKNOWN)
    return Assertion(client_id=client_id, text=text)
