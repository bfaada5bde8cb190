"""Teams on the pages."""

from django.test import Client

from namens.organisations.models import Assignment, Member, Team
from namens.parties.models import Party
from tests.counting import statements
from tests.organisations.managing import mia, team
from tests.pages.manager.filling import path
from tests.pages.visiting import send, shown
from tests.people import NOW
from tests.working import licence, member, organisation

TEAMS = path("teams")


def page_of(one: Team, rest: str = "") -> str:
    return f"/organisatie/teams/{one.id}{rest}"


def test_it_says_so_when_there_are_none(at_mia: Client) -> None:
    assert "Er zijn geen teams" in shown(at_mia.get(TEAMS))


def test_it_makes_a_team_and_shows_who_is_in_it(at_mia: Client, sam: Member) -> None:
    response = send(at_mia, path("team-make"), {"name": "Noord"})
    assert "Het team is gemaakt" in shown(at_mia.get(response["Location"]))
    made = Team.objects.get()
    Member.objects.filter(party=sam.party_id).update(team=made)
    licence(member(organisation(), "Vera"), team=made)
    page = shown(at_mia.get(page_of(made)))
    assert "In dit team Sam Bakker" in page
    assert "alleen cliënten van dit team Vera Bakker" in page
    assert "Noord 1 persoon" in shown(at_mia.get(TEAMS))


def test_it_refuses_a_name_that_is_taken_or_cannot_be_read(at_mia: Client) -> None:
    north = team("Noord")
    assert "Er is al een team met deze naam" in shown(send(at_mia, path("team-make"), {"name": "Noord"}))
    assert "Vul de naam van het team in" in shown(send(at_mia, path("team-make"), {"name": " "}))
    assert "Hoogstens" in shown(send(at_mia, path("team-make"), {"name": "x" * 61}))
    south = team("Zuid")
    assert "Er is al een team" in shown(send(at_mia, page_of(south, "/naam"), {"name": north.name}))
    assert Team.objects.count() == 2


def test_it_renames_a_team(at_mia: Client) -> None:
    north = team("Noord")
    send(at_mia, page_of(north, "/naam"), {"name": "Noordoost"})
    assert Team.objects.get().name == "Noordoost"


def test_it_closes_a_team_after_asking_where_people_and_clients_go(at_mia: Client, sam: Member, anna: Party) -> None:
    north, south = team("Noord"), team("Zuid")
    Member.objects.filter(party=sam.party_id).update(team=north)
    Assignment.objects.create(organisation=organisation(), client=anna, team=north, since=NOW)
    page = shown(at_mia.get(page_of(north, "/sluiten")))
    assert "Mensen in dit team: 1." in page
    assert "Cliënten van dit team: 1." in page
    assert "Anna" not in page
    assert "Kies een van de antwoorden" in shown(send(at_mia, page_of(north, "/sluiten"), {}))
    response = send(at_mia, page_of(north, "/sluiten"), {"to": str(south.id)})
    assert "Het team is gesloten" in shown(at_mia.get(response["Location"]))
    assert Member.objects.get(party=sam.party_id).team == south
    assert at_mia.get(page_of(north)).status_code == 404


def test_it_does_not_close_a_team_for_which_licences_run(at_mia: Client, sam: Member) -> None:
    north = team()
    licence(sam, team=north)
    assert "nog licenties voor alleen dit team" in shown(send(at_mia, page_of(north, "/sluiten"), {"to": "none"}))
    assert Team.objects.get().closed_at is None


def test_it_lets_no_manager_bring_clients_to_the_own_team(at_mia: Client) -> None:
    north, south = team("Noord"), team("Zuid")
    Member.objects.filter(party=mia().party_id).update(team=south)
    words = shown(send(at_mia, page_of(north, "/sluiten"), {"to": str(south.id)}))
    assert "U kunt uw eigen team" in words
    assert Team.objects.filter(closed_at__isnull=True).count() == 2


def test_it_costs_the_same_however_many_there_are(at_mia: Client) -> None:
    team("Noord")
    few = statements(lambda: at_mia.get(TEAMS))
    for number in range(20):
        team(f"Team {number}")
    assert statements(lambda: at_mia.get(TEAMS)) == few
