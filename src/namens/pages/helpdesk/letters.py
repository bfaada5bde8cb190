"""What an agent sees of the letters to a caller, in words that can be read out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.helpdesk.models import Call
from namens.helpdesk.queries import letters_to_make
from namens.lib import clock
from namens.mandates.letters import LetterKind
from namens.pages.helpdesk.obstacles import why_not_sent
from namens.pages.mandates.wording import day
from namens.post.models import Letter, Outcome
from namens.post.queries import letters_of

_KINDS: dict[str, str] = {
    LetterKind.CODE: gettext_noop("Letter with a code"),
    LetterKind.CONFIRMATION: gettext_noop("Letter that a mandate is active"),
    LetterKind.AGAIN: gettext_noop("Second letter that a mandate is active"),
    LetterKind.ENDING: gettext_noop("Letter that a mandate stopped"),
    LetterKind.OVERVIEW: gettext_noop("Overview of all mandates"),
    LetterKind.REMINDER: gettext_noop("Reminder that a mandate ends soon"),
}
_OTHER = gettext_noop("Letter")


@dataclass(frozen=True)
class LetterRow:
    """One letter: what it was, when it was asked for, and how it stands."""

    what: str
    day: date
    standing: str


def letters_to(call: Call, *, now: datetime) -> list[LetterRow]:
    """Give the letters to this caller, newest first: those that still have to be made, then the others."""
    waiting = [
        LetterRow(_kind(row.payload["letter"]), clock.day_of(row.put_at), _underway(row.payload["by"]))
        for row in letters_to_make(call, now=now)
    ]
    made = [LetterRow(_kind(one.kind), clock.day_of(one.asked_at), _standing(one)) for one in letters_of(call.party_id)]
    return [*waiting, *made]


def _kind(kind: str) -> str:
    return _(_KINDS.get(kind, _OTHER))


def _underway(by: str) -> str:
    return _("It is being made. It is there on %(day)s at the latest.") % {"day": day(date.fromisoformat(by))}


def _standing(letter: Letter) -> str:
    return _STANDINGS[Outcome(letter.outcome)](letter)


def _posted(letter: Letter) -> str:
    days = {"posted": _day_of(letter.posted_at), "day": day(letter.due_by)}
    return _("Posted on %(posted)s. It is there on %(day)s at the latest.") % days


def _returned(letter: Letter) -> str:
    days = {"posted": _day_of(letter.posted_at), "day": _day_of(letter.returned_at)}
    return _("Posted on %(posted)s. It came back on %(day)s. A code in it is worth nothing any more.") % days


def _nowhere(letter: Letter) -> str:
    return _("It could not be sent. %(why)s") % {"why": why_not_sent(letter.obstacle)}


def _day_of(moment: datetime | None) -> str:
    return day(clock.day_of(moment)) if moment else "?"


_STANDINGS: dict[Outcome, Callable[[Letter], str]] = {
    Outcome.MADE: lambda letter: _underway(letter.due_by.isoformat()),
    Outcome.POSTED: _posted,
    Outcome.RETURNED: _returned,
    Outcome.NOT_WANTED: lambda _letter: _("It was not sent: it was not needed any more."),
    Outcome.NOWHERE_TO_SEND: _nowhere,
    Outcome.REFUSED: lambda _letter: _("It could not be printed. Send it once more, and tell your operator."),
}
