"""What the helpdesk did for the visitor, or looked up about them: also when somebody else had called."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.mandates import queries
from namens.pages import sentences_of_mandates
from namens.pages.mandates.history import Happening
from namens.pages.sentences_of_mandates import DESK_COLLEAGUE
from namens.signin.session import present, signed_in

DONE = "done"
_FOUND = gettext_noop("An agent looked you up. The BSN, date of birth and postcode of the caller were yours.")
_MISSED = gettext_noop("Somebody called with your BSN. Other details were wrong, so the agent saw nothing.")
_OF_LINE = gettext_noop("An agent looked at a line that you say is not right.")
_OF_HELPER = gettext_noop("A helper called. The agent looked up a mandate that you gave.")
SENTENCES: dict[str, str] = {
    Event.LETTER_ASKED: gettext_noop("The helpdesk let a letter be sent to you."),
    Event.LETTER_PREFERENCES_CHANGED: gettext_noop("The helpdesk changed how your letters look."),
    Event.MANDATE_OFFERED: gettext_noop("The helpdesk sent a letter with a code for a mandate."),
    Event.MANDATE_STOPPED: gettext_noop("The helpdesk stopped a mandate."),
    Event.MANDATE_SHORTENED: gettext_noop("The helpdesk let a mandate end earlier."),
    Event.SERVICE_STOPPED: gettext_noop("The helpdesk stopped one service of a mandate."),
    Event.MANDATE_DECLINED: gettext_noop("The helpdesk said no to a request for you."),
    Event.MANDATE_REPORTED: gettext_noop("The helpdesk wrote down that something is not right."),
    Event.MANDATE_RESTORED: gettext_noop("The helpdesk let a mandate go on."),
    Event.DISPUTE_ANSWERED: gettext_noop("The helpdesk answered what you said about a line in this overview."),
}


@require_safe
@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Show the newest hundred acts and look-ups, the newest first. Two statements, however many."""
    entries = queries.journal_of_desk(present(request).party)
    history = [Happening(entry.at, sentence) for entry in entries if (sentence := sentence_of_desk(entry))]
    return render(request, "pages/mandates/desk.html", {"history": history, "section": "pages:mandates"})


def sentence_of_desk(entry: JournalEntry) -> str:
    """Give what the client reads of an act or a look-up by telephone, whatever mandate it is about; may be empty."""
    if entry.event == Event.CALLER_LOOKED_UP:
        caller = entry.details.get("caller")
        if caller == "line":
            return _(_OF_LINE)
        if caller == "colleague":
            return _(sentences_of_mandates.SENTENCES[entry.event, DESK_COLLEAGUE])
        if caller == "helper":
            return _(_OF_HELPER)
        return _(_FOUND if entry.result == DONE else _MISSED)
    sentence = SENTENCES.get(entry.event)
    return _(sentence) if sentence else ""
