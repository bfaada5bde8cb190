"""Everything that can stand in the journal. docs/journal.md says for each what it means."""

from enum import StrEnum


class Event(StrEnum):
    """What happened."""

    SIGNED_IN = "signed-in"
    SIGN_IN_REFUSED = "sign-in-refused"
    SIGNED_OUT = "signed-out"
    PERSON_REGISTERED = "person-registered"
    REGISTER_CONSULTED = "register-consulted"
    HELPER_NUMBER_RESET = "helper-number-reset"
    HELPER_NUMBER_LOOKED_UP = "helper-number-looked-up"
    MANDATE_OFFERED = "mandate-offered"
    MANDATE_ACTIVATED = "mandate-activated"
    MANDATE_STOPPED = "mandate-stopped"
    MANDATE_SHORTENED = "mandate-shortened"
    MANDATE_REPLACED = "mandate-replaced"
    MANDATE_BLOCKED = "mandate-blocked"
    SERVICE_STOPPED = "service-stopped"
    CODE_ISSUED = "code-issued"
    CODE_SHOWN = "code-shown"
    CODE_TRIED = "code-tried"
    MANDATE_USED = "mandate-used"
    USE_REFUSED = "use-refused"
    TOKENS_ENDED = "tokens-ended"
    PORTAL_SIGNED_IN = "portal-signed-in"
    CATALOGUE_PROPOSED = "catalogue-proposed"
    CATALOGUE_APPROVED = "catalogue-approved"
    PORTAL_PROPOSED = "portal-proposed"
    PORTAL_APPROVED = "portal-approved"
    CALLER_LOOKED_UP = "caller-looked-up"
    STAFF_INVITED = "staff-invited"
    STAFF_JOINED = "staff-joined"
    STAFF_FACTOR_ADDED = "staff-factor-added"
    STAFF_SIGNED_IN = "staff-signed-in"
    STAFF_SIGN_IN_REFUSED = "staff-sign-in-refused"
    STAFF_SIGNED_OUT = "staff-signed-out"
    STAFF_ENDED = "staff-ended"


class Channel(StrEnum):
    """Through which door it came."""

    PAGES = "pages"
    PORTAL = "portal"
    COMMAND = "command"
    WORKER = "worker"
    HELPDESK = "helpdesk"
