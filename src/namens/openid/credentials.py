"""Finding the one credential in the request of a portal, and what it proves (RFC 6749 2.3, RFC 7521 4.2)."""

import base64
from datetime import datetime
from urllib.parse import unquote_plus

from django.db import transaction
from django.http import HttpRequest

from namens.grants import assertions, clients
from namens.grants.addresses import full
from namens.grants.clients import Assertion, ByCertificate, Credential, Proven, SharedSecret
from namens.grants.refusals import ClientRefused, Fault, GrantReason
from namens.openid.evidence import certificate_of
from namens.openid.granting import TokenRefused
from namens.openid.parameters import Parameters


def authenticated(request: HttpRequest, *, parameters: Parameters, now: datetime, spend: bool) -> Proven:
    """Give the approved portal that this request proves. Raises TokenRefused, ClientRefused.

    `spend` uses up at once what counts only once. Without it the caller does so (`Proven.spend`), in the transaction of
    what it does for the portal.
    """
    endpoint = full(request.path.removeprefix("/"))
    proven = clients.authenticate(credential(request, parameters=parameters), endpoint=endpoint, now=now)
    if spend:
        with transaction.atomic():
            proven.spend()
    return proven


def credential(request: HttpRequest, *, parameters: Parameters) -> Credential:
    """Give the credential of this request. Raises TokenRefused, ClientRefused."""
    header = request.headers.get("Authorization", "")
    ways = [bool(header), "client_secret" in parameters, "client_assertion" in parameters]
    if sum(ways) > 1:
        raise TokenRefused("invalid_request", "one way of client authentication at a time")
    if header:
        return _basic(header, named=parameters.get("client_id"))
    if "client_assertion" in parameters:
        return _assertion(parameters)
    if not parameters.get("client_id"):
        raise ClientRefused(GrantReason.CLIENT_UNKNOWN)
    if "client_secret" in parameters:
        return SharedSecret(client_id=parameters.get("client_id"), secret=parameters.get("client_secret"))
    return _certificate(request, named=parameters.get("client_id"))


def claimed_client(request: HttpRequest, *, parameters: Parameters) -> str:
    """Give the client id that a request claims to be, proven or not; empty when it names none."""
    try:
        return credential(request, parameters=parameters).client_id
    except (TokenRefused, ClientRefused):
        return parameters.get("client_id") or assertions.named_client(parameters.get("client_assertion"))


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


def _certificate(request: HttpRequest, *, named: str) -> ByCertificate:
    """Take the certificate of the connection, where nothing else proves anything (RFC 8705, 2)."""
    certificate = certificate_of(request)
    if certificate is None:
        raise ClientRefused(GrantReason.CLIENT_UNKNOWN)
    return ByCertificate(client_id=named, certificate=certificate)


def _assertion(parameters: Parameters) -> Assertion:
    text = parameters.get("client_assertion")
    client_id = assertions.named_client(text)
    if parameters.get("client_assertion_type") != assertions.TYPE:
        raise ClientRefused(GrantReason.WRONG_ASSERTION, fault=Fault.KIND)
    if parameters.get("client_id") not in {"", client_id}:
        raise ClientRefused(GrantReason.CLIENT_UNKNOWN)
    return Assertion(client_id=client_id, text=text)
