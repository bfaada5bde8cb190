"""Why something about a staff account was refused."""

from enum import StrEnum


class StaffReason(StrEnum):
    """The reasons. docs/refusals.md explains them."""

    INVITATION_NOT_VALID = "invitation-not-valid"
    OTHER_ROLE = "other-role"
    UNKNOWN_STAFF = "unknown-staff"


class StaffRefused(Exception):
    """An action was refused and nothing was written."""

    def __init__(self, reason: StaffReason) -> None:
        super().__init__(reason)
        self.reason = reason
