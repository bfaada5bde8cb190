"""A mandate in the plain words of who looks at it. The helper never reads who stopped it, or why."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from namens.lib import clock
from namens.mandates.models import Mandate, MandateService, Origin
from namens.mandates.states import EndReason, State
from namens.organisations.naming import name_of
from namens.parties.models import Party


@dataclass(frozen=True)
class Wording:
    """What a card or page says of a mandate: its heading, a badge, and sentences."""

    heading: str
    state: str
    tone: str
    sentences: list[str]


def describe(mandate: Mandate, *, viewer: Party, today: date) -> Wording:
    """Give the words for `viewer`, who is one of the two parties."""
    state, tone, when = _standing(mandate, viewer, today)
    shown = [line for line in mandate.shown_lines if is_open(line, mandate)] or mandate.shown_lines
    services = ", ".join(line.service.name for line in shown)
    return Wording(heading=other_name(mandate, viewer=viewer), state=state, tone=tone, sentences=[services, when])


def other_name(mandate: Mandate, *, viewer: Party) -> str:
    """Give the name of the other party; an open code that waits has none."""
    if viewer.id != mandate.representee_id:
        return mandate.representee.person.name.full
    if mandate.representative is None:
        return _("Whoever you give the code to")
    return name_of(mandate.representative)


def is_over(mandate: Mandate, today: date) -> bool:
    """Say whether the mandate has ended, by a person or by its dates."""
    return mandate.state == State.ENDED or _last_day(mandate) < today


def is_open(line: MandateService, mandate: Mandate) -> bool:
    """Say whether this service of the mandate was not stopped apart from the rest."""
    return line.stopped_at is None or line.stopped_at == mandate.ended_at


def day(value: date) -> str:
    """Give a date as people write it: 22 december 2026."""
    return _day_in(get_language(), value=value)


def hour(instant: datetime) -> str:
    """Give the time of an instant as clocks here show it: 14:05."""
    return instant.astimezone(clock.AMSTERDAM).strftime("%H:%M")


@lru_cache(maxsize=2048)
def _day_in(_language: str | None, *, value: date) -> str:
    """Write a date out in the language of now. Kept: the cards of a long list have few days between them."""
    return date_format(value, "j F Y")


def line_sentence(line: MandateService, mandate: Mandate, today: date) -> str:
    """Give one service of a mandate with its own end."""
    if line.stopped_at is not None:
        return _("%(service)s: stopped on %(day)s") % _named(line, clock.day_of(line.stopped_at))
    if mandate.state == State.ACTIVE and line.last_day < today:
        return _("%(service)s: ended after %(day)s") % _named(line, line.last_day)
    return _("%(service)s: up to and including %(day)s") % _named(line, line.last_day)


def _named(line: MandateService, shown: date) -> dict[str, str]:
    return {"service": line.service.name, "day": day(shown)}


def _last_day(mandate: Mandate) -> date:
    days = [line.last_day for line in mandate.shown_lines if is_open(line, mandate)]
    return max(days, default=mandate.last_day)


def is_request(mandate: Mandate) -> bool:
    """Say whether a helper asked for this, and it waits for the client's yes. By phone the client said yes already."""
    return mandate.state == State.REQUESTED and mandate.origin == Origin.REQUESTED


def _standing(mandate: Mandate, viewer: Party, today: date) -> tuple[str, str, str]:
    """Give the badge, its tone and the sentence about time."""
    if mandate.state == State.ENDED:
        return _ended(mandate)
    if mandate.state == State.REQUESTED:
        return _asked(mandate, viewer, today)
    if mandate.state == State.SUSPENDED and _last_day(mandate) >= today:
        return _("Paused"), "warning", _("Nobody can use this mandate now.")
    return _by_dates(mandate, today)


def _by_dates(mandate: Mandate, today: date) -> tuple[str, str, str]:
    until = _last_day(mandate)
    last_day = day(until)
    if until < today:
        return _("Ended"), "neutral", _("Ended after %(day)s.") % {"day": last_day}
    if mandate.state == State.OFFERED:
        return (
            _("Waits for the code"),
            "warning",
            _("Once the code is used: up to and including %(day)s.") % {"day": last_day},
        )
    if mandate.first_day > today:
        days = {"first": day(mandate.first_day), "last": last_day}
        return _("Starts later"), "neutral", _("From %(first)s up to and including %(last)s.") % days
    return _("Active"), "positive", _("Up to and including %(day)s.") % {"day": last_day}


def _asked(mandate: Mandate, viewer: Party, today: date) -> tuple[str, str, str]:
    if mandate.waits_until is not None and mandate.waits_until < today:
        late = _("You could answer up to and including %(day)s.") % {"day": day(mandate.waits_until)}
        return _("Did not go ahead"), "neutral", late
    if mandate.origin == Origin.REQUESTED:
        asks = _("%(name)s asks whether this is allowed.") % {"name": other_name(mandate, viewer=viewer)}
        return _("Question"), "warning", asks
    return _("Waits for the code"), "warning", _("You arranged this by phone. The code comes by letter.")


def _ended(mandate: Mandate) -> tuple[str, str, str]:
    ended = {"day": day(clock.day_of(mandate.ended_at or mandate.offered_at))}
    if mandate.end_reason == EndReason.REPLACED:
        return _("Replaced"), "neutral", _("Replaced by a newer mandate on %(day)s.") % ended
    if mandate.end_reason in {EndReason.WITHDRAWN, EndReason.DECLINED, EndReason.LAPSED}:
        return _("Did not go ahead"), "neutral", _("Did not go ahead; ended on %(day)s.") % ended
    return _("Stopped"), "neutral", _("Stopped on %(day)s.") % ended
