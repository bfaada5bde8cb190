"""Giver and helper at one browser: a year and nothing sensitive at once; the rest waits for a second yes elsewhere."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration
from namens.mandates import second
from namens.mandates.actions import (
    Elsewhere,
    activate,
    confirm_second_yes,
    offer,
    refuse_second_yes,
    shorten,
    stop,
    try_code,
)
from namens.mandates.actions.offer import GivenMandate
from namens.mandates.models import Mandate, MandateService, SecondYes
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.terms import in_one_browser
from namens.parties.models import Party
from tests.people import BSNS, NOW, TODAY, fresh, give, of, terms, use_code

pytestmark = pytest.mark.usefixtures("catalogue")
HERE, ELSEWHERE = "new:browser-at-the-table", Elsewhere(browser="new:own-phone", helper_was_there=False)
A_YEAR, THREE_YEARS = date(2027, 11, 22), Duration.THREE_YEARS.last_day(TODAY)
ACCOUNT = "rekeningnummer-wijzigen"
FAR = {"last_day": THREE_YEARS, "granted": (ACCOUNT,)}


def given_here(anna: Party, bram: Party) -> GivenMandate:
    """Let Anna give much, at a browser where Bram was."""
    given = offer(
        representee=fresh(anna, now=NOW),
        representative=bram,
        terms=terms(**FAR),  # type: ignore[arg-type]  # by name
        level=AssuranceLevel.SUBSTANTIAL,
        under_administration=False,
        now=NOW,
        one_browser=HERE,
    )
    assert isinstance(given, GivenMandate)
    return given


def confirm(mandate: Mandate, by: Party, at: Elsewhere = ELSEWHERE, level: AssuranceLevel | None = None) -> None:
    fresh(by, now=NOW)
    confirm_second_yes(mandate=mandate.id, by=by, at=at, level=level or AssuranceLevel.SUBSTANTIAL, now=NOW)


def refused(mandate: Mandate, by: Party, at: Elsewhere = ELSEWHERE, level: AssuranceLevel | None = None) -> str:
    with pytest.raises(MandateRefused) as problem:
        confirm(mandate, by, at, level)
    return problem.value.reason


def has(mandate: Mandate) -> tuple[date, list[str], set[date]]:
    """Give the last day, the sensitive actions, and the last days of the lines, as they are now."""
    found = of(mandate)
    lines = MandateService.objects.filter(mandate=found, stopped_at__isnull=True)
    return found.last_day, found.granted_actions, set(lines.values_list("last_day", flat=True))


def test_it_gives_a_year_and_nothing_sensitive_at_once() -> None:
    wanted = terms(**FAR)  # type: ignore[arg-type]  # by name
    given = in_one_browser(wanted)
    assert (given.last_day, given.granted_actions) == (A_YEAR, frozenset())
    assert in_one_browser(terms()) == terms()


def test_it_lets_the_rest_of_an_offer_wait(anna: Party, bram: Party) -> None:
    mandate = given_here(anna, bram).mandate
    assert has(mandate) == (A_YEAR, [], {A_YEAR})
    waits = second.waiting_for(anna, today=TODAY).get()
    assert (waits.last_day, waits.granted_actions, waits.browser) == (THREE_YEARS, [ACCOUNT], HERE)
    entry = JournalEntry.objects.get(event=Event.MANDATE_OFFERED)
    assert (entry.details["last_day"], entry.details["granted_actions"]) == (A_YEAR.isoformat(), [])


def test_it_lets_nothing_wait_when_all_was_given_or_the_helper_was_not_there(anna: Party, bram: Party) -> None:
    give(anna, bram, what=terms(**FAR))  # type: ignore[arg-type]  # by name
    offer(
        representee=fresh(anna, now=NOW),
        representative=bram,
        terms=terms(),
        level=AssuranceLevel.SUBSTANTIAL,
        under_administration=False,
        now=NOW,
        one_browser=HERE,
    )
    assert not SecondYes.objects.exists()


def test_it_holds_a_mandate_back_that_is_activated_at_the_givers_browser(anna: Party, bram: Party) -> None:
    given = give(anna, bram, what=terms(**FAR))  # type: ignore[arg-type]  # by name
    match = try_code(code=given.code, bsn=BSNS["anna"], helper=bram, now=NOW)
    activate(code=match.code, helper=bram, now=NOW, one_browser=HERE)  # type: ignore[union-attr]  # it fits
    assert has(given.mandate) == (A_YEAR, [], {A_YEAR})
    assert second.waiting_for(anna, today=TODAY).get().last_day == THREE_YEARS


def test_it_gives_the_rest_with_a_yes_elsewhere(anna: Party, bram: Party) -> None:
    mandate = use_code(given_here(anna, bram), bram)
    confirm(mandate, anna)
    assert has(mandate) == (THREE_YEARS, [ACCOUNT], {THREE_YEARS})
    assert (of(mandate).held_to, SecondYes.objects.get().browser) == (None, "")
    assert not second.waiting_for(anna, today=TODAY).exists()
    assert JournalEntry.objects.get(event=Event.SECOND_YES_GIVEN).actor == anna.id
    assert refused(mandate, anna) == MandateReason.NOT_POSSIBLE


def test_it_is_not_held_back_again_after_the_second_yes(anna: Party, bram: Party) -> None:
    given = given_here(anna, bram)
    confirm(given.mandate, anna)
    match = try_code(code=given.code, bsn=BSNS["anna"], helper=bram, now=NOW)
    activate(code=match.code, helper=bram, now=NOW, one_browser=HERE)  # type: ignore[union-attr]  # it fits
    assert has(given.mandate) == (THREE_YEARS, [ACCOUNT], {THREE_YEARS})


@pytest.mark.parametrize("at", [Elsewhere(HERE, helper_was_there=False), Elsewhere("", helper_was_there=True)])
def test_it_takes_no_second_yes_from_who_holds_the_mouse(anna: Party, bram: Party, at: Elsewhere) -> None:
    mandate = use_code(given_here(anna, bram), bram)
    assert refused(mandate, anna, at) == MandateReason.SAME_BROWSER
    assert has(mandate) == (A_YEAR, [], {A_YEAR})


def test_it_takes_it_from_nobody_else(anna: Party, bram: Party, dirk: Party) -> None:
    mandate = use_code(given_here(anna, bram), bram)
    assert {refused(mandate, bram), refused(mandate, dirk)} == {MandateReason.NOT_YOURS}
    with pytest.raises(MandateRefused):
        refuse_second_yes(mandate=mandate.id, by=dirk, now=NOW)


def test_it_leaves_it_as_it_is_with_a_no(anna: Party, bram: Party) -> None:
    mandate = use_code(given_here(anna, bram), bram)
    refuse_second_yes(mandate=mandate.id, by=anna, now=NOW)
    assert refused(mandate, anna) == MandateReason.NOT_POSSIBLE
    assert has(mandate) == (A_YEAR, [], {A_YEAR})


def test_it_wants_no_more_after_the_client_made_it_shorter_or_stopped_it(anna: Party, bram: Party) -> None:
    mandate = use_code(given_here(anna, bram), bram)
    shorten(mandate=mandate.id, by=anna, last_day=TODAY + timedelta(days=30), now=NOW)
    assert refused(mandate, anna) == MandateReason.NOT_POSSIBLE
    other = use_code(given_here(anna, bram), bram)
    stop(mandate=other.id, by=anna, now=NOW)
    assert refused(other, anna) == MandateReason.NOT_POSSIBLE


def test_it_needs_a_login_that_is_strong_enough(anna: Party, bram: Party) -> None:
    mandate = use_code(given_here(anna, bram), bram)
    assert refused(mandate, anna, level=AssuranceLevel.BASIC) == MandateReason.LEVEL_TOO_LOW


def test_it_lapses_with_its_time(anna: Party, bram: Party) -> None:
    given_here(anna, bram)
    assert second.waiting_for(anna, today=TODAY + timedelta(days=42)).exists()
    assert not second.waiting_for(anna, today=TODAY + timedelta(days=43)).exists()


@pytest.mark.parametrize("change", [{"last_day": THREE_YEARS}, {"granted_actions": [ACCOUNT]}])
def test_it_is_held_back_by_the_database(anna: Party, bram: Party, change: dict[str, object]) -> None:
    mandate = given_here(anna, bram).mandate
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(id=mandate.id).update(**change)
