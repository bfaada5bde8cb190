"""Every page of managers is closed to Dirk, to a colleague who is no manager, and to the manager of another place."""

from collections.abc import Mapping

import pytest
from django.test import Client

from namens.journal.models import JournalEntry
from namens.organisations.models import Licence, Member, Team
from tests.organisations.managing import mia, team
from tests.pages.manager.filling import days, licence_form, path
from tests.people import TODAY
from tests.working import licence

DETAILS = {"given_name": "Sem", "family_name": "B", "email": "sem@example.nl", "kind": "staff", "is_manager": "no"}
LICENCE = licence_form(sure="yes", version="0")
SEEN = {"version": "0"}
Page = tuple[str, Mapping[str, object]]
GENERAL: dict[str, Page] = {
    "people": ("mensen", {"text": "Sam", "show": "everybody"}),
    "invite": ("mensen/uitnodigen", DETAILS),
    "invited": ("mensen/uitgenodigd", {}),
    "teams": ("teams", {}),
    "team-make": ("teams/nieuw", {"name": "West"}),
    "review": ("nakijken", {}),
}
PAGES: dict[str, Page] = {
    "person": ("mensen/{sam}", {}),
    "details": ("mensen/{sam}/gegevens", {**DETAILS, **SEEN}),
    "leave": ("mensen/{sam}/vertrek", SEEN),
    "link": ("mensen/{sam}/uitnodiging", {}),
    "give": ("mensen/{sam}/licentie", LICENCE),
    "change": ("licenties/{held}/wijzigen", LICENCE),
    "renew": ("licenties/{held}/verlengen", {**days("last_day", TODAY), **SEEN}),
    "pause": ("licenties/{held}/pauzeren", SEEN),
    "resume": ("licenties/{held}/hervatten", SEEN),
    "end": ("licenties/{held}/stoppen", SEEN),
    "team": ("teams/{north}", {}),
    "team-rename": ("teams/{north}/naam", {"name": "West"}),
    "team-close": ("teams/{north}/sluiten", {"to": "none"}),
}
READ_ONLY = {"invited", "teams", "person", "review", "team"}


def address_of(name: str, sam: Member, held: Licence) -> Page:
    """Give the address of a page about these, and what its form sends."""
    rest, data = {**GENERAL, **PAGES}[name]
    return f"/organisatie/{rest}".format(sam=sam.party_id, held=held.id, north=team().id), data


def state() -> object:
    """Everything that a refused click must leave alone."""
    return (
        list(Member.objects.order_by("party").values()),
        list(Licence.objects.order_by("id").values()),
        list(Team.objects.order_by("id").values()),
        JournalEntry.objects.count(),
    )


@pytest.fixture
def held(sam: Member) -> Licence:
    """Sam's licence."""
    mia()
    return licence(sam)


@pytest.mark.parametrize("name", [*GENERAL, *PAGES])
def test_it_refuses_dirk_and_a_colleague_who_is_no_manager(
    at_dirk: Client, at_sam: Client, sam: Member, held: Licence, name: str
) -> None:
    address, data = address_of(name, sam, held)
    before = state()
    for browser in (at_dirk, at_sam):
        for response in [browser.get(address), *([] if name in READ_ONLY else [browser.post(address, data)])]:
            assert response.status_code == 302
            assert response["Location"] == "/signin/elsewhere"
    assert state() == before


@pytest.mark.parametrize("name", [*GENERAL, *PAGES])
def test_it_sends_who_is_not_logged_in_to_the_door(sam: Member, held: Licence, name: str) -> None:
    address, _data = address_of(name, sam, held)
    assert Client().get(address)["Location"].startswith("/signin/which")


@pytest.mark.parametrize("name", PAGES)
def test_it_refuses_the_manager_of_another_organisation(
    at_carla: Client, sam: Member, held: Licence, name: str
) -> None:
    address, data = address_of(name, sam, held)
    before = state()
    for response in [at_carla.get(address), *([] if name in READ_ONLY else [at_carla.post(address, data)])]:
        assert response.status_code == 404
    assert state() == before


def test_it_renews_nothing_for_the_manager_of_another_organisation(
    at_carla: Client, at_sam: Client, at_dirk: Client, held: Licence
) -> None:
    data = {"licence": f"{held.id}:0", "sure": "yes", **days("last_day", TODAY)}
    before = state()
    assert at_carla.post(path("review-renew"), data)["Location"] == path("review")
    for browser in (at_sam, at_dirk):
        assert browser.post(path("review-renew"), data)["Location"] == "/signin/elsewhere"
    assert state() == before


def test_it_refuses_a_manager_from_the_moment_that_somebody_else_took_the_role(at_mia: Client) -> None:
    assert at_mia.get(path("people")).status_code == 200
    Member.objects.filter(party=mia().party_id).update(is_manager=False)
    assert at_mia.get(path("people"))["Location"] == "/signin/elsewhere"
