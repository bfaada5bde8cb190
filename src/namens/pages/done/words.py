"""In which words clients read the events of *Wat is er voor u gedaan* (`namens.journal.shown`), and which not, and why.

A test wants every event in exactly one of `SHOWN` and `NOT_SHOWN`, and words for exactly those that are shown.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.helpdesk.disputes import WITHDRAWN
from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.pages.mandates.at_organisation import sentence_at
from namens.pages.mandates.desk import sentence_of_desk
from namens.pages.sentences_of_mandates import SENTENCES, said_to_client

AT_PORTALS: Mapping[str, str] = {
    Event.ACT_REPORTED: gettext_noop("%(name)s did this for you at %(portal)s: %(act)s."),
    Event.ACT_REFUSED: gettext_noop("%(portal)s says that %(name)s did this: %(act)s. Nobody was allowed to do that."),
    Event.USE_REFUSED: gettext_noop("%(name)s wanted to log in at %(portal)s for you. That was not allowed."),
}
POST: Mapping[str, str] = {
    Event.LETTER_POSTED: gettext_noop("This was sent to you: %(letter)s."),
    Event.LETTER_RETURNED: gettext_noop("This could not be delivered to you: %(letter)s."),
}
OWN: Mapping[str, str] = {
    Event.LETTER_PREFERENCES_CHANGED: gettext_noop("You chose how your letters look."),
    Event.MESSAGE_PREFERENCES_CHANGED: gettext_noop("You chose which e-mails you get."),
    Event.EMAIL_ADDRESS_CONFIRMED: gettext_noop("You gave an e-mail address."),
    Event.EMAIL_ADDRESS_REMOVED: gettext_noop("You took your e-mail address away."),
    Event.DONE_EXPORTED: gettext_noop("You saved this overview as a file."),
    Event.LINE_DISPUTED: gettext_noop("You said that a line in this overview is not right."),
    Event.DISPUTE_ANSWERED: gettext_noop("The helpdesk answered what you said about a line in this overview."),
    Event.HELPER_NUMBER_LOOKED_UP: gettext_noop("You called, and the helpdesk looked up a helper number for you."),
}
_TAKEN_BACK = gettext_noop("You took back what you said about a line.")
_ANYTHING = gettext_noop("Something changed with this mandate.")
_AT_WORK = frozenset({Event.CLIENT_OPENED, Event.CLIENT_TAKEN_OVER})
# These stand at the mandate itself only: they are a part of giving, and say nothing of what a helper did.
_OF_CODES = frozenset({Event.CODE_ISSUED, Event.CODE_SHOWN})

WITH_WORDS: frozenset[Event] = (
    frozenset(map(Event, [*AT_PORTALS, *POST, *OWN, *(event for event, _who in SENTENCES)])) | _AT_WORK
) - _OF_CODES

NOT_SHOWN: Mapping[str, frozenset[Event]] = {
    "the own login, or its end: nobody did that for the client": frozenset(
        {
            Event.SIGNED_IN,
            Event.SIGN_IN_REFUSED,
            Event.SIGNED_OUT,
            Event.VISIT_BEGAN,
            Event.VISIT_ENDED,
            Event.PORTAL_SIGNED_IN,
        }
    ),
    "a part of giving a mandate: it stands at the mandate itself": _OF_CODES,
    "the end of a login that stands there, by itself or after a stop that stands there too": frozenset(
        {Event.TOKENS_ENDED}
    ),
    "the duty of Namens, every day, whoever helps": frozenset({Event.PERSON_REGISTERED, Event.REGISTER_CONSULTED}),
    "a question of a machine about a login or a mandate that stands there": frozenset(
        {Event.DECISION_ASKED, Event.MANDATES_LISTED}
    ),
    "about no client, or not yet: the entry has no subject": frozenset(
        {
            Event.HAND_OFF_TRIED,
            Event.HELPER_NUMBER_RESET,
            Event.ORGANISATIONS_SEARCHED,
            Event.APPOINTMENT_MADE,
            Event.APPOINTMENT_MOVED,
            Event.APPOINTMENT_CANCELLED,
            Event.APPOINTMENT_OPENED,
            Event.APPOINTMENT_CLOSED,
            Event.APPOINTMENT_TAKEN_OVER,
        }
    ),
    "what happens on the way to something that does stand there": frozenset(
        {
            Event.LETTER_MADE,
            Event.LETTER_NOT_SENT,
            Event.EMAIL_ADDRESS_ASKED,
            Event.EMAIL_CODE_TRIED,
            Event.EMAIL_SENT,
            Event.EMAIL_NOT_SENT,
            Event.SUMMARY_SENT,
        }
    ),
    "between portals, operators and Namens": frozenset(
        {
            Event.WEBHOOK_SECRET_MADE,
            Event.EVENT_GIVEN_UP,
            Event.CATALOGUE_PROPOSED,
            Event.CATALOGUE_APPROVED,
            Event.PORTAL_PROPOSED,
            Event.PORTAL_APPROVED,
            Event.PORTAL_REFUSED,
            Event.PORTAL_CHANGE_PROPOSED,
            Event.PORTAL_CHANGE_APPROVED,
            Event.PORTAL_CHANGE_REFUSED,
            Event.PORTAL_WITHDRAWN,
            Event.KEY_MADE,
            Event.KEY_ROTATED,
            Event.KEY_WITHDRAWN,
        }
    ),
    "within an organisation, about its people": frozenset(
        {
            Event.ORGANISATION_PROPOSED,
            Event.ORGANISATION_ADMITTED,
            Event.ORGANISATION_REFUSED,
            Event.ORGANISATION_RENAMED,
            Event.ORGANISATION_LEAVES,
            Event.MERGER_PROPOSED,
            Event.MERGER_AGREED,
            Event.MERGER_REFUSED,
            Event.MEMBER_INVITED,
            Event.MEMBER_JOINED,
            Event.MEMBER_CHANGED,
            Event.MEMBER_ENDED,
            Event.ACCESS_BLOCKED,
            Event.UNBLOCK_PROPOSED,
            Event.UNBLOCK_REFUSED,
            Event.ACCESS_UNBLOCKED,
            Event.LICENCE_GIVEN,
            Event.LICENCE_CHANGED,
            Event.LICENCE_PAUSED,
            Event.LICENCE_RESUMED,
            Event.LICENCE_RENEWED,
            Event.LICENCE_ENDED,
            Event.SHEET_AGREED,
            Event.TEAM_MADE,
            Event.TEAM_RENAMED,
            Event.TEAM_CLOSED,
        }
    ),
    "within the staff of Namens": frozenset(
        {
            Event.STAFF_INVITED,
            Event.STAFF_JOINED,
            Event.STAFF_FACTOR_ADDED,
            Event.STAFF_SIGNED_IN,
            Event.STAFF_SIGN_IN_REFUSED,
            Event.STAFF_SIGNED_OUT,
            Event.STAFF_ENDED,
        }
    ),
}


def sentence_of(entry: JournalEntry) -> str:
    """Give what the client reads of an entry that is shown, with `name`, `portal`, `act` and `letter` to be filled in.

    What nobody foresaw gets a sentence too: nothing that happened is left out for want of words.
    """
    if entry.event in _AT_WORK:
        return sentence_at(entry) or _(_ANYTHING)
    if entry.event in AT_PORTALS or entry.event in POST:
        return _({**AT_PORTALS, **POST}[entry.event])
    if entry.event == Event.CALLER_LOOKED_UP and entry.mandate is None:
        return sentence_of_desk(entry)
    found = said_to_client(entry, client=entry.subject) if entry.subject else None
    return found or _on_its_own(entry) or _(_ANYTHING)


def _on_its_own(entry: JournalEntry) -> str:
    if entry.event == Event.LINE_DISPUTED and entry.result == WITHDRAWN:
        return _(_TAKEN_BACK)
    if entry.channel == Channel.HELPDESK:
        by_desk = sentence_of_desk(entry)
        if by_desk:
            return by_desk
    return _(OWN[entry.event]) if entry.event in OWN else ""
