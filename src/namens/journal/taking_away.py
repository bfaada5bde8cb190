"""Which events may take access away from somebody who had it. Their transactions wait for every replica.

An event that stands in neither list counts as one that does; a test wants each in exactly one. In doubt it takes away:
that costs a millisecond, and only where replicas are listed.
"""

from namens.journal.events import Event

TAKES_ACCESS_AWAY = frozenset(
    {
        # Of a client.
        Event.MANDATE_DECLINED,
        Event.MANDATE_REPORTED,
        Event.MANDATE_SUSPENDED,
        Event.MANDATE_STOPPED,
        Event.MANDATE_SHORTENED,
        Event.MANDATE_REPLACED,
        Event.MANDATE_BLOCKED,
        Event.SERVICE_STOPPED,
        Event.MEMBER_LEFT_OUT,
        Event.SECOND_YES_REFUSED,
        Event.RESTORE_REFUSED,
        # An appointment that ends stops what was asked for it only.
        Event.APPOINTMENT_CANCELLED,
        Event.APPOINTMENT_CLOSED,
        Event.APPOINTMENT_TAKEN_OVER,
        # The first team that looks after a client shuts out the others.
        Event.MANDATE_APPROVED,
        Event.MANDATE_ACTIVATED,
        # Of an organisation. Whoever joins again is left out again by the clients who did so before.
        Event.ORGANISATION_LEAVES,
        Event.MERGER_AGREED,
        Event.ACCESS_BLOCKED,
        Event.LICENCE_CHANGED,
        Event.LICENCE_PAUSED,
        Event.LICENCE_RENEWED,
        Event.LICENCE_ENDED,
        Event.MEMBER_JOINED,
        Event.MEMBER_CHANGED,
        Event.MEMBER_ENDED,
        Event.TEAM_CLOSED,
        Event.CLIENT_TAKEN_OVER,
        # Of a portal, and of everybody at once.
        Event.TOKENS_ENDED,
        Event.CATALOGUE_APPROVED,
        Event.PORTAL_CHANGE_APPROVED,
        Event.PORTAL_WITHDRAWN,
        Event.KEY_ROTATED,
        Event.KEY_WITHDRAWN,
        Event.STAFF_ENDED,
    }
)

TAKES_NOTHING_AWAY = frozenset(
    {
        # Logins: sessions are only ever read from the primary server.
        Event.SIGNED_IN,
        Event.SIGN_IN_REFUSED,
        Event.SIGNED_OUT,
        Event.VISIT_BEGAN,
        Event.VISIT_ENDED,
        Event.STAFF_INVITED,
        Event.STAFF_JOINED,
        Event.STAFF_FACTOR_ADDED,
        Event.STAFF_SIGNED_IN,
        Event.STAFF_SIGN_IN_REFUSED,
        Event.STAFF_SIGNED_OUT,
        # Looking and asking.
        Event.PERSON_REGISTERED,
        Event.REGISTER_CONSULTED,
        Event.HELPER_NUMBER_RESET,
        Event.HELPER_NUMBER_LOOKED_UP,
        Event.ORGANISATIONS_SEARCHED,
        Event.CALLER_LOOKED_UP,
        Event.MANDATE_REMINDED,
        Event.RENEWAL_ASKED,
        # What was only asked opened nothing yet.
        Event.MANDATE_REQUESTED,
        Event.REQUEST_COMPARED,
        Event.REQUEST_OPENED,
        Event.REQUEST_WITHDRAWN,
        Event.REQUEST_LAPSED,
        Event.HAND_OFF_TRIED,
        # Giving. What gives way to a newer mandate has an entry of its own.
        Event.MANDATE_OFFERED,
        Event.MANDATE_RESTORED,
        Event.RESTORE_PROPOSED,
        Event.SECOND_YES_GIVEN,
        Event.MEMBER_LET_IN,
        # Codes are redeemed at the primary server only.
        Event.CODE_ISSUED,
        Event.CODE_SHOWN,
        Event.CODE_TRIED,
        # Post.
        Event.LETTER_ASKED,
        Event.LETTER_MADE,
        Event.LETTER_POSTED,
        Event.LETTER_NOT_SENT,
        Event.LETTER_RETURNED,
        Event.LETTER_PREFERENCES_CHANGED,
        Event.EMAIL_ADDRESS_ASKED,
        Event.EMAIL_CODE_TRIED,
        Event.EMAIL_ADDRESS_CONFIRMED,
        Event.EMAIL_ADDRESS_REMOVED,
        Event.EMAIL_SENT,
        Event.EMAIL_NOT_SENT,
        # Portals.
        Event.MANDATE_USED,
        Event.USE_REFUSED,
        Event.PORTAL_SIGNED_IN,
        Event.DECISION_ASKED,
        Event.ACT_REPORTED,
        Event.ACT_REFUSED,
        Event.MANDATES_LISTED,
        Event.WEBHOOK_SECRET_MADE,
        Event.EVENT_GIVEN_UP,
        # Reading what was done, and saying that a line is not right. What stops a mandate has an entry of its own.
        Event.LINE_DISPUTED,
        Event.DISPUTE_ANSWERED,
        Event.MESSAGE_PREFERENCES_CHANGED,
        Event.SUMMARY_SENT,
        Event.DONE_EXPORTED,
        Event.CATALOGUE_PROPOSED,
        Event.PORTAL_PROPOSED,
        Event.PORTAL_APPROVED,
        Event.PORTAL_REFUSED,
        Event.PORTAL_CHANGE_PROPOSED,
        Event.PORTAL_CHANGE_REFUSED,
        Event.KEY_MADE,
        # Organisations.
        Event.ORGANISATION_PROPOSED,
        Event.ORGANISATION_ADMITTED,
        Event.ORGANISATION_REFUSED,
        Event.ORGANISATION_RENAMED,
        Event.MERGER_PROPOSED,
        Event.MERGER_REFUSED,
        Event.MEMBER_INVITED,
        Event.UNBLOCK_PROPOSED,
        Event.UNBLOCK_REFUSED,
        Event.ACCESS_UNBLOCKED,
        Event.LICENCE_GIVEN,
        Event.LICENCE_RESUMED,
        # Its lines say for themselves what they change.
        Event.SHEET_AGREED,
        Event.TEAM_MADE,
        Event.TEAM_RENAMED,
        Event.CLIENT_OPENED,
        Event.APPOINTMENT_MADE,
        Event.APPOINTMENT_MOVED,
        Event.APPOINTMENT_OPENED,
    }
)


def takes_access_away(event: str) -> bool:
    """Say whether this event may take access away. What is not known here does."""
    return event not in TAKES_NOTHING_AWAY
