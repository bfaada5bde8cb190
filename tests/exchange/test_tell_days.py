"""The first and the last day of a licence turn by themselves, and portals hear of it once, when it is so."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from namens.lib import clock
from namens.organisations.actions import end_licence, give_licence, renew_licences, tell_days
from namens.organisations.models import Licence, Member
from namens.outbox.models import Kind, OutboxRow
from namens.services.models import Portal
from namens.worker import Worker
from tests.exchange.hearing import heard, hearing, tell
from tests.mandates.histories import KEYS
from tests.organisations.managing import mia, terms
from tests.people import NOW, TODAY
from tests.working import member, organisation

ALLOWANCES, _ = KEYS
DAY = timedelta(days=1)
SOON, LATER = TODAY + 7 * DAY, TODAY + 9 * DAY
# What begins and what is over, then those held, an update and an insert within a savepoint.
STATEMENTS = 7


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """Let the clock stand still."""
    with clock.frozen(NOW):
        yield


@pytest.fixture
def portal(catalogue: None) -> Portal:  # noqa: ARG001 - asked for its effect
    """A portal for *Mijn toeslagen*, with a basis."""
    return hearing("toeslagen", ALLOWANCES)


@pytest.fixture
def sam(portal: Portal) -> Member:  # noqa: ARG001 - it brings the catalogue
    """Sam, who gets a licence that begins in a week and lasts three days."""
    sam = member(organisation())
    give_licence(by=mia(), member=sam.party_id, terms=terms(first_day=SOON, last_day=LATER), now=NOW)
    tell()
    return sam


def turn(day: date) -> None:
    """Let the worker keep house on this day, and tell."""
    at = NOW + (day - TODAY)
    tell_days(now=at)
    tell(at=at)


def may_use(portal: Portal) -> list[list[str]]:
    return [event.data["diensten"] for event in heard(portal)]


@pytest.mark.usefixtures("sam")
def test_it_tells_on_the_first_day_and_on_the_day_after_the_last(portal: Portal) -> None:
    assert may_use(portal) == [[]]
    for day in (SOON - DAY, SOON, SOON + DAY, LATER):
        turn(day)
    assert may_use(portal) == [[], [ALLOWANCES]]
    for day in (LATER + DAY, LATER + 2 * DAY):
        turn(day)
    assert may_use(portal) == [[], [ALLOWANCES], []]


@pytest.mark.usefixtures("sam")
def test_it_tells_the_end_when_the_worker_was_away_on_both_days(portal: Portal) -> None:
    turn(LATER + 5 * DAY)
    turn(LATER + 6 * DAY)
    assert may_use(portal) == [[], []]


@pytest.mark.usefixtures("sam")
def test_it_is_no_news_after_thirty_days(portal: Portal) -> None:
    turn(LATER + 31 * DAY)
    assert may_use(portal) == [[]]


def test_it_says_nothing_of_a_licence_that_ended_before(sam: Member, portal: Portal) -> None:
    given = Licence.objects.get(member=sam)
    end_licence(by=mia(), licence=given.id, version=given.version, now=NOW + DAY)
    tell(at=NOW + DAY)
    before = len(heard(portal))
    turn(SOON)
    turn(LATER + DAY)
    assert len(heard(portal)) == before


def test_it_tells_the_new_last_day_of_one_that_was_renewed(sam: Member, portal: Portal) -> None:
    turn(SOON)
    given, now = Licence.objects.get(member=sam), NOW + (SOON - TODAY)
    renew_licences(by=mia(), licences={given.id: given.version}, last_day=LATER + 7 * DAY, now=now)
    tell(at=now)
    before = len(heard(portal))
    turn(LATER + DAY)
    assert len(heard(portal)) == before
    turn(LATER + 8 * DAY)
    assert may_use(portal)[before:] == [[]]


def test_it_says_nothing_of_dirk_who_never_logged_in(portal: Portal) -> None:
    dirk = member(organisation())
    Member.objects.filter(party=dirk.party_id).update(bound_at=None, pseudonym_digest="")
    give_licence(by=mia(), member=dirk.party_id, terms=terms(first_day=SOON, last_day=LATER), now=NOW)
    turn(SOON)
    turn(LATER + DAY)
    assert heard(portal) == []


@pytest.mark.usefixtures("sam")
def test_it_is_looked_at_when_the_worker_keeps_house(portal: Portal) -> None:
    at = NOW + (SOON - TODAY)
    with clock.frozen(at):
        Worker(upkeep_due=at, register_due=at + DAY).turn()
    tell(at=at)
    assert may_use(portal)[-1] == [ALLOWANCES]


def test_it_costs_the_same_for_many(portal: Portal, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(5):
        holder = member(organisation(), f"Sam{number}")
        give_licence(by=mia(), member=holder.party_id, terms=terms(first_day=SOON, last_day=LATER), now=NOW)
    OutboxRow.objects.all().delete()
    with django_assert_num_queries(STATEMENTS):
        assert tell_days(now=NOW + (SOON - TODAY)) == 5
    assert OutboxRow.objects.filter(kind=Kind.LICENCE_CHANGED).count() == 5
    assert heard(portal) == []


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL walks through a table of a few rows")
def test_it_looks_along_the_days_only() -> None:
    with CaptureQueriesContext(connection) as asked:
        tell_days(now=NOW)
    plans = [plan_of(one["sql"]) for one in asked.captured_queries]
    assert ["licence_by_first_day" in plans[0], "licence_by_last_day" in plans[1]] == [True, True]


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return " ".join(str(part) for row in cursor.fetchall() for part in row)
