"""Why an action on an organisation, its people or their licences was refused. The doors say each in plain words."""

from enum import StrEnum


class OrganisationReason(StrEnum):
    """The reasons. docs/refusals.md says for each what a person can do."""

    CHANGED_MEANWHILE = "changed-meanwhile"
    LAST_MANAGER = "last-manager"
    LICENCE_DAY_PAST = "licence-day-past"
    LICENCE_DAYS_WRONG = "licence-days-wrong"
    LICENCE_FIRST_DAY_TOO_FAR = "licence-first-day-too-far"
    LICENCE_NO_SERVICE = "licence-no-service"
    LICENCE_NOT_POSSIBLE = "licence-not-possible"
    LICENCE_OVER = "licence-over"
    LICENCE_SERVICE_NOT_OFFERED = "licence-service-not-offered"
    LICENCE_STARTED = "licence-started"
    LICENCE_TOO_LONG = "licence-too-long"
    UNKNOWN_LICENCE = "unknown-licence"
    EMAIL_TAKEN = "email-taken"
    UNKNOWN_MEMBER = "unknown-member"
    NOT_A_MANAGER = "not-a-manager"
    OWN_LICENCE = "own-licence"
    OWN_TEAM = "own-team"
    TEAM_IN_USE = "team-in-use"
    TEAM_NAME_TAKEN = "team-name-taken"
    UNKNOWN_TEAM = "unknown-team"


class OrganisationRefused(Exception):
    """An action was refused and nothing was written."""

    def __init__(self, reason: OrganisationReason) -> None:
        super().__init__(reason)
        self.reason = reason
