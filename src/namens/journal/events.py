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
    MANDATE_REQUESTED = "mandate-requested"
    REQUEST_COMPARED = "request-compared"
    REQUEST_WITHDRAWN = "request-withdrawn"
    REQUEST_LAPSED = "request-lapsed"
    MANDATE_APPROVED = "mandate-approved"
    MANDATE_DECLINED = "mandate-declined"
    MANDATE_REPORTED = "mandate-reported"
    MANDATE_SUSPENDED = "mandate-suspended"
    MANDATE_RESTORED = "mandate-restored"
    RESTORE_PROPOSED = "restore-proposed"
    LETTER_ASKED = "letter-asked"
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


class Channel(StrEnum):
    """Through which door it came."""

    PAGES = "pages"
    PORTAL = "portal"
    HELPDESK = "helpdesk"
    COMMAND = "command"
    WORKER = "worker"
