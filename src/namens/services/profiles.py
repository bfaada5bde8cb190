"""The three profiles by which portals talk to us, and what each asks: one table, read at every endpoint.

`nlgov`: NL GOV OIDC 1.0.1 and OAuth 1.1.0. `fapi`: FAPI 2.0 Security Profile. `compat`: what Dutch portals run today.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Profile(StrEnum):
    """The rules by which a portal talks to us."""

    NLGOV = "nlgov"
    FAPI = "fapi"
    COMPAT = "compat"


class Authentication(StrEnum):
    """How a portal proves who it is (OpenID Connect Core 9, RFC 8705 2). A secret comes as basic or as post."""

    PRIVATE_KEY = "private_key_jwt"
    AUTHORITY_CERTIFICATE = "tls_client_auth"
    OWN_CERTIFICATE = "self_signed_tls_client_auth"
    SECRET = "client_secret"  # noqa: S105 - a method, no secret


class Binding(StrEnum):
    """What an access token is bound to: nothing (bearer), a key (RFC 9449), or a certificate (RFC 8705, 3)."""

    NONE = "none"
    PROOF = "dpop"
    CERTIFICATE = "certificate"


class MachineScope(StrEnum):
    """What a portal's own machine may ask, with a token in which no person stands. Each is a door of its own."""

    DECISIONS = "urn:namens:1.0:scope:decisions"
    PORTALS = "urn:namens:1.0:scope:portals"


_STRICT_METHODS = frozenset(
    {Authentication.PRIVATE_KEY, Authentication.AUTHORITY_CERTIFICATE, Authentication.OWN_CERTIFICATE}
)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What one profile asks of a portal, and gives it.

    `machine_bindings` is to what its tokens may be bound when its machine may get one; with none it never gets one.
    `algorithms` sign our tokens, and its assertions, request objects and proofs. `assertions_for_token_endpoint`: an
    assertion may name the token endpoint, beside the issuer. `access_token_algorithm` signs its access tokens.
    `must_state`: `state` must come with each question; FAPI 2.0 leaves that to the challenge.
    `flat_claims`: it reads flat claims, and a BSN comes unencrypted; else only in an encrypted token.
    """

    methods: frozenset[Authentication]
    algorithms: tuple[str, ...]
    access_token_algorithm: str
    bindings: frozenset[Binding]
    machine_bindings: frozenset[Binding] = frozenset()
    assertions_for_token_endpoint: bool = True
    must_push: bool = False
    must_challenge: bool = True
    must_state: bool = True
    takes_request_objects: bool = True
    takes_claims_parameter: bool = True
    services_by_scope: bool = True
    flat_claims: bool = False
    rotates_refresh_tokens: bool = True


RULES: Mapping[Profile, Rules] = {
    Profile.NLGOV: Rules(
        methods=_STRICT_METHODS,
        algorithms=("RS256", "PS256", "ES256"),
        access_token_algorithm="RS256",  # noqa: S106 - the name of an algorithm
        bindings=frozenset(Binding),
        machine_bindings=frozenset(Binding),
    ),
    Profile.FAPI: Rules(
        methods=_STRICT_METHODS,
        algorithms=("PS256", "ES256"),
        access_token_algorithm="PS256",  # noqa: S106 - as above
        bindings=frozenset({Binding.PROOF, Binding.CERTIFICATE}),
        # Proofs (DPoP) are not taken at the doors for machines, and FAPI 2.0 knows no bearer token.
        machine_bindings=frozenset({Binding.CERTIFICATE}),
        assertions_for_token_endpoint=False,
        must_push=True,
        must_state=False,
        rotates_refresh_tokens=False,
    ),
    Profile.COMPAT: Rules(
        methods=frozenset({Authentication.SECRET}),
        algorithms=("RS256",),
        access_token_algorithm="RS256",  # noqa: S106 - as above
        bindings=frozenset({Binding.NONE}),
        must_challenge=False,
        must_state=False,
        takes_request_objects=False,
        takes_claims_parameter=False,
        services_by_scope=False,
        flat_claims=True,
    ),
}
