"""Why an action on an organisation, its people or their licences was refused. The doors say each in plain words."""

from enum import StrEnum


class OrganisationReason(StrEnum):
    """The reasons. docs/refusals.md explains them; the doors say them in plain words."""

    ALREADY_BLOCKED = "already-blocked"
    ALREADY_MEMBER = "already-member"
    ALREADY_PROPOSED = "already-proposed"
    BASIS_MISSING = "basis-missing"
    BLOCKED = "blocked"
    CHANGED_MEANWHILE = "changed-meanwhile"
    DAY_NOT_POSSIBLE = "day-not-possible"
    EMAIL_TAKEN = "email-taken"
    INVITATION_NOT_VALID = "member-invitation-not-valid"
    INVITATION_USED = "member-invitation-used"
    KVK_NUMBER_TAKEN = "kvk-number-taken"
    LAST_MANAGER = "last-manager"
    LICENCE_DAYS_WRONG = "licence-days-wrong"
    LICENCE_DAY_PAST = "licence-day-past"
    LICENCE_FIRST_DAY_TOO_FAR = "licence-first-day-too-far"
    LICENCE_NOT_POSSIBLE = "licence-not-possible"
    LICENCE_NO_SERVICE = "licence-no-service"
    LICENCE_OVER = "licence-over"
    LICENCE_SERVICE_NOT_OFFERED = "licence-service-not-offered"
    LICENCE_STARTED = "licence-started"
    LICENCE_TOO_LONG = "licence-too-long"
    MEMBER_ENDED = "member-ended"
    NOTHING_PROPOSED = "nothing-proposed"
    NOT_A_MANAGER = "not-a-manager"
    NOT_BLOCKED = "not-blocked"
    ORGANISATION_GONE = "organisation-gone"
    OTHER_ORGANISATION = "other-organisation"
    OWN_LICENCE = "own-licence"
    OWN_TEAM = "own-team"
    SECOND_OPERATOR = "second-operator-needed"
    SHEET_GONE = "sheet-gone"
    TEAM_IN_USE = "team-in-use"
    TEAM_NAME_TAKEN = "team-name-taken"
    TOO_MANY_PROPOSALS = "too-many-proposals"
    UNKNOWN_LICENCE = "unknown-licence"
    UNKNOWN_MEMBER = "unknown-member"
    UNKNOWN_ORGANISATION = "unknown-organisation"
    UNKNOWN_TEAM = "unknown-team"


class OrganisationRefused(Exception):
    """An action was refused and nothing was written."""

    def __init__(self, reason: OrganisationReason) -> None:
        super().__init__(reason)
        self.reason = reason
