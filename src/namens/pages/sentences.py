"""Every refusal in one plain sentence that says what to do. docs/refusals.md explains the reasons themselves."""

from enum import StrEnum
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.codes.refusals import CodeReason
from namens.helpdesk.refusals import CallerRefusal
from namens.mandates.refusals import MandateReason
from namens.pages.sentences_at_table import AT_TABLE
from namens.pages.sentences_at_work import AT_WORK, TO_MEMBERS
from namens.pages.sentences_of_appointments import APPOINTMENTS
from namens.pages.sentences_of_disputes import DISPUTES, LINES_TO_AGENTS
from namens.parties.refusals import PartyRefusal
from namens.population.answers import Reason as RegisterReason
from namens.post.refusals import EmailRefusal
from namens.services.refusals import ServiceReason

_GIVING: dict[StrEnum, str] = {
    MandateReason.NO_SERVICE: gettext_noop("Choose at least one service."),
    MandateReason.SERVICE_NOT_OFFERED: gettext_noop(
        "You cannot mandate a person for this service. Choose another one."
    ),
    MandateReason.ONESELF: gettext_noop("You cannot mandate yourself. Fill in the number of your helper."),
    MandateReason.REPRESENTATIVE_UNKNOWN: gettext_noop(
        "We do not know this helper. Ask your helper for the number again."
    ),
    MandateReason.HELPER_UNDER_AGE: gettext_noop("Your helper must be 18 or older. Ask somebody else to help you."),
    MandateReason.HELPER_BLOCKED: gettext_noop(
        "This person cannot help you through Namens. Ask somebody else to help you."
    ),
    MandateReason.ORGANISATION_NOT_HERE: gettext_noop(
        "This organisation cannot help you through Namens now. Choose somebody else, or call the organisation."
    ),
    MandateReason.GIVER_UNDER_AGE: gettext_noop(
        "You must be 18 or older to mandate somebody. Ask your parent or guardian to call the service itself."
    ),
    MandateReason.GIVER_DECEASED: gettext_noop(
        "The population register says that this person died. Is that wrong? Call the town hall first, then us."
    ),
    MandateReason.GIVER_UNDER_GUARDIANSHIP: gettext_noop(
        "You are under guardianship (curatele). Your guardian arranges your affairs. Ask your guardian for help."
    ),
    MandateReason.GIVER_UNDER_ADMINISTRATION: gettext_noop(
        "You are under administration (bewind) or guardianship (curatele). Ask the person who arranges your affairs."
    ),
    MandateReason.GIVER_ERRONEOUS: gettext_noop(
        "Something is wrong with your data in the population register. Call the town hall first, then us."
    ),
    MandateReason.REGISTER_NOT_ASKED: gettext_noop("We could not check your data. Press the button once more."),
    MandateReason.LEVEL_TOO_LOW: gettext_noop(
        "Your login is not strong enough for this service. Log in again in a stronger way, or leave this service out."
    ),
    MandateReason.DAY_PAST: gettext_noop("This day is over. Choose today or a later day."),
    MandateReason.FIRST_DAY_TOO_FAR: gettext_noop("Choose a first day that is less far away."),
    MandateReason.LAST_DAY_BEFORE_FIRST: gettext_noop("The last day is before the first day. Choose a later last day."),
    MandateReason.TOO_LONG: gettext_noop("This is longer than is allowed here. Choose an earlier last day."),
    MandateReason.NOT_TODAY: gettext_noop("This is for the day of the appointment. Say yes on that day."),
    MandateReason.FIRST_IS_TODAY: gettext_noop(
        "The first time, your yes is for today only, without extra permission. Longer is possible after our letter."
    ),
    MandateReason.SAME_PERSON_TWICE: gettext_noop(
        "Client and allowance partner are two people. Each says yes with the own login."
    ),
    MandateReason.ACTION_UNKNOWN: gettext_noop(
        "Your services have changed. Answer the question about extra permission again."
    ),
}
_RUNNING: dict[StrEnum, str] = {
    MandateReason.NOT_YOURS: gettext_noop("We do not find this mandate among yours. Look in My mandates."),
    MandateReason.NOT_POSSIBLE: gettext_noop("This is not possible any more. Look in My mandates how it stands now."),
    MandateReason.SECOND_AGENT: gettext_noop("A second agent of the helpdesk must agree. Call the helpdesk."),
    MandateReason.SAME_BROWSER: gettext_noop(
        "Log in on a device of your own, where your helper was not. Say yes there."
    ),
    MandateReason.RENEWAL_ASKED: gettext_noop("A renewal was asked already. Wait for the answer of the client."),
    MandateReason.RENEWAL_TOO_EARLY: gettext_noop("This mandate runs for longer than three months. Ask later."),
    MandateReason.NOT_SHORTER: gettext_noop("Choose a day before the present last day. Longer needs a new mandate."),
}
_WORKING: dict[StrEnum, str] = {
    MandateReason.NO_LICENCE: gettext_noop("You have no valid licence. Ask your manager."),
    MandateReason.OTHER_TEAM: gettext_noop(
        "Your licence is for the clients of another team than this one. Ask a colleague of that team."
    ),
    MandateReason.MEMBER_LEFT_OUT: gettext_noop("This client does not want to be helped by you. A colleague can help."),
    MandateReason.BSN_NOT_ALLOWED: gettext_noop(
        "Your organisation may not process citizen service numbers (BSN). So do not ask for it, and do not type it."
    ),
}
_PEOPLE: dict[StrEnum, str] = {
    PartyRefusal.UNKNOWN_HELPER_NUMBER: gettext_noop(
        "Nobody has this number. Ask your helper to read it out once more."
    ),
    PartyRefusal.TOO_MANY_HELPER_NUMBERS: gettext_noop(
        "You filled in too many wrong numbers. Wait a day, or call the helpdesk."
    ),
    PartyRefusal.TOO_MANY_SEARCHES: gettext_noop("You searched too often today. Wait a day, or call the helpdesk."),
    PartyRefusal.OWN_HELPER_NUMBER: gettext_noop("This is your own number. Fill in the number of your helper."),
    PartyRefusal.HELPER_UNDER_AGE: gettext_noop("Your helper must be 18 or older. Ask somebody else to help you."),
    PartyRefusal.HELPER_BLOCKED: gettext_noop(
        "This person cannot help you through Namens. Ask somebody else to help you."
    ),
}
_CODES: dict[StrEnum, str] = {
    CodeReason.NOT_ACCEPTED: gettext_noop("This does not work. Compare the code and the BSN, and try again."),
    CodeReason.PAUSED: gettext_noop("You tried too often. Wait a day, or call the helpdesk."),
}
_EMAIL: dict[StrEnum, str] = {
    EmailRefusal.CODE_NOT_ACCEPTED: gettext_noop(
        "This code does not work. Compare it with the newest e-mail, or let us send a new code."
    ),
    EmailRefusal.ADDRESS_TAKEN: gettext_noop(
        "Somebody else uses this address for Namens. Choose an address of your own."
    ),
    EmailRefusal.TOO_MANY_ADDRESSES: gettext_noop("You asked for a code too often. Wait a day, or call the helpdesk."),
}
_OPERATORS: dict[StrEnum, str] = {
    ServiceReason.SECOND_OPERATOR: gettext_noop("Another operator must approve this."),
    ServiceReason.NOT_PROPOSED: gettext_noop("Nothing is proposed under this name. Propose it first."),
    ServiceReason.KEY_CHANGED: gettext_noop("A service keeps its key and its id. Make a new service."),
    ServiceReason.UNKNOWN_SERVICE: gettext_noop("The catalogue does not have this service. Look at the keys."),
    ServiceReason.CLIENT_ID_TAKEN: gettext_noop("Another portal has this client id. Choose another one."),
    ServiceReason.REDIRECT_URI_WRONG: gettext_noop(
        "An address must start with https and have no fragment or wildcard."
    ),
    ServiceReason.CREDENTIAL_WRONG: gettext_noop("The key set, the secret or the algorithm does not fit the profile."),
    ServiceReason.MACHINE_SCOPE_WRONG: gettext_noop(
        "The scopes of its machine are unknown, or do not fit the profile and the binding."
    ),
    ServiceReason.SECRET_NOT_ALLOWED: gettext_noop("This profile uses keys. Leave the secret out."),
    ServiceReason.PLAIN_BSN_NEEDS_COMPAT: gettext_noop(
        "A BSN goes to this portal in an encrypted token only. Choose an encryption, or leave the legal basis out."
    ),
    ServiceReason.ACT_WRONG: gettext_noop(
        "Write each act as key=name. A key has small letters, digits and dashes, and stands here once."
    ),
    ServiceReason.TERM_WRONG: gettext_noop("Something is missing here, is too long, or holds signs that are no text."),
    ServiceReason.CHANGE_OPEN: gettext_noop("Another change of this portal waits already. Decide on that one first."),
    ServiceReason.NOTHING_CHANGED: gettext_noop("This is how it is already. Change something first."),
    ServiceReason.NEVER_CHANGES: gettext_noop("The client id and the sector of a portal stay as they are."),
    ServiceReason.UNKNOWN_PORTAL: gettext_noop("This portal cannot be used now, so there is nothing to do here."),
}
_REGISTER: dict[StrEnum, str] = dict.fromkeys(
    RegisterReason, gettext_noop("The population register does not answer now. Try again in a few minutes.")
)
# What the register says of the client is the client's own affair: a helper reads one sentence for all of it.
_CLIENT_CANNOT = gettext_noop("This mandate cannot become active now. Ask your client to call the helpdesk.")
_TO_HELPERS: dict[StrEnum, str] = {
    MandateReason.GIVER_UNDER_AGE: _CLIENT_CANNOT,
    MandateReason.GIVER_DECEASED: _CLIENT_CANNOT,
    MandateReason.GIVER_UNDER_GUARDIANSHIP: _CLIENT_CANNOT,
    MandateReason.GIVER_UNDER_ADMINISTRATION: _CLIENT_CANNOT,
    MandateReason.GIVER_ERRONEOUS: _CLIENT_CANNOT,
    MandateReason.ONESELF: gettext_noop("You cannot help yourself through a mandate. Log in as yourself."),
    MandateReason.HELPER_UNDER_AGE: gettext_noop("You must be 18 or older to help somebody. Ask an adult to do it."),
    MandateReason.HELPER_BLOCKED: gettext_noop("You cannot help anybody through Namens now. Call the helpdesk."),
    MandateReason.ORGANISATION_NOT_HERE: gettext_noop(
        "Your organisation cannot help anybody through Namens now. Ask your manager."
    ),
    MandateReason.SERVICE_NOT_OFFERED: gettext_noop("You cannot be mandated for one of these services."),
}
_HELPER_TOO_YOUNG = gettext_noop("This helper is not 18 yet. Say: somebody else has to help you.")
_HELPER_CANNOT = gettext_noop("This person cannot help anybody through Namens. Say: somebody else has to help you.")
_OWN_PROPOSAL = gettext_noop(
    "You proposed this yourself, so a colleague has to agree. Give your colleague the case number."
)
_TO_AGENTS: dict[StrEnum, str] = {
    MandateReason.NOT_YOURS: gettext_noop("This mandate is not one of this caller. Go back to the page of the caller."),
    MandateReason.NOT_POSSIBLE: gettext_noop("This is not possible any more. Look how the mandate stands now."),
    MandateReason.SERVICE_NOT_OFFERED: gettext_noop("Nobody can be mandated for this service by letter. Leave it out."),
    MandateReason.LEVEL_TOO_LOW: gettext_noop("A letter is not safe enough for this service. Leave it out."),
    MandateReason.TOO_LONG: gettext_noop("This is longer than one of these services allows. Choose a shorter time."),
    MandateReason.SECOND_AGENT: _OWN_PROPOSAL,
    MandateReason.ONESELF: gettext_noop("This is the caller’s own number. Ask for the number of the helper."),
    MandateReason.HELPER_UNDER_AGE: _HELPER_TOO_YOUNG,
    MandateReason.HELPER_BLOCKED: _HELPER_CANNOT,
    MandateReason.GIVER_UNDER_AGE: gettext_noop(
        "The caller is not 18 yet. Say: a parent or guardian can call the service itself."
    ),
    MandateReason.GIVER_UNDER_GUARDIANSHIP: gettext_noop(
        "The caller is under guardianship (curatele). Say: your guardian arranges this and can call us."
    ),
    MandateReason.GIVER_UNDER_ADMINISTRATION: gettext_noop(
        "Nothing can be sent then. Say: ask the person whom the judge appointed, who can call us too."
    ),
    MandateReason.GIVER_ERRONEOUS: gettext_noop(
        "Something is wrong with the caller’s data in the register. Say: call the town hall first, then us."
    ),
    PartyRefusal.UNKNOWN_HELPER_NUMBER: gettext_noop(
        "Nobody has this number. Ask the caller to read it out once more, one by one."
    ),
    PartyRefusal.TOO_MANY_HELPER_NUMBERS: gettext_noop(
        "You filled in too many wrong numbers. Hand the call over to a colleague."
    ),
    PartyRefusal.OWN_HELPER_NUMBER: gettext_noop("This is the caller’s own number. Ask for the number of the helper."),
    PartyRefusal.HELPER_UNDER_AGE: _HELPER_TOO_YOUNG,
    PartyRefusal.HELPER_BLOCKED: _HELPER_CANNOT,
    CallerRefusal.NO_MATCH: gettext_noop("These details do not belong together. Ask them once more, one by one."),
    CallerRefusal.PAUSED: gettext_noop(
        "You cannot look anybody up now: it went wrong too often. Hand the call over to a colleague."
    ),
    CallerRefusal.REGISTER_AWAY: gettext_noop(
        "The population register does not answer now. Ask the caller to call again later. This does not count."
    ),
    CallerRefusal.CALL_OVER: gettext_noop("This call is over. Is the caller still there? Look the caller up again."),
    CallerRefusal.LETTER_CANNOT_GO: gettext_noop("This letter cannot go to the caller’s address. The page says why."),
    CallerRefusal.CALLER_PROMPTED: gettext_noop(
        "Nothing is sent then. Say kindly: please call us again when you are alone. Then end the call."
    ),
    CallerRefusal.MOVE_NOT_REPORTED: gettext_noop(
        "The letter would go to the old home. Say: report your move to the town hall first, then call us again."
    ),
    CallerRefusal.OWN_PROPOSAL: _OWN_PROPOSAL,
    **LINES_TO_AGENTS,
}
_TO_COLLEAGUES: dict[StrEnum, str] = {
    **_TO_AGENTS,
    CallerRefusal.NO_MATCH: gettext_noop("No case that waits for you has this number. Ask your colleague once more."),
    CallerRefusal.PAUSED: gettext_noop(
        "You cannot look anything up now: it went wrong too often. Ask another colleague."
    ),
}
_AGENTS_ONLY: dict[StrEnum, str] = {reason: _TO_AGENTS[reason] for reason in CallerRefusal}
SENTENCES: dict[StrEnum, str] = {
    **_GIVING,
    **_RUNNING,
    **_WORKING,
    **_PEOPLE,
    **_CODES,
    **_EMAIL,
    **_OPERATORS,
    **_REGISTER,
    **_AGENTS_ONLY,
    **APPOINTMENTS,
    **AT_TABLE,
    **AT_WORK,
    **DISPUTES,
}
Viewer = Literal["client", "helper", "agent", "colleague", "member"]
_TO: dict[Viewer, dict[StrEnum, str]] = {
    "client": SENTENCES,
    "helper": _TO_HELPERS,
    "agent": _TO_AGENTS,
    "colleague": _TO_COLLEAGUES,
    "member": TO_MEMBERS,
}


def sentence_for(reason: StrEnum, *, viewer: Viewer = "client") -> str:
    """Give the sentence for a refusal, for who reads it, in the language of the page."""
    return _(_TO[viewer].get(reason, SENTENCES[reason]))
