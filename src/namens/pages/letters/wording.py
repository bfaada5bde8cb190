"""A letter in the plain words of who gets it: what it is, where it is, and what to do when it cannot come."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.lib import clock
from namens.mandates.letters import LetterKind
from namens.pages.mandates.wording import day
from namens.population.addresses import Obstacle
from namens.post.models import Letter, Outcome
from namens.post.queries import Waiting

KINDS: dict[str, str] = {
    LetterKind.CODE: gettext_noop("A letter with a code"),
    LetterKind.CONFIRMATION: gettext_noop("A letter that confirms a mandate"),
    LetterKind.AGAIN: gettext_noop("A second letter that confirms a mandate"),
    LetterKind.ENDING: gettext_noop("A letter that a mandate has stopped"),
    LetterKind.OVERVIEW: gettext_noop("A letter with all your mandates"),
    LetterKind.REMINDER: gettext_noop("A letter that a mandate ends soon"),
    LetterKind.EMAIL_CHANGED: gettext_noop("A letter about your e-mail address"),
}
_WRONG_RECORD = gettext_noop("Something in your data is not right. Ask your municipality first, then call us.")
_MOVED = gettext_noop("Your municipality does not know where you live now. Tell your municipality, then call us.")
OBSTACLES: dict[str, str] = {
    Obstacle.NO_KNOWN_ADDRESS: _MOVED,
    Obstacle.NOT_LIVING_THERE: _MOVED,
    Obstacle.ABROAD: gettext_noop("We send a code to addresses in the Netherlands only. Call us."),
    Obstacle.POSTAL_ADDRESS: gettext_noop("We send a code to a home address only. You have a postal address. Call us."),
    Obstacle.UNDER_INVESTIGATION: gettext_noop("Your municipality is checking your address. Call your municipality."),
    Obstacle.ERRONEOUS_RECORD: _WRONG_RECORD,
    "not-found": _WRONG_RECORD,
    Obstacle.GUARDIANSHIP: gettext_noop("You are under guardianship (curatele). Ask your guardian for help."),
    Obstacle.UNDER_AGE: gettext_noop("You must be 18 or older for this."),
}
_CALL_US = gettext_noop("Call us. We look for another way.")


@dataclass(frozen=True)
class LetterWording:
    """What a page says of a letter: its heading, a badge, and sentences."""

    heading: str
    state: str
    tone: str
    sentences: list[str]
    asked_at: datetime


def of_waiting(letter: Waiting, *, today: date) -> LetterWording:
    """Give the words for a letter that still has to be made."""
    sentences = [_("We still have to make this letter.")]
    if letter.begins_on > today:
        sentences = [_("We make this letter on %(day)s.") % {"day": day(letter.begins_on)}]
    return _wording(letter.kind, letter.asked_at, _("Is being made"), "neutral", [*sentences, _when(letter, today)])


def of_letter(letter: Letter, *, today: date) -> LetterWording:
    """Give the words for a letter that was made, or that could not be."""
    state, tone, sentences = _standing(letter, today)
    return _wording(letter.kind, letter.asked_at, state, tone, sentences)


def _wording(kind: str, asked_at: datetime, state: str, tone: str, sentences: list[str]) -> LetterWording:
    return LetterWording(_(KINDS[kind]), state, tone, [one for one in sentences if one], asked_at)


def _standing(letter: Letter, today: date) -> tuple[str, str, list[str]]:
    """Give the badge, its tone and the sentences."""
    made = _("Made on %(day)s.") % {"day": _day(letter.made_at or letter.asked_at)}
    match Outcome(letter.outcome):
        case Outcome.MADE:
            return _("Is being printed"), "neutral", [made, _when(letter, today)]
        case Outcome.POSTED:
            there = _when(letter, today) if letter.due_by >= today else ""
            return _("Posted"), "positive", [made, _posted(letter), there]
        case Outcome.RETURNED:
            return _("Came back"), "negative", [made, _posted(letter), *_came_back(letter)]
        case Outcome.NOT_WANTED:
            return _("Not sent"), "neutral", [made, _("This letter was not needed any more.")]
        case Outcome.NOWHERE_TO_SEND:
            reason = _(OBSTACLES.get(letter.obstacle, _CALL_US))
            return _("Could not be delivered"), "negative", [_("This letter could not be delivered."), reason]
        case Outcome.REFUSED:
            reason = _("It could not be printed. Call us. We send a new one.")
            return _("Not sent"), "negative", [made, reason]


def _when(letter: Letter | Waiting, today: date) -> str:
    if letter.due_by < today:
        return _("It is later than we promised. Call us.")
    return _("It is with you on %(day)s at the latest.") % {"day": day(letter.due_by)}


def _posted(letter: Letter) -> str:
    return _("Posted on %(day)s.") % {"day": _day(letter.posted_at)} if letter.posted_at else ""


def _came_back(letter: Letter) -> list[str]:
    back = _("It came back to us on %(day)s.") % {"day": _day(letter.returned_at)} if letter.returned_at else ""
    return [back, _("Ask your municipality whether your address is right. Then call us for a new letter.")]


def _day(moment: datetime) -> str:
    return day(clock.day_of(moment))
