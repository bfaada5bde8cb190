"""What a journal entry about a mandate says, in plain words: by what happened and by who did it, as the reader sees it.

The page of one mandate and *Wat is er voor u gedaan* both read from here.
"""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry

YOU, OTHER, NOBODY = "you", "other", "nobody"
DESK, DESK_FOR_OTHER, DESK_COLLEAGUE = "desk", "desk-for-other", "desk-colleague"

SENTENCES: dict[tuple[str, str], str] = {
    (Event.MANDATE_OFFERED, YOU): gettext_noop("You gave this mandate."),
    (Event.MANDATE_OFFERED, OTHER): gettext_noop("%(name)s gave this mandate."),
    (Event.REQUEST_COMPARED, YOU): gettext_noop("You asked for this mandate."),
    (Event.REQUEST_COMPARED, OTHER): gettext_noop("%(name)s asked for this mandate."),
    (Event.RENEWAL_ASKED, OTHER): gettext_noop("%(name)s asked to go on with this."),
    (Event.REQUEST_OPENED, YOU): gettext_noop("You opened this request at the table."),
    (Event.REQUEST_OPENED, OTHER): gettext_noop("%(name)s opened this request at the table."),
    (Event.REQUEST_WITHDRAWN, NOBODY): gettext_noop("%(name)s took the request back."),
    (Event.REQUEST_LAPSED, NOBODY): gettext_noop("Nobody agreed in time. The request ended."),
    (Event.MANDATE_APPROVED, YOU): gettext_noop("You said yes."),
    (Event.MANDATE_APPROVED, OTHER): gettext_noop("%(name)s said yes."),
    (Event.SECOND_YES_GIVEN, YOU): gettext_noop("You said yes a second time. Now your helper may do more."),
    (Event.SECOND_YES_REFUSED, YOU): gettext_noop("You said no to more. The mandate stayed as it was."),
    (Event.MANDATE_DECLINED, YOU): gettext_noop("You said no."),
    (Event.MANDATE_REPORTED, YOU): gettext_noop("You reported that something is not right."),
    (Event.MANDATE_REPORTED, OTHER): gettext_noop("%(name)s reported that the name is spelt wrong."),
    (Event.MANDATE_SUSPENDED, YOU): gettext_noop("The mandate was paused at once."),
    (Event.MANDATE_RESTORED, YOU): gettext_noop("You switched the mandate on again."),
    (Event.CODE_ISSUED, YOU): gettext_noop("You got a code."),
    (Event.CODE_SHOWN, YOU): gettext_noop("You looked at the code."),
    (Event.CODE_TRIED, OTHER): gettext_noop("Somebody typed the code, but not all details were right."),
    (Event.MANDATE_ACTIVATED, YOU): gettext_noop("You activated the mandate."),
    (Event.MANDATE_ACTIVATED, OTHER): gettext_noop("%(name)s activated the mandate."),
    (Event.MANDATE_USED, YOU): gettext_noop("You logged in at %(portal)s with this mandate."),
    (Event.MANDATE_USED, OTHER): gettext_noop("%(name)s logged in at %(portal)s for you."),
    (Event.MANDATE_SHORTENED, YOU): gettext_noop("You brought the end forward."),
    (Event.SERVICE_STOPPED, YOU): gettext_noop("You stopped one service."),
    (Event.MANDATE_STOPPED, YOU): gettext_noop("You stopped this mandate."),
    (Event.MANDATE_STOPPED, OTHER): gettext_noop("%(name)s stopped this mandate."),
    (Event.MANDATE_REMINDED, NOBODY): gettext_noop("Namens wrote to you and to %(name)s that this ends soon."),
    (Event.MANDATE_REPLACED, YOU): gettext_noop("A newer mandate took its place."),
    (Event.MANDATE_REPLACED, OTHER): gettext_noop("A newer mandate took its place."),
    (Event.SERVICE_STOPPED, DESK): gettext_noop("You called, and the helpdesk stopped one service."),
    (Event.MANDATE_SHORTENED, DESK): gettext_noop("You called, and the helpdesk brought the end forward."),
    (Event.MANDATE_STOPPED, DESK): gettext_noop("You called, and the helpdesk stopped this mandate."),
    (Event.MANDATE_STOPPED, DESK_FOR_OTHER): gettext_noop("%(name)s called, and the helpdesk stopped this mandate."),
    (Event.CALLER_LOOKED_UP, DESK_FOR_OTHER): gettext_noop("%(name)s called, and the helpdesk looked this mandate up."),
    (Event.MANDATE_OFFERED, DESK): gettext_noop("You called, and the helpdesk sent you a letter with a code."),
    (Event.LETTER_ASKED, DESK): gettext_noop("You called, and the helpdesk sent you a new letter."),
    (Event.MANDATE_REPORTED, DESK): gettext_noop("You called, and said that something is wrong."),
    (Event.MANDATE_SUSPENDED, DESK): gettext_noop("You called, and the helpdesk paused this mandate."),
    (Event.MANDATE_DECLINED, DESK): gettext_noop("You called, and the helpdesk said no for you."),
    (Event.RESTORE_PROPOSED, DESK): gettext_noop("You called, and an agent asked a colleague to let this go on."),
    (Event.RESTORE_REFUSED, DESK): gettext_noop("A second agent did not agree. This mandate stays paused."),
    (Event.MANDATE_RESTORED, DESK): gettext_noop("A second agent agreed: this mandate goes on."),
    (Event.CALLER_LOOKED_UP, DESK_COLLEAGUE): gettext_noop("A second agent looked at what you reported."),
    (Event.MANDATE_REQUESTED, OTHER): gettext_noop("%(name)s asked for this mandate."),
    (Event.MANDATE_SHORTENED, NOBODY): gettext_noop("%(name)s stops with this work. The end was brought forward."),
    (Event.MANDATE_STOPPED, NOBODY): gettext_noop("%(name)s stops with this work. The mandate was stopped."),
    (Event.MEMBER_LEFT_OUT, YOU): gettext_noop("You decided that %(name)s may not help you any more."),
    (Event.MEMBER_LET_IN, YOU): gettext_noop("You decided that %(name)s may help you again."),
    (Event.MANDATE_BLOCKED, NOBODY): gettext_noop("The mandate ended because the law does not allow it any more."),
}
_PARTLY_REPLACED = gettext_noop("A newer mandate took the place of a part of this one.")
_PARTLY = frozenset({Event.SERVICE_STOPPED, Event.MANDATE_SHORTENED})


def said(entry: JournalEntry, *, viewer: UUID) -> str | None:
    """Give the sentence for who reads it, with `%(name)s` and `%(portal)s` to be filled in; None without a sentence."""
    sentence = SENTENCES.get((entry.event, who_did(entry, viewer=viewer)))
    return _(sentence) if sentence else None


def said_to_client(entry: JournalEntry, *, client: UUID) -> str | None:
    """Give the sentence for the client whom it is about."""
    if entry.event in _PARTLY and "by" in entry.details:
        return _(_PARTLY_REPLACED)
    return said(entry, viewer=client)


def who_did(entry: JournalEntry, *, viewer: UUID) -> str:
    """Say who did it, as one of the words above."""
    if entry.actor is None:
        return NOBODY
    if entry.channel == Channel.HELPDESK:
        if entry.details.get("caller") == "colleague":
            return DESK_COLLEAGUE
        by_other = entry.details.get("asked_by") == "representative" or entry.details.get("caller") == "helper"
        return DESK_FOR_OTHER if by_other else DESK
    return YOU if entry.actor == viewer else OTHER
