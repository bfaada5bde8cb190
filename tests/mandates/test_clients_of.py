"""The list of an organisation's clients: whom a licence reaches, by name, by birth year, by day, by page."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from namens.mandates.clients_of import ClientOf, Sort, Wanted, Whose, clients_of, grounds_of
from namens.mandates.models import Mandate, MandateService
from namens.organisations.models import Assignment, LeftOut, LicencePause, Member, Opening, Team
from namens.parties.facts import PersonName
from namens.parties.models import Party
from tests.people import NOW, TODAY, services, told
from tests.working import licence, mandate_of, member, organisation

pytestmark = pytest.mark.django_db


def seen(who: Member, wanted: Wanted | None = None, *, days: int = 0) -> list[ClientOf]:
    now = NOW + timedelta(days=days)
    return clients_of(who, grounds=grounds_of(who, now=now), wanted=wanted or Wanted(), now=now)


def names(who: Member, wanted: Wanted | None = None, *, days: int = 0) -> list[str]:
    return [client.name for client in seen(who, wanted, days=days)]


@pytest.fixture
def sam(catalogue: None) -> Member:  # noqa: ARG001 - asked for its effect
    """Sam, who has a licence for *Mijn toeslagen* without a team."""
    sam = member(organisation())
    licence(sam)
    return sam


def test_it_gives_the_clients_by_family_name_in_two_statements(
    sam: Member, anna: Party, bram: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for client in (anna, bram):
        mandate_of(client, sam.organisation)
    with django_assert_num_queries(2):
        found = seen(sam)
    assert [client.name for client in found] == ["Bram Bakker", "Anna de Vries"]
    assert found[1].birth_year == "1980"
    assert found[1].last_day == date(2027, 10, 31)
    assert not found[1].needs_reason


def test_it_gives_nobody_without_a_licence_that_counts(sam: Member, anna: Party) -> None:
    mandate_of(anna, sam.organisation)
    mia = member(sam.organisation, "Mia", is_manager=True)
    assert seen(mia) == []
    given = sam.licences.get()
    LicencePause.objects.create(licence=given, since=NOW, until=NOW + timedelta(days=2))
    assert seen(sam, days=1) == []
    assert names(sam, days=2) == ["Anna de Vries"]
    assert seen(sam, days=365) == []
    given.ended_at = NOW + timedelta(days=3)
    given.save()
    assert seen(sam, days=4) == []


def test_it_gives_nobody_of_another_organisation_and_no_private_mandate(
    sam: Member, anna: Party, bram: Party, dirk: Party
) -> None:
    there = organisation("De Brug")
    carla = member(there, "Carla", is_manager=True)
    licence(carla)
    mandate_of(anna, sam.organisation)
    mandate_of(bram, there)
    private = mandate_of(dirk, sam.organisation)
    Mandate.objects.filter(id=private.id).update(representative=bram)
    MandateService.objects.filter(mandate=private).update(representative=bram)
    assert names(sam) == ["Anna de Vries"]
    assert names(carla) == ["Bram Bakker"]


def test_it_gives_only_what_runs_for_a_service_of_the_licence(
    sam: Member, anna: Party, bram: Party, carla: Party, dirk: Party
) -> None:
    mandate_of(anna, sam.organisation, "inkomstenbelasting")
    Mandate.objects.filter(id=mandate_of(bram, sam.organisation).id).update(state="suspended", suspended_at=NOW)
    stopped = mandate_of(carla, sam.organisation)
    MandateService.objects.filter(mandate=stopped).update(stopped_at=NOW, current=None)
    mandate_of(dirk, sam.organisation, last_day=TODAY)
    assert names(sam) == ["Dirk Smit"]
    assert names(sam, days=1) == []


def test_it_gives_the_clients_of_the_team_of_a_licence_only(sam: Member, anna: Party, bram: Party, dirk: Party) -> None:
    works_for = sam.organisation
    north, south = (Team.objects.create(organisation=works_for, name=name) for name in ("Noord", "Zuid"))
    vera = member(works_for, "Vera", team=south)
    licence(vera, team=north)
    for client, team in ((anna, north), (bram, south), (dirk, None)):
        mandate_of(client, works_for)
        Assignment.objects.create(organisation=works_for, client=client, team=team, member=sam, since=NOW)
    [found] = seen(vera)
    assert (found.name, found.needs_reason, found.team_name) == ("Anna de Vries", False, "Noord")
    assert (found.keeper, found.keeper_name) == (sam.party_id, "Sam Bakker")


def test_it_shows_no_days_of_another_teams_client_until_a_reason_was_given_today(
    sam: Member, anna: Party, bram: Party
) -> None:
    works_for = sam.organisation
    north, south = (Team.objects.create(organisation=works_for, name=name) for name in ("Noord", "Zuid"))
    Member.objects.filter(party_id=sam.party_id).update(team=south)
    sam.team = south
    for client, team in ((anna, north), (bram, south)):
        mandate_of(client, works_for)
        Assignment.objects.create(organisation=works_for, client=client, team=team, since=NOW)
    by_name = {client.name: client for client in seen(sam)}
    assert by_name["Anna de Vries"].needs_reason
    assert by_name["Anna de Vries"].last_day is None
    assert by_name["Anna de Vries"].newest is None
    assert not by_name["Bram Bakker"].needs_reason
    assert names(sam, Wanted(reached_now=True)) == ["Bram Bakker"]
    assert names(sam, Wanted(whose=Whose.TEAM)) == ["Bram Bakker"]
    assert names(sam, Wanted(ends_by=date(2030, 1, 1))) == ["Bram Bakker"]
    Opening.objects.create(member=sam, client=anna, day=TODAY, reason="urgent", opened_at=NOW)
    assert names(sam, Wanted(reached_now=True)) == ["Bram Bakker", "Anna de Vries"]
    assert names(sam, Wanted(reached_now=True), days=1) == ["Bram Bakker"]


def test_it_leaves_out_who_does_not_want_this_member(sam: Member, anna: Party) -> None:
    mandate_of(anna, sam.organisation)
    left_out = LeftOut.objects.create(client=anna, member=sam, since=NOW)
    assert seen(sam) == []
    left_out.until = NOW
    left_out.save()
    assert names(sam) == ["Anna de Vries"]


def test_it_finds_by_parts_of_a_name_without_accents_and_by_birth_year(sam: Member, anna: Party, bram: Party) -> None:
    told(bram, name=PersonName("Şükrü Çağla", "van 't", "Özdemir-O'Brien"), born="1955")
    for client in (anna, bram):
        mandate_of(client, sam.organisation)
    for typed in ("vries", "VRIES anna", "de Vries, Anna", "1980", "vries 1980"):
        assert names(sam, Wanted(typed=typed)) == ["Anna de Vries"], typed
    for typed in ("ozdemir", "Özdemir", "sukru 1955", "obrien", "o’brien", "cagla", "van 't ozdemir"):
        assert names(sam, Wanted(typed=typed)) == ["Şükrü van 't Özdemir-O'Brien"], typed
    for typed in ("198", "vries 1955", "%", "_", "'; --", "anna bram"):
        assert names(sam, Wanted(typed=typed)) == ([] if typed[:1].isalnum() else names(sam)), typed


def test_it_narrows_and_sorts(sam: Member, anna: Party, bram: Party, dirk: Party) -> None:
    works_for = sam.organisation
    vera = member(works_for, "Vera")
    mandate_of(anna, works_for, last_day=date(2026, 12, 20))
    mandate_of(bram, works_for, last_day=date(2027, 5, 1), now=NOW - timedelta(days=9))
    mandate_of(dirk, works_for, last_day=date(2027, 1, 1), now=NOW - timedelta(days=10))
    Assignment.objects.create(organisation=works_for, client=anna, member=sam, since=NOW - timedelta(days=8))
    Assignment.objects.create(organisation=works_for, client=dirk, member=vera, since=NOW)
    assert names(sam, Wanted(whose=Whose.MINE)) == ["Anna de Vries"]
    assert names(sam, Wanted(sort=Sort.LAST_DAY)) == ["Anna de Vries", "Dirk Smit", "Bram Bakker"]
    assert names(sam, Wanted(sort=Sort.NEWEST)) == ["Anna de Vries", "Bram Bakker", "Dirk Smit"]
    assert names(sam, Wanted(ends_by=date(2026, 12, 23))) == ["Anna de Vries"]
    assert names(sam, Wanted(news_since=NOW - timedelta(days=1))) == ["Dirk Smit", "Anna de Vries"]
    assert names(sam, Wanted(among=[bram.id, anna.id])) == ["Bram Bakker", "Anna de Vries"]
    now = NOW
    grounds = grounds_of(sam, now=now)
    second = clients_of(sam, grounds=grounds, wanted=Wanted(), now=now, start=1, most=1)
    assert [client.name for client in second] == ["Dirk Smit"]


def test_it_counts_the_end_of_the_newest_line_of_a_service(sam: Member, anna: Party) -> None:
    older = mandate_of(anna, sam.organisation, last_day=TODAY + timedelta(days=5))
    MandateService.objects.filter(mandate=older).update(current=None)
    newer = mandate_of(anna, sam.organisation)
    Mandate.objects.filter(id=newer.id).update(first_day=TODAY + timedelta(days=6))
    [found] = seen(sam)
    assert found.last_day == date(2027, 10, 31)
    assert names(sam, Wanted(ends_by=TODAY + timedelta(days=30))) == []


def test_it_can_be_limited_to_what_a_portal_offers_and_what_has_begun(sam: Member, anna: Party) -> None:
    mandate = mandate_of(anna, sam.organisation)
    toeslagen, belasting = (frozenset({one.id}) for one in services("mijn-toeslagen", "inkomstenbelasting"))
    assert names(sam, Wanted(services=toeslagen, begun=True)) == ["Anna de Vries"]
    assert names(sam, Wanted(services=belasting)) == []
    assert names(sam, Wanted(services=frozenset())) == []
    Mandate.objects.filter(id=mandate.id).update(first_day=TODAY + timedelta(days=6))
    assert names(sam, Wanted(services=toeslagen)) == ["Anna de Vries"]
    assert names(sam, Wanted(services=toeslagen, begun=True)) == []
