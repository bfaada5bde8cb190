"""Why an event was not taken, in words that an operator can do something with."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_NO_CONNECTION = gettext_noop("No connection was made. Is the portal there, and does its certificate hold?")
_BROKEN_OFF = gettext_noop("The connection broke off before the portal answered.")
_SECRET_LOST = gettext_noop("Its secret cannot be opened. Look whether all keys of Namens are there.")
PROBLEMS: Mapping[str, str] = {
    "no secret to sign with": gettext_noop("There is no secret to sign with. Make one, or let the portal make one."),
    "too slow": gettext_noop("The portal did not answer within five seconds."),
    "too long": gettext_noop("The portal answered with too much text."),
    "private address": gettext_noop("The address leads to a closed network. Nothing goes there."),
    "not https": gettext_noop("The address does not begin with https. Nothing goes there."),
    "gaierror": gettext_noop("The name in the address cannot be found."),
    "ConnectError": _NO_CONNECTION,
    "ConnectTimeout": _NO_CONNECTION,
    "ReadError": _BROKEN_OFF,
    "WriteError": _BROKEN_OFF,
    "RemoteProtocolError": _BROKEN_OFF,
    "BrokenSeal": _SECRET_LOST,
    "UnknownKey": _SECRET_LOST,
}
ANSWERED = "answered "
_ANSWERS: Mapping[str, str] = {
    "401": gettext_noop("The portal did not let us in (%(status)s). Our events bring a signature, no token."),
    "403": gettext_noop("The portal did not let us in (%(status)s). Our events bring a signature, no token."),
    "404": gettext_noop("There is nothing at this address (%(status)s)."),
    "410": gettext_noop("There is nothing at this address (%(status)s)."),
    "429": gettext_noop("The portal is too busy (%(status)s)."),
    "3": gettext_noop("The portal sent us on to another address (%(status)s). We do not go there."),
    "5": gettext_noop("Something is wrong at the portal (%(status)s)."),
}


def problem_in_words(problem: str) -> str:
    """Give what is wrong; what has no words of its own stands there as it was kept."""
    if problem.startswith(ANSWERED):
        status = problem.removeprefix(ANSWERED)
        said = _ANSWERS.get(status) or _ANSWERS.get(status[:1])
        return _(said or gettext_noop("The portal did not take it (%(status)s).")) % {"status": status}
    known = PROBLEMS.get(problem)
    return _(known) if known else _("Something else is wrong: %(problem)s.") % {"problem": problem}
