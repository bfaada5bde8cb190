"""Which events a client reads in *Wat is er voor u gedaan*.

The words of each are with the page, and a test wants words for exactly these.
"""

from namens.journal.events import Event

SHOWN = frozenset(
    {
        # What Namens itself sent.
        Event.LETTER_POSTED,
        Event.LETTER_RETURNED,
        Event.MANDATE_REMINDED,
        # What somebody did.
        Event.HELPER_NUMBER_LOOKED_UP,
        Event.MANDATE_OFFERED,
        Event.MANDATE_REQUESTED,
        Event.REQUEST_COMPARED,
        Event.REQUEST_OPENED,
        Event.REQUEST_WITHDRAWN,
        Event.REQUEST_LAPSED,
        Event.MANDATE_APPROVED,
        Event.MANDATE_DECLINED,
        Event.MANDATE_REPORTED,
        Event.MANDATE_SUSPENDED,
        Event.MANDATE_RESTORED,
        Event.RESTORE_PROPOSED,
        Event.RESTORE_REFUSED,
        Event.LETTER_ASKED,
        Event.LETTER_PREFERENCES_CHANGED,
        Event.EMAIL_ADDRESS_CONFIRMED,
        Event.EMAIL_ADDRESS_REMOVED,
        Event.MANDATE_ACTIVATED,
        Event.SECOND_YES_GIVEN,
        Event.SECOND_YES_REFUSED,
        Event.MANDATE_STOPPED,
        Event.MANDATE_SHORTENED,
        Event.MANDATE_REPLACED,
        Event.MANDATE_BLOCKED,
        Event.SERVICE_STOPPED,
        Event.CODE_TRIED,
        Event.MANDATE_USED,
        Event.USE_REFUSED,
        Event.ACT_REPORTED,
        Event.ACT_REFUSED,
        Event.LINE_DISPUTED,
        Event.DISPUTE_ANSWERED,
        Event.MESSAGE_PREFERENCES_CHANGED,
        Event.DONE_EXPORTED,
        Event.MEMBER_LEFT_OUT,
        Event.MEMBER_LET_IN,
        Event.CALLER_LOOKED_UP,
        Event.CLIENT_OPENED,
        Event.CLIENT_TAKEN_OVER,
        Event.RENEWAL_ASKED,
    }
)
"""All that the overview shows."""
