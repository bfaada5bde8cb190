"""What a mandate may look like: the rules of a first yes, checked before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings

from namens.lib import assurance, clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration, last_day_of
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.queries import taking_part
from namens.parties.facts import StopSignal
from namens.parties.models import Kind, Party, Person
from namens.services.models import MandatedTo, Service

REGISTER_IS_FRESH = timedelta(minutes=15)
ONE_BROWSER_MONTHS = 12
LETTER_STANDS_FOR = AssuranceLevel.LOW

_TO_PERSONS = (MandatedTo.PERSONS, MandatedTo.BOTH)
_TO_ORGANISATIONS = (MandatedTo.ORGANISATIONS, MandatedTo.BOTH)
_BLOCKS_GIVING = {
    StopSignal.DECEASED: MandateReason.GIVER_DECEASED,
    StopSignal.GUARDIANSHIP: MandateReason.GIVER_UNDER_GUARDIANSHIP,
    StopSignal.ERRONEOUS: MandateReason.GIVER_ERRONEOUS,
}


@dataclass(frozen=True)
class Terms:
    """What the client chose."""

    services: Sequence[Service]
    first_day: date
    last_day: date
    granted_actions: frozenset[str] = frozenset()

    @property
    def sensitive(self) -> frozenset[str]:
        """Give all sensitive actions of the chosen services, as the client saw them."""
        return frozenset(key for service in self.services for key in service.sensitive_keys)


def check_terms(
    terms: Terms, *, level: AssuranceLevel | None, open_code: bool, today: date, to: Kind = Kind.PERSON
) -> None:
    """Raise MandateRefused when these services, dates or actions cannot be given so at this level, to this kind."""
    check_offered(terms.services, to=to)
    _check_level(terms, level=level)
    _check_days(terms, open_code=open_code, today=today)
    if not terms.granted_actions <= terms.sensitive:
        raise MandateRefused(MandateReason.ACTION_UNKNOWN)


def in_one_browser(terms: Terms) -> Terms:
    """Give what a yes gives at once when giver and helper were at one browser: a year, and nothing sensitive."""
    year = last_day_of(terms.first_day, months=ONE_BROWSER_MONTHS)
    return replace(terms, last_day=min(terms.last_day, year), granted_actions=frozenset())


def longest_last_day(services: Sequence[Service], *, first_day: date, open_code: bool) -> date:
    """Give the last day that these services allow together; an open code has a limit of its own."""
    months = min(service.longest_months for service in services)
    return last_day_of(first_day, months=min(months, settings.OPEN_CODE_MONTHS) if open_code else months)


def latest_first_day(today: date) -> date:
    """Give the last day on which a mandate that is given today may begin."""
    return today + timedelta(days=settings.DAYS_AHEAD)


def check_giver(giver: Person, *, now: datetime, under_administration: bool) -> None:
    """Raise MandateRefused when this person cannot give: by the register, by age, or by the own word.

    The register must have been asked within the last quarter of an hour.
    """
    if giver.refreshed_at is None or now - giver.refreshed_at > REGISTER_IS_FRESH:
        raise MandateRefused(MandateReason.REGISTER_NOT_ASKED)
    for signal, reason in _BLOCKS_GIVING.items():
        if signal in giver.facts.signals:
            raise MandateRefused(reason)
    if not giver.is_adult_on(clock.day_of(now)):
        raise MandateRefused(MandateReason.GIVER_UNDER_AGE)
    if under_administration:
        raise MandateRefused(MandateReason.GIVER_UNDER_ADMINISTRATION)


def check_helper(helper: Party, *, giver: Party, today: date) -> None:
    """Raise MandateRefused when this party cannot help the giver, as a private person or as an organisation."""
    if helper.id == giver.id:
        raise MandateRefused(MandateReason.ONESELF)
    check_can_help(helper, today=today)


def check_can_help(helper: Party, *, today: date) -> None:
    """Raise MandateRefused when this party cannot help anybody. A member never can: only their organisation."""
    if helper.kind == Kind.ORGANISATION:
        if not taking_part(today=today).filter(party=helper).exists():
            raise MandateRefused(MandateReason.ORGANISATION_NOT_HERE)
        return
    if helper.kind != Kind.PERSON or helper.person.refreshed_at is None:
        raise MandateRefused(MandateReason.REPRESENTATIVE_UNKNOWN)
    if not helper.person.is_adult_on(today):
        raise MandateRefused(MandateReason.HELPER_UNDER_AGE)
    if helper.person.facts.signals & {StopSignal.DECEASED, StopSignal.ERRONEOUS}:
        raise MandateRefused(MandateReason.HELPER_BLOCKED)


def mandatable(to: Kind) -> tuple[MandatedTo, ...]:
    """Give what a service must say of whom it can be mandated to, for this kind of party."""
    return {Kind.PERSON: _TO_PERSONS, Kind.ORGANISATION: _TO_ORGANISATIONS}.get(to, ())


def check_offered(services: Iterable[Service], *, to: Kind) -> None:
    """Raise MandateRefused when one of these services cannot be mandated to this kind of party."""
    if any(not service.active or service.mandated_to not in mandatable(to) for service in services):
        raise MandateRefused(MandateReason.SERVICE_NOT_OFFERED)


def check_by_letter(
    services: Sequence[Service], *, duration: Duration, to: Kind = Kind.PERSON, only_on: date | None = None
) -> None:
    """Raise MandateRefused for what cannot be agreed to with a code from a letter, or takes longer than allowed.

    The letter goes to the address that the register has. That stands for a login of the level `low`, never for more.
    One day only is for an appointment: its day is then known beforehand (`only_on`), and the code works on that day.
    """
    if not services:
        raise MandateRefused(MandateReason.NO_SERVICE)
    check_offered(services, to=to)
    if any(AssuranceLevel(service.minimum_level).rank > LETTER_STANDS_FOR.rank for service in services):
        raise MandateRefused(MandateReason.LEVEL_TOO_LOW)
    if (duration is Duration.TODAY) != (only_on is not None) or duration.months > min(
        service.longest_months for service in services
    ):
        raise MandateRefused(MandateReason.TOO_LONG)


def check_at_table(services: Sequence[Service], *, duration: Duration, today: date, to: Kind) -> None:
    """Raise MandateRefused for what nobody can agree to at the table, whoever sits there."""
    if not services:
        raise MandateRefused(MandateReason.NO_SERVICE)
    check_offered(services, to=to)
    if duration.last_day(today) > longest_last_day(services, first_day=today, open_code=False):
        raise MandateRefused(MandateReason.TOO_LONG)


def months_by_letter(duration: Duration, *, open_code: bool) -> int:
    """Give how long this length becomes with a letter only: a year at most, three months for an open code."""
    longest = min(settings.BY_LETTER_MONTHS, settings.OPEN_CODE_MONTHS) if open_code else settings.BY_LETTER_MONTHS
    return min(duration.months, int(longest))


def last_day_by_letter(services: Sequence[Service], *, duration: Duration, first_day: date, open_code: bool) -> date:
    """Give the last day of what is agreed to with a letter only: a year at most, three months for an open code."""
    months = min(settings.BY_LETTER_MONTHS, *(service.longest_months for service in services))
    if open_code:
        months = min(months, settings.OPEN_CODE_MONTHS)
    return min(duration.last_day(first_day), last_day_of(first_day, months=months))


def _check_level(terms: Terms, *, level: AssuranceLevel | None) -> None:
    if not terms.services:
        raise MandateRefused(MandateReason.NO_SERVICE)
    for service in terms.services:
        if not assurance.meets(level, minimum=AssuranceLevel(service.minimum_level)):
            raise MandateRefused(MandateReason.LEVEL_TOO_LOW)


def _check_days(terms: Terms, *, open_code: bool, today: date) -> None:
    if terms.first_day < today:
        raise MandateRefused(MandateReason.DAY_PAST)
    if terms.first_day > latest_first_day(today):
        raise MandateRefused(MandateReason.FIRST_DAY_TOO_FAR)
    if terms.last_day < terms.first_day:
        raise MandateRefused(MandateReason.LAST_DAY_BEFORE_FIRST)
    if terms.last_day > longest_last_day(terms.services, first_day=terms.first_day, open_code=open_code):
        raise MandateRefused(MandateReason.TOO_LONG)
