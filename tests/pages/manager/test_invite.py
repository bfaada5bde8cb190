"""Inviting somebody, and a new link for who has not begun."""

import re

from django.test import Client

from namens.organisations.models import Member
from tests.organisations.managing import mia, team
from tests.pages.manager.filling import path
from tests.pages.visiting import send, shown
from tests.working import organisation

INVITE = f"{path('people')}/uitnodigen"
WIM = {"given_name": "Wim", "family_name": "Visser", "email": "wim@example.nl", "kind": "volunteer", "is_manager": "no"}


def wim() -> Member:
    return Member.objects.get(given_name="Wim")


def link_on(browser: Client, location: str) -> list[str]:
    return re.findall(r"/organisatie/uitnodiging/[\w-]+", browser.get(location).content.decode())


def test_it_invites_somebody_and_shows_the_link_once(at_mia: Client) -> None:
    north = team()
    response = send(at_mia, INVITE, {**WIM, "team": str(north.id)})
    assert len(link_on(at_mia, response["Location"])) == 1
    assert link_on(at_mia, response["Location"]) == []
    assert (wim().organisation, wim().kind, wim().team, wim().bound_at) == (organisation(), "volunteer", north, None)
    assert not wim().is_manager


def test_it_makes_a_new_link_for_who_has_not_begun(at_mia: Client, sam: Member) -> None:
    first = link_on(at_mia, send(at_mia, INVITE, WIM)["Location"])
    again = f"/organisatie/mensen/{wim().party_id}/uitnodiging"
    assert "Een nieuwe uitnodiging maken voor Wim Visser?" in shown(at_mia.get(again))
    assert "Maak een nieuwe uitnodiging" in shown(at_mia.get(path("person", wim())))
    second = link_on(at_mia, send(at_mia, again)["Location"])
    assert second != first
    assert Client().get(first[0], follow=True).status_code == 404
    assert Client().get(second[0], follow=True).status_code == 200
    begun = f"/organisatie/mensen/{sam.party_id}/uitnodiging"
    assert send(at_mia, begun)["Location"] == path("person", sam)
    assert "Maak een nieuwe uitnodiging" not in shown(at_mia.get(path("person", sam)))


def test_it_refuses_an_address_that_somebody_has(at_mia: Client) -> None:
    words = shown(send(at_mia, INVITE, {**WIM, "email": mia().email}))
    assert "heeft dit e-mailadres al" in words
    assert not Member.objects.filter(given_name="Wim").exists()


def test_it_says_what_is_missing_and_keeps_the_rest(at_mia: Client) -> None:
    page = send(at_mia, INVITE, {"given_name": "Wim"})
    for words in ("Vul dit in", "Vul het e-mailadres in", "Kies een van de antwoorden"):
        assert words in shown(page)
    assert 'value="Wim"' in page.content.decode()


def test_it_shows_no_link_to_the_manager_of_another_organisation(at_mia: Client, at_carla: Client) -> None:
    send(at_mia, INVITE, WIM)
    assert at_carla.get("/organisatie/mensen/uitgenodigd").status_code == 404


def test_it_invites_a_second_manager(at_mia: Client) -> None:
    send(at_mia, INVITE, {**WIM, "is_manager": "yes"})
    assert wim().is_manager
