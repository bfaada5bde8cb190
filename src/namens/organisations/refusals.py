"""Why something about organisations, their members and their licences was refused."""

from enum import StrEnum


class OrganisationReason(StrEnum):
    """The reasons. docs/refusals.md explains them; the doors say them in plain words."""

    ALREADY_BLOCKED = "already-blocked"
    ALREADY_MEMBER = "already-member"
    ALREADY_PROPOSED = "already-proposed"
    BASIS_MISSING = "basis-missing"
    BLOCKED = "blocked"
    DAY_NOT_POSSIBLE = "day-not-possible"
    EMAIL_TAKEN = "email-taken"
    INVITATION_NOT_VALID = "member-invitation-not-valid"
    INVITATION_USED = "member-invitation-used"
    KVK_NUMBER_TAKEN = "kvk-number-taken"
    LAST_MANAGER = "last-manager"
    MEMBER_ENDED = "member-ended"
    NOT_A_MANAGER = "not-a-manager"
    NOT_BLOCKED = "not-blocked"
    NOTHING_PROPOSED = "nothing-proposed"
    ORGANISATION_GONE = "organisation-gone"
    OTHER_ORGANISATION = "other-organisation"
    SECOND_OPERATOR = "second-operator-needed"
    TOO_MANY_PROPOSALS = "too-many-proposals"
    UNKNOWN_MEMBER = "unknown-member"
    UNKNOWN_ORGANISATION = "unknown-organisation"


class OrganisationRefused(Exception):
    """An action was refused and nothing was written."""

    def __init__(self, reason: OrganisationReason) -> None:
        super().__init__(reason)
        self.reason = reason
