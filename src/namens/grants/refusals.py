"""Why the OpenID door said no. What a portal hears of it is less: the door translates."""

from dataclasses import dataclass
from enum import StrEnum


class GrantReason(StrEnum):
    """The reasons; docs/openid.md says what a portal sees of each."""

    CLIENT_UNKNOWN = "client-unknown"
    WRONG_METHOD = "wrong-method"
    WRONG_SECRET = "wrong-secret"  # noqa: S105 - a reason, not a secret
    WRONG_ASSERTION = "wrong-assertion"
    WRONG_CERTIFICATE = "wrong-certificate"
    ASSERTION_REPLAYED = "assertion-replayed"
    CODE_NOT_ACCEPTED = "code-not-accepted"
    CODE_REPLAYED = "code-replayed"
    REFRESH_NOT_ACCEPTED = "refresh-not-accepted"
    REFRESH_REPLAYED = "refresh-replayed"
    REFRESH_OF_ANOTHER = "refresh-of-another"
    ACCESS_GONE = "access-gone"
    LEVEL_TOO_LOW = "level-too-low"
    OTHER_PERSON = "other-person"
    NOT_ALLOWED = "not-allowed"
    REQUEST_SPENT = "request-spent"
    TOKEN_NOT_ACCEPTED = "token-not-accepted"  # noqa: S105 - a reason, not a secret

    WRONG_PROOF = "wrong-proof"
    PROOF_NEEDED = "proof-needed"
    PROOF_REPLAYED = "proof-replayed"
    NONCE_NEEDED = "nonce-needed"
    CERTIFICATE_NEEDED = "certificate-needed"
    WRONG_BINDING = "wrong-binding"


class Fault(StrEnum):
    """What exactly is wrong with a client assertion. The portal team hears it from an operator, nobody at the door."""

    KIND = "kind"
    SIGNATURE = "signature"
    AUDIENCE = "audience"
    NAMES = "names"
    MOMENTS = "moments"
    NOT_IN_TIME = "not-in-time"
    TOO_LONG = "too-long"
    NUMBER = "number"


class ClientRefused(Exception):
    """A portal could not prove who it is. Nothing was written."""

    def __init__(self, reason: GrantReason, *, fault: Fault | None = None) -> None:
        super().__init__(reason)
        self.reason, self.fault = reason, fault


_HEARD = {
    GrantReason.NONCE_NEEDED: "use_dpop_nonce",
    GrantReason.CERTIFICATE_NEEDED: "invalid_request",
    GrantReason.WRONG_BINDING: "invalid_token",
}


class ProofRefused(Exception):
    """A request did not show the key or the certificate that it has to. Nothing was written.

    `code` is what a portal hears (RFC 9449 5 and 7.1, RFC 8705 3).
    """

    def __init__(self, reason: GrantReason) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = _HEARD.get(reason, "invalid_dpop_proof")


class ScopeRefused(Exception):
    """A portal asked another scope than the login has. Nothing was written."""


class NotRevocable(Exception):
    """A token of a portal's own machine stands nowhere: it ends by itself, within five minutes."""


@dataclass(frozen=True)
class GrantRefusal:
    """A no whose trace (a used code, an ended family, a journal entry) is kept."""

    reason: GrantReason
