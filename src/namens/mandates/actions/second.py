"""Giver and helper at one browser: a year and nothing sensitive at once; what goes further waits for a second yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import assurance, clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates import second
from namens.mandates import terms as rules
from namens.mandates.actions.endings import announce
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.noting import note_change
from namens.mandates.changes import Change
from namens.mandates.letters import LetterKind, ask_letter, tell_by_email, tell_helper
from namens.mandates.models import Mandate, MandateService, SecondYes
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.terms import Terms
from namens.parties.models import Party, Person

HELD = ("last_day", "granted_actions", "held_to")
GRANTED = (*HELD, "granted_since")


@dataclass(frozen=True)
class Elsewhere:
    """Where a second yes is said: the keyed digest of the browser (empty: none known), and whether the helper was there
    too within two hours."""

    browser: str
    helper_was_there: bool


def keep_waiting(mandate: Mandate, *, wanted: Terms, browser: str, now: datetime) -> Terms:
    """Give what the yes gives at once, and keep the rest for a second yes, in the open transaction.

    Without a browser that both were at, that is all of it. The caller saves the mandate.
    """
    given = rules.in_one_browser(wanted) if browser else wanted
    if given != wanted:
        SecondYes.objects.create(
            mandate=mandate,
            held_at=given.last_day,
            last_day=wanted.last_day,
            granted_actions=sorted(wanted.granted_actions),
            browser=browser,
            asked_at=now,
            waits_until=clock.day_of(now) + timedelta(days=settings.REQUEST_DAYS),
        )
        mandate.held_to = given.last_day
    return given


def hold_back(mandate: Mandate, *, browser: str, now: datetime) -> None:
    """Hold an older yes back, now that the helper turns out to sit at the giver's browser, in the open transaction.

    Not when the client said the second yes already. The lines end with the mandate; the caller saves the mandate.
    """
    if not browser or SecondYes.objects.filter(mandate=mandate).exists():
        return
    lines = MandateService.objects.filter(mandate=mandate, stopped_at__isnull=True).select_related("service")
    wanted = Terms(
        services=[line.service for line in lines],
        first_day=mandate.first_day,
        last_day=mandate.last_day,
        granted_actions=frozenset(mandate.granted_actions),
    )
    given = keep_waiting(mandate, wanted=wanted, browser=browser, now=now)
    mandate.last_day, mandate.granted_actions = given.last_day, sorted(given.granted_actions)
    lines.filter(last_day__gt=given.last_day).update(last_day=given.last_day)


def confirm_second_yes(*, mandate: UUID, by: Party, at: Elsewhere, level: AssuranceLevel | None, now: datetime) -> None:
    """Give what waited. The caller has just asked the population register about the client. Raises MandateRefused.

    Not in the browser in which the first yes was said, and not in one where the helper was within two hours.
    """
    with transaction.atomic():
        held, waits = _held(mandate, by=by, now=now)
        if at.helper_was_there or (waits.browser and waits.browser == at.browser):
            raise MandateRefused(MandateReason.SAME_BROWSER)
        rules.check_giver(Person.objects.get(party=by), now=now, under_administration=False)
        if held.representative is not None:
            rules.check_helper(held.representative, giver=by, today=clock.day_of(now))
        lines = MandateService.objects.filter(mandate=held, stopped_at__isnull=True).select_related("service")
        _check(held, waits, lines=list(lines), level=level)
        # Each service whose own end was not brought forward goes on with the mandate.
        lines.filter(last_day=waits.held_at).update(last_day=waits.last_day)
        held.last_day, held.granted_actions, held.held_to = waits.last_day, waits.granted_actions, None
        held.granted_since = now
        held.save(update_fields=GRANTED)
        _answer(waits, SecondYes.YES, now)
        _note(Event.SECOND_YES_GIVEN, waits, by=by, now=now)
        if held.activated_at is not None:
            ask_letter(LetterKind.CONFIRMATION, mandate=held, now=now)
            announce(mandate=held.id, now=now)
            note_change(Change.CHANGED, mandate=held, now=now)
            tell_helper(held, now=now)
        tell_by_email(party=by.id, now=now)


def refuse_second_yes(*, mandate: UUID, by: Party, now: datetime) -> None:
    """Leave it as it is; portals hear nothing, for nothing changes there. Raises MandateRefused."""
    with transaction.atomic():
        _, waits = _held(mandate, by=by, now=now)
        _answer(waits, SecondYes.NO, now)
        _note(Event.SECOND_YES_REFUSED, waits, by=by, now=now)


def _held(mandate: UUID, *, by: Party, now: datetime) -> tuple[Mandate, SecondYes]:
    held = hold_mandate(mandate)
    if held is None or held.representee_id != by.id:
        raise MandateRefused(MandateReason.NOT_YOURS)
    waits = second.of_mandate(mandate, client=by, today=clock.day_of(now))
    if waits is None:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    return held, waits


def _check(held: Mandate, waits: SecondYes, *, lines: list[MandateService], level: AssuranceLevel | None) -> None:
    if not lines:
        raise MandateRefused(MandateReason.NOT_POSSIBLE)
    for line in lines:
        if not assurance.meets(level, minimum=AssuranceLevel(line.service.minimum_level)):
            raise MandateRefused(MandateReason.LEVEL_TOO_LOW)
    longest = rules.longest_last_day([line.service for line in lines], first_day=held.first_day, open_code=False)
    if waits.last_day > longest:
        raise MandateRefused(MandateReason.TOO_LONG)
    if not set(waits.granted_actions) <= set(held.sensitive_seen):
        raise MandateRefused(MandateReason.ACTION_UNKNOWN)


def _answer(waits: SecondYes, answer: str, now: datetime) -> None:
    open_ones = SecondYes.objects.filter(id=waits.id, answered_at__isnull=True)
    if not open_ones.update(answered_at=now, answer=answer, browser=""):
        raise MandateRefused(MandateReason.NOT_POSSIBLE)


def _note(event: Event, waits: SecondYes, *, by: Party, now: datetime) -> None:
    write(
        event,
        at=now,
        channel=Channel.PAGES,
        actor=by.id,
        subject=by.id,
        mandate=waits.mandate_id,
        details={"last_day": waits.last_day.isoformat(), "granted_actions": waits.granted_actions},
    )
