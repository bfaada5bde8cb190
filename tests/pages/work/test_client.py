"""One client of the organisation: who may see them, with which reason, and what can be done."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.organisations.models import Assignment, LeftOut, Member, Opening, Organisation, Team
from namens.outbox.models import Kind, OutboxRow
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.visiting import arrive, send, shown, title
from tests.people import NOW, of, told_portals
from tests.working import licence, mandate_of, member, organisation


@pytest.fixture
def mandate(anna: Party, samen_sterk: Organisation) -> Mandate:
    """Anna's mandate in the name of Samen Sterk."""
    return mandate_of(anna, samen_sterk)


def page_of(client: Party, *rest: str) -> str:
    return "/".join(["/werk/clienten", str(client.id), *rest])


def of_team(client: Party, team: Team, who: Member | None = None) -> Assignment:
    works_for = team.organisation
    return Assignment.objects.create(organisation=works_for, client=client, team=team, member=who, since=NOW)


def assigned(client: Party) -> Assignment:
    return Assignment.objects.get(client=client, until__isnull=True)


def test_it_shows_a_client_to_a_member_whose_licence_reaches_them(
    at_sam: Client, anna: Party, mandate: Mandate, vera: Member
) -> None:
    Assignment.objects.create(organisation=vera.organisation, client=anna, member=vera, since=NOW)
    page = at_sam.get(page_of(anna))
    assert "Anna de Vries Een cliënt van Samen Sterk. Geboortejaar 1980 Vaste helper Vera Visser" in shown(page)
    assert "Actief Tot en met 31 oktober 2027." in shown(page)
    assert title(page) == "Een cliënt · Samen Sterk · Namens"
    assert str(mandate.id) in page.content.decode()


def test_it_asks_a_reason_outside_the_own_team_and_shows_nothing_before(
    at_sam: Client, anna: Party, mandate: Mandate, north: Team
) -> None:
    of_team(anna, north)
    response = at_sam.get(page_of(anna))
    assert response["Location"] == page_of(anna, "openen")
    page = shown(at_sam.get(page_of(anna, "openen")))
    assert "Deze cliënt hoort bij team Noord. U kunt deze cliënt vandaag helpen als u een reden geeft." in page
    assert "Anna" not in page
    assert "Kies een van de antwoorden" in shown(send(at_sam, page_of(anna, "openen"), {"reason": "zomaar"}))
    for rest in (("overnemen",), ("machtigingen", str(mandate.id), "stoppen")):
        assert send(at_sam, page_of(anna, *rest))["Location"] == page_of(anna, "openen")
    assert of(mandate).state == "active"
    assert not Opening.objects.exists()


def test_it_opens_a_client_for_one_day_and_the_client_reads_why(
    at_sam: Client, at_anna: Client, sam: Member, anna: Party, mandate: Mandate, north: Team
) -> None:
    of_team(anna, north)
    for reason in ("client-asked", "urgent"):
        assert send(at_sam, page_of(anna, "openen"), {"reason": reason})["Location"] == page_of(anna)
    assert "Anna de Vries" in shown(at_sam.get(page_of(anna)))
    entry = JournalEntry.objects.get(event=Event.CLIENT_OPENED)
    assert (entry.actor, entry.subject, entry.details["reason"]) == (sam.party_id, anna.id, "client-asked")
    told = "Sam B., medewerker van Samen Sterk (naam volgens de organisatie) bekeek uw gegevens, omdat u om hulp vroeg."
    assert told in shown(at_anna.get(f"/mijn-machtigingen/{mandate.id}"))
    with clock.frozen(NOW + timedelta(days=1)):
        assert arrive(sam.party).get(page_of(anna))["Location"] == page_of(anna, "openen")


@pytest.mark.usefixtures("mandate")
def test_it_goes_on_to_where_the_member_came_from(at_sam: Client, anna: Party, north: Team) -> None:
    of_team(anna, north)
    path = page_of(anna, "openen")
    assert 'value="/kiezen?a=1"' in at_sam.get(f"{path}?next=/kiezen%3Fa%3D1").content.decode()
    for wanted in ("https://elders.example/", "//elders.example", "javascript:alert(1)"):
        assert send(at_sam, path, {"reason": "urgent", "next": wanted})["Location"] == page_of(anna)
    assert send(at_sam, path, {"reason": "urgent", "next": "/kiezen"})["Location"] == "/kiezen"


def test_it_opens_nothing_for_a_client_of_another_team_with_a_team_licence(
    at_vera: Client, anna: Party, mandate: Mandate, south: Team
) -> None:
    of_team(anna, south)
    for path in (page_of(anna), page_of(anna, "openen"), page_of(anna, "machtigingen", str(mandate.id), "stoppen")):
        response = send(at_vera, path, {"reason": "urgent"}) if path != page_of(anna) else at_vera.get(path)
        assert response.status_code == 403
        assert "Deze cliënt hoort bij een ander team." in shown(response)
        assert "Anna" not in shown(response)
    assert not Opening.objects.exists()


def test_it_refuses_a_manager_who_opens_the_file_of_an_ex(
    at_mia: Client, at_anna: Client, mia: Member, anna: Party, mandate: Mandate, north: Team
) -> None:
    """Without a licence there is nothing to see; with one of another team only with a reason, which Anna reads."""
    of_team(anna, north)
    for path in (page_of(anna), page_of(anna, "openen"), page_of(anna, "overnemen")):
        page = at_mia.get(path)
        assert page.status_code == 403
        assert "U hebt nu geen licentie waarmee u deze cliënt kunt helpen." in shown(page)
        assert "Anna" not in shown(page)
    assert send(at_mia, page_of(anna, "openen"), {"reason": "urgent"}).status_code == 403
    assert not Opening.objects.exists()
    licence(mia)
    assert at_mia.get(page_of(anna))["Location"] == page_of(anna, "openen")
    send(at_mia, page_of(anna, "openen"), {"reason": "urgent"})
    assert "Anna de Vries" in shown(at_mia.get(page_of(anna)))
    assert "Mia M., medewerker van Samen Sterk" in shown(at_anna.get(f"/mijn-machtigingen/{mandate.id}"))


def test_it_keeps_out_whom_the_client_left_out(
    at_sam: Client, sam: Member, anna: Party, mandate: Mandate, north: Team
) -> None:
    of_team(anna, north)
    LeftOut.objects.create(client=anna, member=sam, since=NOW)
    for path in (page_of(anna), page_of(anna, "openen"), page_of(anna, "overnemen")):
        page = at_sam.get(path)
        assert page.status_code == 403
        assert "Deze cliënt wil niet door u geholpen worden." in shown(page)
    assert send(at_sam, page_of(anna, "machtigingen", str(mandate.id), "stoppen")).status_code == 403
    assert of(mandate).state == "active"


@pytest.mark.parametrize("rest", [(), ("openen",), ("overnemen",), ("machtigingen", "{mandate}", "stoppen")])
def test_it_finds_no_clients_of_another_organisation(
    at_carla: Client, at_dirk: Client, anna: Party, mandate: Mandate, rest: tuple[str, ...]
) -> None:
    path = page_of(anna, *(part.format(mandate=mandate.id) for part in rest))
    assert at_carla.get(path).status_code == 404
    assert at_dirk.get(path)["Location"] == reverse("signin:elsewhere")
    if rest:
        assert send(at_carla, path, {"reason": "urgent"}).status_code == 404
        assert send(at_dirk, path, {"reason": "urgent"})["Location"] == reverse("signin:elsewhere")
    assert of(mandate).state == "active"


def test_it_finds_nobody_for_a_guessed_number_or_a_mandate_of_somebody_else(
    at_sam: Client, anna: Party, bram: Party, dirk: Party, mandate: Mandate
) -> None:
    elsewhere = mandate_of(bram, organisation("De Brug"))
    assert at_sam.get(f"/werk/clienten/{uuid4()}").status_code == 404
    assert at_sam.get(page_of(bram)).status_code == 404
    assert at_sam.get(page_of(dirk)).status_code == 404
    assert send(at_sam, page_of(anna, "machtigingen", str(elsewhere.id), "stoppen")).status_code == 404
    assert {of(elsewhere).state, of(mandate).state} == {"active"}


def test_it_shows_nothing_any_more_once_nothing_runs(at_sam: Client, anna: Party, mandate: Mandate) -> None:
    Mandate.objects.filter(id=mandate.id).update(state="suspended", suspended_at=NOW)
    assert at_sam.get(page_of(anna)).status_code == 404


def test_it_stops_a_mandate_in_the_name_of_the_member(
    at_sam: Client, sam: Member, anna: Party, mandate: Mandate
) -> None:
    path = page_of(anna, "machtigingen", str(mandate.id), "stoppen")
    assert "Wilt u stoppen met het helpen van Anna de Vries?" in shown(at_sam.get(path))
    assert of(mandate).state == "active"
    page = at_sam.get(send(at_sam, path)["Location"])
    assert "Het is gestopt" in shown(page)
    assert "Anna" not in shown(page)
    assert of(mandate).end_reason == "stopped-by-representative"
    assert JournalEntry.objects.get(event=Event.MANDATE_STOPPED).actor == sam.party_id
    assert OutboxRow.objects.filter(kind=Kind.LETTER, party=anna.id).count() == 1
    assert told_portals().count() == 1
    assert send(at_sam, path).status_code == 404


def test_it_lets_nobody_stop_what_the_licence_is_not_for(
    at_sam: Client, anna: Party, samen_sterk: Organisation
) -> None:
    wide = mandate_of(anna, samen_sterk, "mijn-toeslagen", "inkomstenbelasting")
    assert "stoppen" not in at_sam.get(page_of(anna)).content.decode()
    assert send(at_sam, page_of(anna, "machtigingen", str(wide.id), "stoppen")).status_code == 404
    assert of(wide).state == "active"


def test_it_lets_a_member_take_a_client_over_and_tells_the_client(
    at_sam: Client,
    at_anna: Client,
    sam: Member,
    vera: Member,
    anna: Party,
    mandate: Mandate,
    south: Team,
    settings: Settings,
) -> None:
    settings.MAILER = "smtp"
    of_team(anna, south, vera)
    page = shown(at_sam.get(page_of(anna, "overnemen")))
    assert "Wilt u vanaf nu de vaste helper van Anna de Vries zijn? Nu is dat Vera Visser." in page
    assert assigned(anna).member == vera
    for _ in range(2):
        assert send(at_sam, page_of(anna, "overnemen"))["Location"] == page_of(anna)
    assert (assigned(anna).member, assigned(anna).team) == (sam, south)
    assert Assignment.objects.filter(client=anna).count() == 2
    assert JournalEntry.objects.filter(event=Event.CLIENT_TAKEN_OVER).count() == 1
    assert OutboxRow.objects.filter(kind=Kind.EMAIL, party=anna.id).count() == 1
    assert told_portals().count() == 0
    assert "Vaste helper U" in shown(at_sam.get(page_of(anna)))
    assert "is vanaf nu uw vaste helper bij deze organisatie." in shown(at_anna.get(f"/mijn-machtigingen/{mandate.id}"))


def test_it_takes_a_client_of_another_team_along_to_the_own_team(
    at_sam: Client, sam: Member, vera: Member, anna: Party, mandate: Mandate, north: Team, south: Team
) -> None:
    of_team(anna, north, vera)
    send(at_sam, page_of(anna, "openen"), {"reason": "colleague-away"})
    page = shown(at_sam.get(page_of(anna, "overnemen")))
    assert "De cliënt gaat weg bij team Noord." in page
    assert "De cliënt komt bij uw team: Zuid." in page
    send(at_sam, page_of(anna, "overnemen"))
    assert (assigned(anna).member, assigned(anna).team) == (sam, south)
    assert [row.payload["mandate"] for row in told_portals()] == [str(mandate.id)]
    with clock.frozen(NOW + timedelta(days=1)):
        assert arrive(sam.party).get(page_of(anna)).status_code == 200
        assert arrive(vera.party).get(page_of(anna)).status_code == 403


@pytest.mark.usefixtures("mandate")
def test_it_leaves_a_client_in_the_team_that_a_licence_is_for(
    samen_sterk: Organisation, anna: Party, north: Team, south: Team
) -> None:
    kees = member(samen_sterk, "Kees", team=south)
    licence(kees, team=north)
    of_team(anna, north)
    at_kees = arrive(kees.party)
    send(at_kees, page_of(anna, "overnemen"))
    assert (assigned(anna).member, assigned(anna).team) == (kees, north)
    assert at_kees.get(page_of(anna)).status_code == 200


@pytest.mark.usefixtures("mandate")
def test_it_brings_a_client_of_nobody_to_the_own_team(at_sam: Client, sam: Member, anna: Party, south: Team) -> None:
    send(at_sam, page_of(anna, "overnemen"))
    assert (assigned(anna).member, assigned(anna).team) == (sam, south)


@pytest.mark.usefixtures("mandate")
def test_it_needs_few_statements(at_sam: Client, anna: Party) -> None:
    at_sam.get(page_of(anna))
    assert statements(lambda: at_sam.get(page_of(anna))) <= 9
