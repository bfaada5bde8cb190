"""Anna gives a mandate."""

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from namens.codes.actions import live_code
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration
from namens.mandates.actions import GivenMandate, offer
from namens.mandates.models import Mandate, MandateService
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.terms import REGISTER_IS_FRESH, Terms, longest_last_day
from namens.parties.facts import StopSignal
from namens.parties.models import Kind, Party
from namens.services.models import Service
from tests.people import NOW, TODAY, give, services, terms, told

pytestmark = pytest.mark.usefixtures("catalogue")
SUBSTANTIAL = AssuranceLevel.SUBSTANTIAL


def offered(
    giver: Party,
    helper: Party | None,
    what: Terms,
    *,
    level: AssuranceLevel | None = SUBSTANTIAL,
    under_administration: bool = False,
) -> GivenMandate:
    given = offer(
        representee=giver,
        representative=helper,
        terms=what,
        level=level,
        under_administration=under_administration,
        now=NOW,
    )
    assert isinstance(given, GivenMandate)
    return given


def refusal(
    giver: Party,
    helper: Party | None,
    what: Terms | None = None,
    *,
    level: AssuranceLevel | None = SUBSTANTIAL,
    under_administration: bool = False,
) -> MandateReason:
    with pytest.raises(MandateRefused) as refused:
        offered(giver, helper, what or terms(), level=level, under_administration=under_administration)
    assert not Mandate.objects.exists()
    assert not JournalEntry.objects.filter(event=Event.MANDATE_OFFERED).exists()
    return refused.value.reason


def test_it_waits_for_the_code(anna: Party, bram: Party) -> None:
    mandate = offered(anna, bram, terms("mijn-toeslagen", "inkomstenbelasting")).mandate
    assert (mandate.state, mandate.representee, mandate.representative) == ("offered", anna, bram)
    lines = MandateService.objects.filter(mandate=mandate)
    assert [(line.representee, line.representative, line.current) for line in lines] == [(anna, bram, None)] * 2


def test_it_keeps_what_the_client_saw(anna: Party, bram: Party) -> None:
    mandate = offered(anna, bram, terms("mijn-toeslagen", "aow-en-pensioen", last_day=TODAY)).mandate
    line = mandate.lines.get(service__key="aow-en-pensioen")
    assert mandate.sensitive_seen == ["adres-buitenland-wijzigen", "rekeningnummer-wijzigen"]
    assert (line.minimum_level, line.sensitive_seen) == ("substantial", mandate.sensitive_seen)
    assert mandate.lines.get(service__key="mijn-toeslagen").sensitive_seen == ["rekeningnummer-wijzigen"]


def test_it_excludes_sensitive_actions_unless_added(anna: Party, bram: Party) -> None:
    assert offered(anna, bram, terms()).mandate.granted_actions == []
    granted = offered(anna, bram, terms(granted=["rekeningnummer-wijzigen"])).mandate
    assert granted.granted_actions == ["rekeningnummer-wijzigen"]


def test_it_writes_one_entry_for_the_gift(anna: Party, bram: Party) -> None:
    mandate = offered(anna, bram, terms()).mandate
    entry = JournalEntry.objects.get(event=Event.MANDATE_OFFERED)
    assert (entry.actor, entry.subject, entry.mandate) == (anna.id, anna.id, mandate.id)
    assert entry.details["services"] == ["mijn-toeslagen"]


def test_it_takes_a_service_once_that_was_chosen_twice(anna: Party, bram: Party) -> None:
    mandate = offered(anna, bram, terms("mijn-toeslagen", "mijn-toeslagen")).mandate
    assert mandate.lines.count() == 1


def test_it_refuses_oneself(anna: Party) -> None:
    assert refusal(anna, anna) is MandateReason.ONESELF


def test_it_refuses_without_a_service(anna: Party, bram: Party) -> None:
    assert refusal(anna, bram, Terms(services=[], first_day=TODAY, last_day=TODAY)) is MandateReason.NO_SERVICE


@pytest.mark.parametrize("key", ["verhuizing-doorgeven", "parkeervergunning"])
def test_it_refuses_a_service_that_is_not_for_persons(anna: Party, bram: Party, key: str) -> None:
    Service.objects.filter(key="parkeervergunning").update(mandated_to="organisations")
    what = terms(key, last_day=TODAY)
    assert refusal(anna, bram, what, level=AssuranceLevel.HIGH) is MandateReason.SERVICE_NOT_OFFERED


def test_it_refuses_a_service_that_was_taken_out(anna: Party, bram: Party) -> None:
    Service.objects.update(active=False)
    assert refusal(anna, bram) is MandateReason.SERVICE_NOT_OFFERED


@pytest.mark.parametrize("level", [None, AssuranceLevel.BASIC, AssuranceLevel.LOW])
def test_it_refuses_a_login_that_is_too_weak(anna: Party, bram: Party, level: AssuranceLevel | None) -> None:
    what = terms("mijn-toeslagen", "aow-en-pensioen")
    assert refusal(anna, bram, what, level=level) is MandateReason.LEVEL_TOO_LOW


def test_it_refuses_an_action_that_no_chosen_service_has(anna: Party, bram: Party) -> None:
    what = terms(granted=["adres-buitenland-wijzigen"])
    assert refusal(anna, bram, what) is MandateReason.ACTION_UNKNOWN


@pytest.mark.parametrize(
    ("first_day", "last_day", "reason"),
    [
        (TODAY - timedelta(days=1), TODAY, MandateReason.DAY_PAST),
        (TODAY + timedelta(days=91), TODAY + timedelta(days=92), MandateReason.FIRST_DAY_TOO_FAR),
        (TODAY + timedelta(days=2), TODAY + timedelta(days=1), MandateReason.LAST_DAY_BEFORE_FIRST),
        (TODAY, date(2031, 11, 23), MandateReason.TOO_LONG),
    ],
)
def test_it_refuses_days_that_cannot_be(
    anna: Party, bram: Party, first_day: date, last_day: date, reason: MandateReason
) -> None:
    assert refusal(anna, bram, terms(first_day=first_day, last_day=last_day)) is reason


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [
        (TODAY, TODAY),
        (TODAY, date(2031, 11, 22)),
        (TODAY + timedelta(days=90), TODAY + timedelta(days=90)),
    ],
)
def test_it_takes_the_outermost_days(anna: Party, bram: Party, first_day: date, last_day: date) -> None:
    mandate = offered(anna, bram, terms(first_day=first_day, last_day=last_day)).mandate
    assert (mandate.first_day, mandate.last_day) == (first_day, last_day)


def test_it_goes_by_the_shortest_of_the_services(anna: Party, bram: Party) -> None:
    keys = ("mijn-toeslagen", "uitkering-aanvragen")
    assert longest_last_day(services(*keys), first_day=TODAY, open_code=False) == Duration.ONE_YEAR.last_day(TODAY)
    assert refusal(anna, bram, terms(*keys, last_day=date(2027, 11, 23))) is MandateReason.TOO_LONG


def test_it_opens_three_months_at_most_with_an_open_code(anna: Party) -> None:
    assert refusal(anna, None, terms(last_day=date(2027, 2, 23))) is MandateReason.TOO_LONG
    assert offered(anna, None, terms(last_day=date(2027, 2, 22))).mandate.representative is None


@pytest.mark.parametrize(
    ("signal", "reason"),
    [
        (StopSignal.DECEASED, MandateReason.GIVER_DECEASED),
        (StopSignal.GUARDIANSHIP, MandateReason.GIVER_UNDER_GUARDIANSHIP),
        (StopSignal.ERRONEOUS, MandateReason.GIVER_ERRONEOUS),
    ],
)
def test_it_refuses_a_giver_who_cannot_give(
    anna: Party, bram: Party, signal: StopSignal, reason: MandateReason
) -> None:
    assert refusal(told(anna, signals=[signal]), bram) is reason


def test_it_goes_by_what_the_register_says_now(anna: Party, bram: Party) -> None:
    assert anna.person.refreshed_at == NOW
    told(anna, signals=[StopSignal.GUARDIANSHIP])
    assert refusal(anna, bram) is MandateReason.GIVER_UNDER_GUARDIANSHIP


@pytest.mark.parametrize("born", ["2008-11-24", "2008-11", "2008", "2015-01-01"])
def test_it_refuses_a_giver_under_age(anna: Party, bram: Party, born: str) -> None:
    assert refusal(told(anna, born=born), bram) is MandateReason.GIVER_UNDER_AGE


def test_it_takes_a_giver_who_is_eighteen_today(anna: Party, bram: Party) -> None:
    assert offered(told(anna, born="2008-11-23"), bram, terms()).mandate.state == "offered"


def test_it_refuses_a_giver_under_administration(anna: Party, bram: Party) -> None:
    assert refusal(anna, bram, under_administration=True) is MandateReason.GIVER_UNDER_ADMINISTRATION


def test_it_refuses_when_the_register_was_not_asked(anna: Party, bram: Party) -> None:
    told(anna, now=NOW - REGISTER_IS_FRESH - timedelta(seconds=1))
    assert refusal(anna, bram) is MandateReason.REGISTER_NOT_ASKED


def test_it_refuses_when_the_register_was_never_asked(anna: Party, bram: Party) -> None:
    type(anna.person).objects.update(refreshed_at=None)
    assert refusal(anna, bram) is MandateReason.REGISTER_NOT_ASKED


def test_it_refuses_a_helper_under_age(anna: Party, bram: Party) -> None:
    assert refusal(anna, told(bram, born="2010-01-01")) is MandateReason.HELPER_UNDER_AGE


def test_it_refuses_a_helper_about_whom_the_register_was_never_asked(anna: Party, bram: Party) -> None:
    bram.person.refreshed_at = None
    assert refusal(anna, bram) is MandateReason.REPRESENTATIVE_UNKNOWN


def test_it_refuses_what_is_no_person(anna: Party) -> None:
    at_work = Party.objects.create(kind=Kind.MEMBER, created_at=NOW)
    assert refusal(anna, at_work) is MandateReason.REPRESENTATIVE_UNKNOWN
    nowhere = Party.objects.create(kind=Kind.ORGANISATION, created_at=NOW)
    assert refusal(anna, nowhere) is MandateReason.ORGANISATION_NOT_HERE


@pytest.mark.parametrize("signal", [StopSignal.DECEASED, StopSignal.ERRONEOUS])
def test_it_refuses_a_helper_who_cannot_help(anna: Party, bram: Party, signal: StopSignal) -> None:
    assert refusal(anna, told(bram, signals=[signal])) is MandateReason.HELPER_BLOCKED


@pytest.mark.parametrize(
    ("named", "last_day", "code_until"),
    [
        (True, date(2027, 11, 22), TODAY + timedelta(days=14)),
        (True, TODAY + timedelta(days=3), TODAY + timedelta(days=3)),
        (False, TODAY + timedelta(days=30), TODAY),
    ],
)
def test_it_gives_the_code_its_last_day(
    anna: Party,
    bram: Party,
    named: bool,  # noqa: FBT001 - a case
    last_day: date,
    code_until: date,
) -> None:
    mandate = offered(anna, bram if named else None, terms(last_day=last_day)).mandate
    code = live_code(opens=mandate.id, now=NOW)
    assert code is not None
    assert (code.last_day, code.helper) == (code_until, bram.id if named else None)


def test_it_begins_as_far_ahead_as_the_settings_say(anna: Party, bram: Party, settings: Settings) -> None:
    settings.DAYS_AHEAD = 30
    too_far, farthest = (TODAY + timedelta(days=days) for days in (31, 30))
    assert refusal(anna, bram, terms(first_day=too_far)) is MandateReason.FIRST_DAY_TOO_FAR
    assert offered(anna, bram, terms(first_day=farthest)).mandate.first_day == farthest


def test_it_opens_with_an_open_code_as_long_as_the_settings_say(anna: Party, settings: Settings) -> None:
    settings.OPEN_CODE_MONTHS = 1
    assert refusal(anna, None, terms(last_day=date(2026, 12, 23))) is MandateReason.TOO_LONG
    assert offered(anna, None, terms(last_day=date(2026, 12, 22))).mandate.representative is None


def test_it_lets_the_code_hold_as_many_days_as_the_settings_say(anna: Party, bram: Party, settings: Settings) -> None:
    settings.CODE_DAYS = 2
    code = live_code(opens=offered(anna, bram, terms()).mandate.id, now=NOW)
    assert code is not None
    assert code.last_day == TODAY + timedelta(days=2)


def test_it_lets_several_gifts_wait(anna: Party, bram: Party, carla: Party) -> None:
    for helper in (bram, carla, None):
        give(anna, helper, what=terms(last_day=TODAY))
    assert Mandate.objects.filter(state="offered").count() == 3
