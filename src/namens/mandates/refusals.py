"""Why an action on a mandate was refused. The doors say each in plain words."""

from enum import StrEnum


class MandateReason(StrEnum):
    """The reasons. docs/refusals.md says for each what a person can do."""

    NO_SERVICE = "no-service"
    SERVICE_NOT_OFFERED = "service-not-offered"
    ONESELF = "oneself"
    REPRESENTATIVE_UNKNOWN = "representative-unknown"
    HELPER_UNDER_AGE = "helper-under-age"
    HELPER_BLOCKED = "helper-blocked"
    ORGANISATION_NOT_HERE = "organisation-not-here"
    NO_LICENCE = "no-licence"
    OTHER_TEAM = "other-team"
    MEMBER_LEFT_OUT = "member-left-out"
    BSN_NOT_ALLOWED = "bsn-not-allowed"
    GIVER_UNDER_AGE = "giver-under-age"
    GIVER_DECEASED = "giver-deceased"
    GIVER_UNDER_GUARDIANSHIP = "giver-under-guardianship"
    GIVER_UNDER_ADMINISTRATION = "giver-under-administration"
    GIVER_ERRONEOUS = "giver-erroneous"
    REGISTER_NOT_ASKED = "register-not-asked"
    LEVEL_TOO_LOW = "level-too-low"
    DAY_PAST = "day-past"
    FIRST_DAY_TOO_FAR = "first-day-too-far"
    LAST_DAY_BEFORE_FIRST = "last-day-before-first"
    TOO_LONG = "too-long"
    ACTION_UNKNOWN = "action-unknown"
    NOT_YOURS = "not-yours"
    NOT_POSSIBLE = "not-possible"
    NOT_SHORTER = "not-shorter"
    SECOND_AGENT = "second-agent"
    SAME_BROWSER = "same-browser"
    RENEWAL_ASKED = "renewal-asked"
    RENEWAL_TOO_EARLY = "renewal-too-early"
    NOT_TODAY = "not-today"
    FIRST_IS_TODAY = "first-is-today"
    SAME_PERSON_TWICE = "same-person-twice"


class MandateRefused(Exception):
    """An action was refused and nothing was written. `services` names those that it is about, if any."""

    def __init__(self, reason: MandateReason, *, services: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason, self.services = reason, services
