"""What is wrong with a line, and what came of it, in the plain words of whose line it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.helpdesk.models import Answer, Dispute, DisputeKind
from namens.helpdesk.queries import answer_by
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.pages.mandates.wording import day
from namens.pages.widgets import Described

_KINDS: dict[DisputeKind, str | Promise] = {
    DisputeKind.NOT_DONE: gettext_lazy("This was not done"),
    DisputeKind.UNWANTED: gettext_lazy("This was done, but I did not want it"),
    DisputeKind.DID_NOT_CALL: gettext_lazy("I did not call"),
    DisputeKind.DISAGREED: gettext_lazy("I do not agree with the answer"),
    DisputeKind.WRONG: gettext_lazy("Something in this line is wrong"),
}
_BY_MYSELF = gettext_lazy("I did not do this")
_FOR_EXAMPLE = gettext_lazy("For example the day, or the name.")
ANSWERS: dict[Answer, Promise] = {
    Answer.CORRECTED: gettext_lazy("The portal has corrected it."),
    Answer.RIGHT: gettext_lazy("We looked at it. What stands there is right."),
    Answer.PASSED_ON: gettext_lazy("Our privacy officer looks into it further."),
    Answer.STOPPED: gettext_lazy("The mandate that this belongs to has stopped. Nobody can use it any more."),
}


def in_words(kind: DisputeKind, line: JournalEntry) -> str | Promise | Described:
    """Give the words for what is wrong with this line: somebody's own act is said to be not theirs."""
    if kind is DisputeKind.NOT_DONE and line.actor == line.subject:
        return _BY_MYSELF
    return Described(_KINDS[kind], _FOR_EXAMPLE) if kind is DisputeKind.WRONG else _KINDS[kind]


def answer_in_words(dispute: Dispute) -> str:
    """Give what the helpdesk answered; empty while it has not."""
    return str(ANSWERS[Answer(dispute.answer)]) if dispute.answer else ""


def said_of(dispute: Dispute) -> list[str]:
    """Give what stands at a line that somebody disputes: when that was said, and the answer or its day."""
    said = _("You said on %(day)s that this is not right.") % {"day": day(clock.day_of(dispute.opened_at))}
    waits = _("You have an answer on %(day)s at the latest.") % {"day": day(answer_by(dispute))}
    return [said, answer_in_words(dispute) or waits]
