"""The one statement of an overview says the same as the query sets, and shows as much as a card needs."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from namens.lib import clock
from namens.mandates import queries
from namens.mandates.actions import report, stop
from namens.mandates.models import Mandate, MandateService, Origin, ReportKind
from namens.mandates.overview import Listed, Stretch, lists_of
from namens.mandates.states import EndReason, State
from namens.organisations.naming import name_of
from namens.parties.models import Party
from namens.services.models import CatalogueVersion, Service
from tests.people import BSNS, NOW, TODAY, active, give, terms, use_code
from tests.working import mandate_of, organisation

pytestmark = pytest.mark.usefixtures("catalogue")

ALL = dict.fromkeys(Listed, Stretch(skipped=0, length=1000))
OF_A_STATE: Mapping[State, Mapping[str, object]] = {
    State.REQUESTED: {"duration": "1-year", "waits_until": TODAY},
    State.SUSPENDED: {"suspended_at": NOW},
    State.ENDED: {"ended_at": NOW, "end_reason": EndReason.WITHDRAWN},
}
RUNS = {State.ACTIVE, State.SUSPENDED}


def lists(party: Party, *, today: date = TODAY) -> dict[Listed, list[Mandate]]:
    return lists_of(party, today=today, stretches=ALL)


def by_query_sets(party: Party, *, today: date = TODAY) -> dict[Listed, list[Mandate]]:
    """Read the same lists as other pages read theirs."""
    every = queries.overview_of(party)
    given, held = Q(representee=party), Q(representative=party, activated_at__isnull=False)
    found = {
        Listed.HELPERS: queries.running_or_waiting(every.filter(given), viewer=party, today=today),
        Listed.CLIENTS: queries.running_or_waiting(every.filter(held), viewer=party, today=today),
        Listed.EARLIER: queries.over(every.filter(given | held), viewer=party, today=today),
    }
    return {
        listed: queries.seen_by(party, mandates=queries.with_lines(list(mandates)))
        for listed, mandates in found.items()
    }


def content(mandates: dict[Listed, list[Mandate]]) -> dict[Listed, list[tuple[object, ...]]]:
    return {listed: [of_one(mandate) for mandate in found] for listed, found in mandates.items()}


def of_one(mandate: Mandate) -> tuple[object, ...]:
    """Give all that a card can say of a mandate."""
    lines = [(line.id, line.service.name, line.last_day, line.stopped_at) for line in mandate.shown_lines]
    days = (mandate.first_day, mandate.last_day, mandate.waits_until)
    moments = (mandate.offered_at, mandate.suspended_at, mandate.ended_at)
    helper = mandate.representative.person.name if mandate.representative else None
    people = (mandate.representee_id, mandate.representative_id, mandate.representee.person.name, helper)
    return mandate.id, mandate.origin, mandate.state, mandate.end_reason, people, days, moments, lines


def kinds() -> Iterator[dict[str, object]]:
    """Give every sort of mandate that there can be."""
    for state, ahead, activated, stopped in product(State, (-1, 0, 1), (NOW, None), (NOW, None)):
        if activated is not None or state not in RUNS:
            day = TODAY + timedelta(days=ahead)
            yield {
                "state": state,
                "first_day": TODAY - timedelta(days=3),
                "last_day": day,
                "activated_at": activated,
                "suspended_at": stopped,
                **OF_A_STATE.get(state, {}),
            }


def keep(giver: Party, helper: Party | None, number: int, fields: dict[str, object]) -> None:
    """Write a mandate, and its lines for two services, of which one was stopped before."""
    offered_at = NOW - timedelta(minutes=number // 2)
    mandate = Mandate.objects.create(
        **{"representee": giver, "representative": helper, "offered_at": offered_at, "origin": Origin.GIVEN, **fields},
        level_given="low",
    )
    for service in Service.objects.all()[:2]:
        MandateService.objects.create(
            mandate=mandate,
            service=service,
            version=CatalogueVersion.objects.get(),
            representee=giver,
            representative=helper,
            last_day=mandate.last_day,
            minimum_level="low",
            stopped_at=NOW - timedelta(days=1) if service.position % 2 else None,
        )


def test_it_says_the_same_as_the_query_sets(anna: Party, bram: Party, carla: Party, dirk: Party) -> None:
    for number, fields in enumerate(kinds()):
        for giver, helper in ((anna, bram), (bram, anna), (anna, carla)):
            keep(giver, helper, number, fields)
        if fields["state"] not in RUNS and fields["activated_at"] is None:
            keep(anna, None, number, fields)
    for party in (anna, bram, carla, dirk):
        assert content(lists(party)) == content(by_query_sets(party))
        tomorrow = TODAY + timedelta(days=1)
        assert content(lists(party, today=tomorrow)) == content(by_query_sets(party, today=tomorrow))
    assert all(lists(anna).values())


def test_it_gives_dirk_nothing(anna: Party, bram: Party, dirk: Party) -> None:
    active(anna, bram)
    give(anna, None, what=terms(last_day=TODAY + timedelta(days=30)))
    assert lists(dirk) == {listed: [] for listed in Listed}


def test_it_does_not_tell_a_helper_what_still_waits(anna: Party, bram: Party) -> None:
    waiting = give(anna, bram).mandate
    assert lists(bram)[Listed.CLIENTS] == []
    assert lists(anna)[Listed.HELPERS] == [waiting]


def test_it_shows_a_helper_what_was_reported_as_stopped(anna: Party, bram: Party) -> None:
    reported = active(anna, bram)
    report(mandate=reported.id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    (seen,) = lists(bram)[Listed.EARLIER]
    assert (seen.state, seen.ended_at) == (State.ENDED, NOW)
    (own,) = lists(anna)[Listed.HELPERS]
    assert own.state == State.SUSPENDED


def test_it_gives_each_list_its_own_stretch(anna: Party, bram: Party, carla: Party) -> None:
    replaced, newer = active(anna, bram), active(anna, carla, now=NOW + timedelta(minutes=1))
    ended = active(anna, bram, now=NOW + timedelta(minutes=2))
    stop(mandate=ended.id, by=anna, now=NOW + timedelta(minutes=3))
    newest = active(anna, bram, now=NOW + timedelta(minutes=4))
    stretches = {Listed.HELPERS: Stretch(1, 5), Listed.CLIENTS: Stretch(0, 5), Listed.EARLIER: Stretch(0, 1)}
    found = lists_of(anna, today=TODAY, stretches=stretches)
    assert found == {Listed.HELPERS: [newer], Listed.CLIENTS: [], Listed.EARLIER: [ended]}
    assert lists(anna)[Listed.HELPERS] == [newest, newer]
    assert lists(anna)[Listed.EARLIER] == [ended, replaced]


def test_it_needs_one_statement_for_everything(
    anna: Party, bram: Party, carla: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    use_code(give(carla, bram), bram, bsn=BSNS["carla"])
    give(bram, None, what=terms(last_day=clock.day_of(NOW) + timedelta(days=30)))
    with django_assert_num_queries(1):
        found = content(lists(bram))
    assert [len(found[listed]) for listed in Listed] == [1, 2, 0]


def test_it_names_an_organisation_that_helps(anna: Party, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    given = mandate_of(anna, organisation())
    with django_assert_num_queries(1):
        (shown,) = lists(anna)[Listed.HELPERS]
        assert shown.representative is not None
        assert name_of(shown.representative) == "Samen Sterk"
    assert shown == given


def test_it_makes_each_service_and_each_person_once(anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms("mijn-toeslagen"))
    active(anna, bram, what=terms("inkomstenbelasting", "mijn-toeslagen"))
    shown = [one for mandates in lists(bram).values() for one in mandates]
    assert len({id(one.representee) for one in shown}) == 1
    services = [line.service for one in shown for line in one.shown_lines]
    assert len({id(service) for service in services}) == len(set(services)) == 2
