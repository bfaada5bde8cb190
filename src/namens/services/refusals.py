"""Why a change of catalogue or portals was refused."""

from enum import StrEnum


class ServiceReason(StrEnum):
    """The reasons."""

    SECOND_OPERATOR = "second-operator"
    NOT_PROPOSED = "not-proposed"
    KEY_CHANGED = "key-changed"
    UNKNOWN_SERVICE = "unknown-service"
    CLIENT_ID_TAKEN = "client-id-taken"
    REDIRECT_URI_WRONG = "redirect-uri-wrong"
    CREDENTIAL_WRONG = "credential-wrong"
    SECRET_NOT_ALLOWED = "secret-not-allowed"  # noqa: S105 - a reason, no secret
    MACHINE_SCOPE_WRONG = "machine-scope-wrong"
    PLAIN_BSN_NEEDS_COMPAT = "plain-bsn-needs-compat"
    ACT_WRONG = "act-wrong"
    TERM_WRONG = "term-wrong"
    CHANGE_OPEN = "change-open"
    NOTHING_CHANGED = "nothing-changed"
    NEVER_CHANGES = "never-changes"
    UNKNOWN_PORTAL = "unknown-portal"


class ServiceRefused(Exception):
    """A change was refused and nothing was written."""

    def __init__(self, reason: ServiceReason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail
