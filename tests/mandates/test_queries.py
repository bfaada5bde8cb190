"""Reading mandates."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from namens.lib.assurance import AssuranceLevel
from namens.mandates import queries
from namens.mandates.actions import report, stop
from namens.mandates.decision import Representative
from namens.mandates.models import ReportKind
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.parties.models import Party, Person
from namens.services.models import Portal
from tests.asking import requested
from tests.people import BSNS, LOW, NOW, TODAY, active, give, terms, told, use_code
from tests.working import mandate_of, organisation

pytestmark = pytest.mark.usefixtures("catalogue")


def test_it_shows_both_parties_their_mandates(anna: Party, bram: Party, dirk: Party) -> None:
    mandate = active(anna, bram)
    assert [list(queries.overview_of(who)) for who in (anna, bram, dirk)] == [[mandate], [mandate], []]


def test_it_shows_the_newest_first(anna: Party, bram: Party, carla: Party) -> None:
    older = give(anna, bram).mandate
    newer = give(anna, carla).mandate
    assert list(queries.overview_of(anna)) == [newer, older]


def test_it_needs_two_statements_for_any_number(
    anna: Party, bram: Party, carla: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for helper in (bram, carla):
        active(anna, helper, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    with django_assert_num_queries(2):
        for mandate in queries.with_lines(list(queries.overview_of(anna))):
            assert mandate.representee.person.name.full
            assert mandate.representative is None or mandate.representative.person.name.full
            assert [line.service.name for line in mandate.shown_lines]


@pytest.mark.parametrize("who", ["carla", "dirk"])
def test_it_shows_a_mandate_to_nobody_else(who: str, anna: Party, bram: Party, request: pytest.FixtureRequest) -> None:
    mandate = active(anna, bram)
    other: Party = request.getfixturevalue(who)
    with pytest.raises(MandateRefused, match=MandateReason.NOT_YOURS):
        queries.mandate_of(other, mandate=mandate.id)


def test_it_gives_the_mandates_part_of_the_journal(anna: Party, bram: Party) -> None:
    active(anna, bram)
    mandate = active(anna, bram)
    events = [entry.event for entry in queries.journal_of(mandate)]
    assert events == ["mandate-activated", "code-issued", "mandate-offered"]


def test_it_finds_every_client_of_a_helper(
    anna: Party,
    bram: Party,
    carla: Party,
    toeslagen: Portal,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    own = [active(anna, bram), use_code(give(carla, bram), bram, bsn=BSNS["carla"])]
    with django_assert_num_queries(2):
        clients = queries.clients_for(
            portal=toeslagen, representative=Representative(bram.id), assurance=LOW, services=["mijn-toeslagen"], at=NOW
        )
    assert [client.name for client in clients] == ["Anna de Vries", "Carla Mulder"]
    assert [client.permits[0].mandate for client in clients] == [mandate.id for mandate in own]


@pytest.mark.parametrize(
    ("services", "level", "days"),
    [
        (["mijn-toeslagen"], None, 0),
        (["mijn-toeslagen"], AssuranceLevel.BASIC, 0),
        (["inkomstenbelasting"], LOW, 0),
        (["onbekend"], LOW, 0),
        ([], LOW, 0),
        (["mijn-toeslagen"], LOW, 365),
    ],
)
def test_it_finds_no_client_whom_the_helper_cannot_act_for(
    services: list[str], level: AssuranceLevel | None, days: int, anna: Party, bram: Party, toeslagen: Portal
) -> None:
    active(anna, bram, what=terms("mijn-toeslagen", "inkomstenbelasting"))
    clients = queries.clients_for(
        portal=toeslagen,
        representative=Representative(bram.id),
        assurance=level,
        services=services,
        at=NOW + timedelta(days=days),
    )
    assert clients == []


def test_it_finds_nobody_for_dirk(anna: Party, bram: Party, dirk: Party, toeslagen: Portal) -> None:
    active(anna, bram)
    asked = ["mijn-toeslagen"]
    assert (
        queries.clients_for(
            portal=toeslagen, representative=Representative(dirk.id), assurance=LOW, services=asked, at=NOW
        )
        == []
    )
    permits = queries.permits_for(
        portal=toeslagen,
        representative=Representative(dirk.id),
        representee=anna.id,
        assurance=LOW,
        services=asked,
        at=NOW,
    )
    assert permits == ()


def test_it_gives_the_permits_of_one_pair_with_one_statement(
    anna: Party, bram: Party, toeslagen: Portal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mandate = active(anna, bram)
    with django_assert_num_queries(1):
        permits = queries.permits_for(
            portal=toeslagen,
            representative=Representative(bram.id),
            representee=anna.id,
            assurance=LOW,
            services=["mijn-toeslagen", "inkomstenbelasting"],
            at=NOW,
        )
    assert [permit.mandate for permit in permits] == [mandate.id]


def test_it_finds_who_must_be_refreshed(anna: Party, bram: Party, carla: Party) -> None:
    active(anna, bram)
    stopped = active(anna, carla)
    stop(mandate=stopped.id, by=anna, now=NOW)
    tomorrow = NOW + timedelta(days=1)
    told(bram, now=tomorrow)
    found = queries.people_with_running_mandates(to_ask_at=tomorrow, today=TODAY)
    assert found == [anna]


def test_it_asks_the_register_about_no_organisation(anna: Party) -> None:
    mandate_of(anna, organisation())
    found = queries.people_with_running_mandates(to_ask_at=NOW + timedelta(days=1), today=TODAY)
    assert found == [anna]


def test_it_finds_first_who_waits_longest(anna: Party, bram: Party) -> None:
    active(anna, bram)
    for party, days in ((anna, 1), (bram, 2)):
        Person.objects.filter(party=party).update(ask_again_at=NOW - timedelta(days=days))
    assert queries.people_with_running_mandates(to_ask_at=NOW, today=TODAY) == [bram, anna]
    assert queries.people_with_running_mandates(to_ask_at=NOW, today=TODAY, most=1) == [bram]


def test_it_finds_nobody_whose_mandate_is_past_its_day(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    day = mandate.last_day + timedelta(days=1)
    assert queries.people_with_running_mandates(to_ask_at=NOW + timedelta(days=400), today=day) == []


def test_it_names_to_a_helper_no_replaced_request_of_which_nobody_said_that_it_met_the_client(
    anna: Party, bram: Party
) -> None:
    requested(anna, bram)
    waiting = give(anna, bram, now=NOW + timedelta(minutes=1)).mandate
    assert queries.replaced_by_activation(mandate=waiting, helper=bram, today=TODAY) == []


def test_it_names_to_a_helper_no_replaced_mandate_that_the_client_reported(anna: Party, bram: Party) -> None:
    report(mandate=active(anna, bram).id, by=anna, kind=ReportKind.UNWANTED, now=NOW)
    waiting = give(anna, bram, now=NOW + timedelta(minutes=1)).mandate
    assert queries.replaced_by_activation(mandate=waiting, helper=bram, today=TODAY) == []
