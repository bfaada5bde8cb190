"""Refusals about lines of which somebody says that they are not right: to who says so, and to agents."""

from enum import StrEnum

from django.utils.translation import gettext_noop

from namens.helpdesk.refusals import CallerRefusal, DisputeRefusal

DISPUTES: dict[StrEnum, str] = {
    DisputeRefusal.NOT_YOUR_LINE: gettext_noop("We do not find this line among yours. Look at what was done for you."),
    DisputeRefusal.ALREADY_DISPUTED: gettext_noop(
        "You told us about this line already. Do you want to say something else? Call the helpdesk."
    ),
    DisputeRefusal.TOO_MANY: gettext_noop(
        "You told us about many lines today. Call the helpdesk, then we look at all of them with you."
    ),
    DisputeRefusal.TOO_MANY_OPEN: gettext_noop(
        "You wait for five answers already. Call the helpdesk, then we look at this one with you."
    ),
    DisputeRefusal.CLOSED: gettext_noop("This was answered or taken back already. The page says how it stands now."),
}
LINES_TO_AGENTS: dict[StrEnum, str] = {
    CallerRefusal.OWN_LINE: gettext_noop("You had a hand in what this line is about. A colleague has to answer it."),
    CallerRefusal.LINE_CLOSED: gettext_noop(
        "Nothing waits here any more: it was answered, or the client took it back."
    ),
    CallerRefusal.ANSWER_DOES_NOT_FIT: gettext_noop(
        "This answer does not fit how it stands now. Choose another answer."
    ),
}
