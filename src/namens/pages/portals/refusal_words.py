"""What a portal team can do about each refusal at the door."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.exchange.refusals import Flood
from namens.grants.models import ToldRefusal
from namens.grants.refusals import Fault, GrantReason

ADVICE: Mapping[str, str] = {
    GrantReason.CLIENT_UNKNOWN: gettext_noop(
        "The request proves nothing: an assertion, a secret or a certificate is missing."
    ),
    GrantReason.WRONG_METHOD: gettext_noop("The portal proves itself in another way than it is registered with."),
    GrantReason.WRONG_SECRET: gettext_noop(
        "This is not the shared secret. Compare it, or propose a change with a new one."
    ),
    GrantReason.ASSERTION_REPLAYED: gettext_noop(
        "This assertion was used before. The portal makes a new one, with a new jti, each time."
    ),
    Fault.KIND: gettext_noop(
        "client_assertion_type must be as RFC 7523 writes it (it ends in jwt-bearer), and typ of the assertion JWT."
    ),
    "no-encryption-key": gettext_noop(
        "Nothing can be encrypted: no key of this portal fits. Ask for one with use: enc."
    ),
    Fault.SIGNATURE: gettext_noop(
        "No registered key made this signature. Compare kid, algorithm and thumbprint with the keys of this portal."
    ),
    Fault.AUDIENCE: gettext_noop(
        "aud of the assertion must be our issuer; but for FAPI it may be the token endpoint too."
    ),
    Fault.NAMES: gettext_noop("iss and sub of the assertion must both be the client id."),
    Fault.MOMENTS: gettext_noop("The assertion needs iat and exp, as numbers of seconds."),
    Fault.NOT_IN_TIME: gettext_noop("The assertion is too old, or from the future. Look at the clock of the portal."),
    Fault.TOO_LONG: gettext_noop("The assertion lives longer than an hour. Five minutes is enough."),
    Fault.NUMBER: gettext_noop("jti of the assertion must have 16 to 256 plain symbols."),
    GrantReason.CODE_NOT_ACCEPTED: gettext_noop(
        "The code is unknown or older than a minute, or redirect_uri or code_verifier are not those of the question."
    ),
    GrantReason.CODE_REPLAYED: gettext_noop(
        "This code was used before. Its login has ended. Look for a request that is sent twice."
    ),
    GrantReason.REFRESH_NOT_ACCEPTED: gettext_noop(
        "The refresh token is unknown or too old, or comes with another key."
    ),
    GrantReason.REFRESH_REPLAYED: gettext_noop(
        "This refresh token was used before. Its login has ended. The portal keeps the newest one."
    ),
    GrantReason.REFRESH_OF_ANOTHER: gettext_noop("This refresh token belongs to another portal."),
    GrantReason.ACCESS_GONE: gettext_noop(
        "Nothing holds up this login any more: a mandate, a licence or a service stopped."
    ),
    GrantReason.WRONG_PROOF: gettext_noop("The DPoP proof is not in order. Look at htm, htu, iat, jti and ath."),
    GrantReason.PROOF_NEEDED: gettext_noop("A DPoP proof is missing. This portal binds its tokens to a key."),
    GrantReason.PROOF_REPLAYED: gettext_noop("This DPoP proof was used before. The portal makes a new one each time."),
    GrantReason.CERTIFICATE_NEEDED: gettext_noop("The client certificate is missing, or is not the registered one."),
    GrantReason.WRONG_CERTIFICATE: gettext_noop(
        "This is not the registered certificate. Compare its subject, or its key."
    ),
    GrantReason.WRONG_BINDING: gettext_noop("The token is bound to another key or certificate."),
    "redirect-uri-unknown": gettext_noop("redirect_uri is not registered. It must be the same, sign by sign."),
    "state-too-long": gettext_noop("state is too long: at most 2048 symbols as written in an address."),
    "response-mode-unknown": gettext_noop("response_mode must be query, or must not be there."),
    "pushed-request-unknown": gettext_noop("request_uri is unknown, or was pushed by another portal."),
    "act-not-allowed-then": gettext_noop(
        "An act was reported that nobody was allowed to do then. Compare its moment, service and ids."
    ),
    Flood.ACTS: gettext_noop("Too many acts came in one minute. The portal sends them in batches, and waits."),
    Flood.REFUSED: gettext_noop(
        "Too many acts were refused in one hour. Find out first why nobody was allowed to do them."
    ),
}


def advice_on(told: ToldRefusal) -> str:
    """Give what was wrong and what helps; what the portal heard already says it where nothing is more precise."""
    known = ADVICE.get(told.reason)
    return _(known) if known else _("The portal heard in words what is wrong.")
