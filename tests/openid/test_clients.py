"""For which client does a member log in? The list, what is sought in it, and who is never in it."""

from dataclasses import replace

import pytest

from namens.grants.pairwise import pairwise_id
from namens.lib.assurance import AssuranceLevel
from namens.organisations.models import Assignment, LeftOut, Licence, Member, Opening, Team
from namens.parties.facts import PersonName
from namens.parties.models import Party
from namens.services.models import Representation
from tests.openid.crowd import crowd
from tests.openid.relying import RelyingParty, answer_in, registered, terms_of
from tests.openid.test_statements import counted
from tests.people import NOW, TODAY, active, told
from tests.working import licence, mandate_of, member, organisation


@pytest.fixture
def sam(portal: RelyingParty) -> Member:  # noqa: ARG001 - the portal brings the catalogue
    """Sam of Samen Sterk, with a licence for all clients."""
    sam = member(organisation())
    licence(sam)
    return sam


def shown(portal: RelyingParty, who: Member | Party, *, level: AssuranceLevel = AssuranceLevel.SUBSTANTIAL) -> str:
    """Give the list as this visitor sees it at first."""
    portal.ask()
    portal.log_in(who.party if isinstance(who, Member) else who, level=level)
    return listed(portal)


def listed(portal: RelyingParty, query: str = "") -> str:
    response = portal.browser.get(f"{portal.asked_at}{query}")
    assert response.status_code == 200
    return response.content.decode()


def sought(portal: RelyingParty, words: str) -> str:
    """Give the list after a search."""
    response = portal.browser.post(portal.asked_at, {"words": words})
    assert (response.status_code, response["Location"]) == (303, portal.asked_at)
    return listed(portal)


def test_it_shows_each_client_with_year_services_and_last_day(portal: RelyingParty, anna: Party, sam: Member) -> None:
    mandate_of(anna, sam.organisation)
    page = shown(portal, sam)
    assert "Anna de Vries" in page
    assert "Geboren in 1980. Mijn toeslagen, tot en met 31 oktober 2027" in page
    assert f'value="{anna.id}"' in page
    assert "checked" not in page


def test_it_says_what_the_portal_learns(portal: RelyingParty, anna: Party, sam: Member) -> None:
    mandate_of(anna, sam.organisation)
    page = shown(portal, sam)
    assert "Deze site leest dat u voor Samen Sterk werkt, en het KvK-nummer." in page
    assert "Zij krijgt uw naam (Sam B.) en die van uw cliënt." in page
    assert "BSN" not in page


def test_it_comes_in_pages_of_25(portal: RelyingParty, sam: Member) -> None:
    crowd(51, of=sam.organisation)
    first = shown(portal, sam)
    assert first.count('type="radio"') == 25
    assert "Persoon01" in first
    assert "Persoon26" not in first
    assert "?page=2" in first
    third = listed(portal, "?page=3")
    assert ("Persoon51" in third, third.count('type="radio"')) == (True, 1)
    assert "?page=4" not in third
    assert "?page=2" in third


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "²", ""])
def test_it_takes_what_is_no_page_for_the_first(portal: RelyingParty, sam: Member, number: str) -> None:
    crowd(1, of=sam.organisation)
    shown(portal, sam)
    assert "Persoon01" in listed(portal, f"?page={number}")


def test_it_can_be_chosen_from_another_page(portal: RelyingParty, sam: Member) -> None:
    clients = crowd(26, of=sam.organisation)
    shown(portal, sam)
    answer = portal.browser.post(f"{portal.asked_at}?page=2", {"person": str(clients[25].id)})
    assert "code" in answer_in(answer)


def test_it_finds_by_name_without_accents_and_by_year(portal: RelyingParty, anna: Party, sam: Member) -> None:
    crowd(3, of=sam.organisation)
    told(anna, name=PersonName("Anaïs", "", "Özdemir"), born="1948-01-02")
    mandate_of(anna, sam.organisation)
    assert "Özdemir" in shown(portal, sam)
    for words in ("ozdemir", "ANAIS öz", "1948", "özdemir 1948"):
        page = sought(portal, words)
        assert ("Özdemir" in page, page.count('type="radio"')) == (True, 1)
    assert "Er is geen cliënt met deze naam of dit geboortejaar" in sought(portal, "ozdemir 1949")
    assert "Persoon01" in sought(portal, "")


@pytest.mark.parametrize("words", ["%", "_", "\0", "' OR 1=1 --", "é" * 5000])
def test_it_takes_whatever_is_typed(portal: RelyingParty, sam: Member, words: str) -> None:
    crowd(2, of=sam.organisation)
    shown(portal, sam)
    sought(portal, words)


def test_it_puts_what_is_sought_in_no_address(portal: RelyingParty, sam: Member) -> None:
    crowd(60, of=sam.organisation)
    shown(portal, sam)
    page = sought(portal, "achternaam")
    assert "?page=2" in page
    assert "achternaam" not in page.split("?page=2")[1].split('"')[0]


def test_it_forgets_what_was_sought_with_the_login(portal: RelyingParty, sam: Member) -> None:
    crowd(2, of=sam.organisation)
    shown(portal, sam)
    assert "Persoon02" not in sought(portal, "persoon01")
    assert "Persoon02" in shown(portal, sam)


def test_it_shows_the_client_whom_the_portal_meant_first(portal: RelyingParty, sam: Member) -> None:
    clients = crowd(60, of=sam.organisation)
    portal.ask(representee_hint=pairwise_id(clients[50].id, sector=portal.portal.sector))
    portal.log_in(sam.party)
    page = listed(portal)
    assert page.index("Persoon51") < page.index("Persoon01")
    assert page.count("checked") == 1
    assert "Persoon51" not in listed(portal, "?page=2")


def test_it_keeps_who_was_left_out_or_has_no_mandate_here_out(
    portal: RelyingParty, anna: Party, bram: Party, carla: Party, sam: Member
) -> None:
    mandate_of(anna, sam.organisation)
    LeftOut.objects.create(client=anna, member=sam, since=NOW)
    mandate_of(bram, sam.organisation, "parkeervergunning")
    mandate_of(carla, organisation("De Brug"))
    page = shown(portal, sam)
    assert "Er is niemand voor wie u hier nu kunt inloggen." in page
    assert not [name for name in ("Anna", "Bram", "Carla") if name in page]


def test_it_shows_nobody_without_a_licence(portal: RelyingParty, anna: Party, sam: Member) -> None:
    mandate_of(anna, sam.organisation)
    Licence.objects.update(ended_at=NOW)
    page = shown(portal, sam)
    assert "Anna" not in page
    assert "Mijn cliënt staat er niet bij" in page


def test_it_shows_nobody_to_a_login_that_is_too_weak(portal: RelyingParty, anna: Party, sam: Member) -> None:
    mandate_of(anna, sam.organisation)
    assert "Anna" not in shown(portal, sam, level=AssuranceLevel.BASIC)
    assert portal.choose(portal.asked_at, anna).status_code == 400


def test_it_shows_dirk_and_other_organisations_nobody(
    portal: RelyingParty, anna: Party, dirk: Party, sam: Member
) -> None:
    mandate_of(anna, sam.organisation)
    elsewhere = member(organisation("De Brug"), "Carla")
    licence(elsewhere)
    for stranger in (dirk, elsewhere):
        assert "Anna" not in shown(portal, stranger)
        portal.browser.post(portal.asked_at, {"words": "Vries"})
        assert "Anna" not in listed(portal)
        assert portal.choose(portal.asked_at, anna).status_code == 400


def test_it_shows_no_private_client_to_a_member_and_no_client_of_work_at_home(
    portal: RelyingParty, anna: Party, bram: Party, carla: Party
) -> None:
    at_work = member(organisation(), "Bram")
    licence(at_work)
    active(anna, bram)
    mandate_of(carla, organisation())
    assert "Anna" not in (at_the_office := shown(portal, at_work))
    assert "Carla" in at_the_office
    assert "Carla" not in (at_home := shown(portal, bram))
    assert "Anna" in at_home


def test_it_keeps_the_clients_of_other_teams_from_a_licence_of_a_team(
    portal: RelyingParty, anna: Party, bram: Party, sam: Member
) -> None:
    north, south = (Team.objects.create(organisation=sam.organisation, name=name) for name in ("Noord", "Zuid"))
    Licence.objects.update(team=north)
    for client, team in ((anna, south), (bram, north)):
        mandate_of(client, sam.organisation)
        Assignment.objects.create(organisation=sam.organisation, client=client, team=team, since=NOW)
    page = shown(portal, sam)
    assert ("Bram" in page, "Anna" in page) == (True, False)


def test_it_asks_a_reason_for_a_client_of_another_team(portal: RelyingParty, anna: Party, sam: Member) -> None:
    team = Team.objects.create(organisation=sam.organisation, name="Zuid")
    mandate_of(anna, sam.organisation)
    Assignment.objects.create(organisation=sam.organisation, client=anna, team=team, since=NOW)
    page = shown(portal, sam)
    assert "Reden nodig" in page
    assert f'value="{anna.id}"' not in page
    assert f"/werk/clienten/{anna.id}/openen?next=" in page
    assert portal.choose(portal.asked_at, anna).status_code == 400
    Opening.objects.create(member=sam, client=anna, day=TODAY, reason="client-asked", opened_at=NOW)
    assert f'value="{anna.id}"' in listed(portal)
    assert "code" in answer_in(portal.choose(portal.asked_at, anna))


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_lets_no_member_in_where_people_come_for_themselves(anna: Party) -> None:
    own = registered(replace(terms_of("eigen"), representation=Representation.SELF))
    sam = member(organisation())
    licence(sam)
    mandate_of(anna, sam.organisation)
    assert "Anna" not in shown(own, sam)
    assert own.choose(own.asked_at, anna).status_code == 400


def test_it_takes_as_many_statements_for_sixty_clients_as_for_one(portal: RelyingParty, sam: Member) -> None:
    crowd(1, of=sam.organisation)
    one = statements_of_the_list(portal, sam)
    crowd(59, of=sam.organisation, first=2)
    assert statements_of_the_list(portal, sam) == one <= 9


def statements_of_the_list(portal: RelyingParty, sam: Member) -> int:
    portal.ask()
    portal.log_in(sam.party)
    statements: list[str] = []
    with counted(statements):
        listed(portal)
    return len(statements)


def test_it_asks_again_after_no_answer(portal: RelyingParty, sam: Member) -> None:
    crowd(30, of=sam.organisation)
    shown(portal, sam)
    response = portal.browser.post(f"{portal.asked_at}?page=2", {})
    assert response.status_code == 400
    page = response.content.decode()
    assert "Kies voor wie u inlogt" in page
    assert "Persoon26" in page
