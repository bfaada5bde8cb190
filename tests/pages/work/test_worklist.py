"""The work list: whom a licence reaches, what has to be done, and how one finds somebody."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.organisations.models import Assignment, Member, Organisation, Team
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.visiting import arrive, send, shown, title
from tests.people import NOW, TODAY, active
from tests.working import client_called, licence, mandate_of, member

ALL = "/werk?list=all"


def look(browser: Client, words: str) -> str:
    """Search, and give what comes."""
    return shown(browser.get(send(browser, "/werk/zoeken", {"words": words})["Location"]))


def assign(client: Party, works_for: Organisation, *, who: Member | None = None, team: Team | None = None) -> None:
    """Say whose client this is, since long ago."""
    since = NOW - timedelta(days=90)
    Assignment.objects.create(organisation=works_for, client=client, member=who, team=team, since=since)


def test_it_says_for_which_organisation(at_sam: Client) -> None:
    page = at_sam.get("/werk")
    assert title(page) == "Werklijst · Samen Sterk · Namens"
    assert "U werkt hier voor Samen Sterk." in shown(page)


def test_it_shows_a_client_with_services_last_day_and_whose_it_is(
    at_sam: Client, anna: Party, samen_sterk: Organisation, vera: Member, south: Team
) -> None:
    mandate_of(anna, samen_sterk, last_day=date(2026, 12, 20))
    assign(anna, samen_sterk, who=vera, team=south)
    row = "Anna de Vries 1980 Loopt af over 27 dagen 20 december 2026 Mijn toeslagen Vera Visser, Zuid"
    assert row in shown(at_sam.get(ALL))
    assert row in shown(at_sam.get("/werk?list=ends&whose=team"))
    assert "In deze lijst staat niemand." in shown(at_sam.get("/werk?list=ends"))


def test_it_shows_of_another_teams_client_only_who_it_is(
    at_sam: Client, anna: Party, samen_sterk: Organisation, north: Team
) -> None:
    mandate_of(anna, samen_sterk, last_day=date(2026, 12, 20))
    assign(anna, samen_sterk, team=north)
    page = at_sam.get(ALL)
    assert "Anna de Vries 1980 Reden nodig Nog niemand, Noord" in shown(page)
    assert "20 december" not in shown(page)
    assert f"/werk/clienten/{anna.id}/openen" in page.content.decode()
    assert "Verlenging vragen" not in shown(page)
    for tab in ("today", "ends"):
        assert "Anna" not in shown(at_sam.get(f"/werk?list={tab}&whose=all"))


def test_it_shows_a_member_with_a_team_licence_that_teams_clients_only(
    at_vera: Client, anna: Party, bram: Party, dirk: Party, samen_sterk: Organisation, north: Team, south: Team
) -> None:
    for client, team in ((anna, north), (bram, south), (dirk, None)):
        mandate_of(client, samen_sterk)
        assign(client, samen_sterk, team=team)
    page = shown(at_vera.get(ALL))
    assert "Anna de Vries" in page
    assert "Bram" not in page
    assert "Dirk" not in page
    assert "Bram" not in look(at_vera, "bakker")


def test_it_shows_managers_members_and_no_clients(
    at_mia: Client, anna: Party, samen_sterk: Organisation, mia: Member
) -> None:
    mandate_of(anna, samen_sterk)
    for path in ("/werk", ALL, "/werk?list=ends&whose=all", "/werk?list=code&whose=all"):
        page = shown(at_mia.get(path))
        assert "U hebt nu geen licentie" in page
        assert "Vraag een licentie aan een beheerder van uw organisatie: Mia Meijer" in page
        assert "Anna" not in page
    assert "Anna" not in look(at_mia, "vries")
    licence(mia)
    assert "Anna de Vries" in shown(at_mia.get(ALL))


def test_it_shows_an_ex_employee_nothing_from_the_next_click_on(
    at_sam: Client, sam: Member, anna: Party, samen_sterk: Organisation
) -> None:
    mandate_of(anna, samen_sterk)
    assert "Anna" in shown(at_sam.get(ALL))
    sam.ended_at = NOW
    sam.save()
    for path in ("/werk", ALL, f"/werk/clienten/{anna.id}", f"/werk/clienten/{anna.id}/openen"):
        response = at_sam.get(path)
        assert response["Location"].startswith(reverse("signin:start", args=["eherkenning"]))


def test_it_keeps_private_mandates_out_of_work(
    at_sam: Client, anna: Party, bram: Party, samen_sterk: Organisation
) -> None:
    private = active(anna, bram)
    assert "Anna" not in shown(at_sam.get(ALL))
    assert "Anna" not in look(at_sam, "vries")
    assert at_sam.get(f"/werk/clienten/{anna.id}").status_code == 404
    mandate_of(anna, samen_sterk)
    assert str(private.id) not in at_sam.get(f"/werk/clienten/{anna.id}").content.decode()


def test_it_refuses_dirk_and_shows_carla_nothing_of_another_organisation(
    at_dirk: Client, at_carla: Client, anna: Party, samen_sterk: Organisation
) -> None:
    mandate_of(anna, samen_sterk)
    assert at_dirk.get("/werk")["Location"] == reverse("signin:elsewhere")
    assert send(at_dirk, "/werk/zoeken", {"words": "vries"})["Location"] == reverse("signin:elsewhere")
    assert "Anna" not in shown(at_carla.get(ALL))
    assert "Anna" not in look(at_carla, "vries")


def test_it_sends_who_is_not_logged_in_to_the_door() -> None:
    for path in ("/werk", ALL):
        response = Client().get(path)
        assert response.status_code == 302
        assert "next=%2Fwerk" in response["Location"]


def test_it_keeps_a_name_that_is_sought_out_of_the_address(
    at_sam: Client, anna: Party, bram: Party, samen_sterk: Organisation
) -> None:
    for client in (anna, bram):
        mandate_of(client, samen_sterk)
    answer = send(at_sam, "/werk/zoeken", {"words": "  Vriés "})
    assert answer["Location"] == ALL
    page = at_sam.get(ALL)
    assert "U ziet alleen cliënten die passen bij “Vriés”." in shown(page)
    assert "Anna de Vries" in shown(page)
    assert "Bram" not in shown(page)
    assert "Vri" not in title(page)
    assert "Bram" in shown(at_sam.get(send(at_sam, "/werk/zoeken")["Location"]))
    assert "We vonden niemand." in look(at_sam, "zzz")


@pytest.mark.parametrize("words", ["\0", "%", "';--", "a" * 5000, "ـ", "<script>"])
def test_it_takes_whatever_is_typed(at_sam: Client, words: str) -> None:
    page = at_sam.get(send(at_sam, "/werk/zoeken", {"words": words})["Location"])
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


@pytest.mark.parametrize("query", ["list=x&whose=y&sort=z", "page=0", "page=99999", "page=-1", "page=1e9", "tick=no"])
def test_it_shows_the_usual_list_for_an_address_that_somebody_changed(at_sam: Client, query: str) -> None:
    assert at_sam.get(f"/werk?{query}").status_code == 200


def test_it_shows_today_what_is_new_and_what_ends_within_a_week(
    at_sam: Client, sam: Member, anna: Party, bram: Party, dirk: Party, samen_sterk: Organisation
) -> None:
    friday = NOW - timedelta(days=3)
    mandate_of(anna, samen_sterk, now=friday)
    mandate_of(bram, samen_sterk, now=friday - timedelta(days=1))
    mandate_of(dirk, samen_sterk, last_day=TODAY + timedelta(days=7), now=NOW - timedelta(days=90))
    for client in (anna, bram, dirk):
        assign(client, samen_sterk, who=sam)
    page = shown(at_sam.get("/werk"))
    assert "Anna de Vries 1980 Nieuw" in page
    assert "Dirk Smit 1980 Loopt af over 7 dagen" in page
    assert "Bram" not in page


def test_it_divides_a_long_list_into_pages(at_sam: Client, samen_sterk: Organisation) -> None:
    for number in range(27):
        mandate_of(client_called(f"Naam{number:02}"), samen_sterk)
    first, second = shown(at_sam.get(ALL)), shown(at_sam.get("/werk?list=all&page=2"))
    assert "Naam24" in first
    assert "Naam25" not in first
    assert "Bladzijde 1 Volgende bladzijde" in first
    assert "Naam26" in second
    assert "Vorige bladzijde Bladzijde 2" in second
    assert "Op deze bladzijde staat niemand." in shown(at_sam.get("/werk?list=all&page=3"))


@pytest.mark.parametrize(("tab", "most"), [("all", 8), ("ends", 8), ("today", 9), ("letter", 7), ("partner", 8)])
def test_it_needs_as_many_statements_for_many_as_for_one(
    at_sam: Client, samen_sterk: Organisation, tab: str, most: int
) -> None:
    path = f"/werk?list={tab}&whose=all"
    at_sam.get(path)
    mandate_of(client_called("Een"), samen_sterk, last_day=TODAY)
    few = statements(lambda: at_sam.get(path))
    for number in range(12):
        mandate_of(client_called(f"Naam{number:02}"), samen_sterk, last_day=TODAY)
    assert statements(lambda: at_sam.get(path)) == few
    assert few <= most


def test_it_shows_a_member_the_own_menu_and_no_giving(at_sam: Client, at_anna: Client, sam: Member) -> None:
    home = shown(at_sam.get("/"))
    assert "Werklijst Machtiging activeren" in home
    assert "Iemand machtigen" not in home
    assert "Mijn machtigingen" not in home
    assert "Iemand machtigen" not in shown(at_sam.get("/werk"))
    assert "Werklijst" not in shown(at_anna.get("/"))
    licence(member(sam.organisation, "Kees"))
    assert "Werklijst" in shown(arrive(sam.party).get("/"))
