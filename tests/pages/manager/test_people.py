"""The list of people: search, filter, pages, and no names in addresses."""

from datetime import timedelta

import pytest
from django.test import Client

from namens.organisations.models import Member
from tests.counting import statements
from tests.organisations.managing import carla, mia, team
from tests.pages.manager.filling import path
from tests.pages.visiting import send, shown, title
from tests.people import NOW
from tests.working import licence, member, organisation

PEOPLE = path("people")


def test_it_shows_who_works_here_with_team_licence_and_last_login(at_mia: Client, sam: Member) -> None:
    Member.objects.filter(party=sam.party_id).update(team=team("Noord"))
    licence(sam)
    page = shown(at_mia.get(PEOPLE))
    assert "Sam Bakker Medewerker Noord Werkt hier Geldt Mijn toeslagen, tot en met 22 november 2027" in page
    assert "Mia Jansen (u) Medewerker Geen team Werkt hier Geen" in page
    assert "23 november 2026" in page


def test_it_shows_nobody_of_another_organisation(at_mia: Client) -> None:
    carla()
    assert "Carla" not in shown(at_mia.get(PEOPLE))


def test_it_finds_by_any_part_of_name_and_address_without_a_name_in_the_address(at_mia: Client, sam: Member) -> None:
    member(organisation(), "Vera", family_name="Smit")
    page = shown(send(at_mia, PEOPLE, {"text": "bakk sa", "show": "everybody"}))
    assert "Sam Bakker" in page
    assert "Vera" not in page
    assert "Sam Bakker" in shown(send(at_mia, PEOPLE, {"text": sam.email, "show": "everybody"}))
    assert "Vera" in shown(at_mia.get(f"{PEOPLE}?text=bakker"))
    assert "Wij vinden niemand" in shown(send(at_mia, PEOPLE, {"text": "zzz", "show": "everybody"}))


@pytest.mark.parametrize("words", ["\0", "%", "' OR 1=1", "a" * 300, "é🙂"])
def test_it_takes_whatever_somebody_looks_for(at_mia: Client, words: str) -> None:
    assert send(at_mia, PEOPLE, {"text": words, "show": "nonsense", "page": "-3"}).status_code == 200


def test_it_filters(at_mia: Client, sam: Member) -> None:
    licence(sam)
    names = {
        "invited": member(organisation(), "Ine"),
        "unseen": member(organisation(), "Ulla"),
        "former": member(organisation(), "Fred"),
    }
    Member.objects.filter(party=names["invited"].party_id).update(bound_at=None, pseudonym_digest="", seen_at=None)
    Member.objects.filter(party=names["unseen"].party_id).update(seen_at=NOW - timedelta(days=61))
    Member.objects.filter(party=names["former"].party_id).update(ended_at=NOW)
    expected = {
        "everybody": {"Sam", "Ine", "Ulla", "Mia"},
        "invited": {"Ine"},
        "unseen": {"Ulla"},
        "former": {"Fred"},
        "managers": {"Mia"},
        "without-licence": {"Ine", "Ulla"},
    }
    for show, wanted in expected.items():
        page = shown(at_mia.get(f"{PEOPLE}?show={show}")).split("Laatst ingelogd")[-1]
        assert {name for name in ("Sam", "Ine", "Ulla", "Fred", "Mia") if name in page} == wanted, show


def test_it_comes_in_pages(at_mia: Client) -> None:
    for number in range(30):
        member(organisation(), f"Naam{number:02}")
    first = shown(at_mia.get(PEOPLE))
    assert "Naam23" in first
    assert "Naam29" not in first
    assert "Volgende bladzijde" in first
    second = shown(send(at_mia, PEOPLE, {"text": "", "show": "everybody", "page": "2"}))
    assert "Naam29" in second
    assert "Vorige bladzijde" in second


def test_it_costs_the_same_however_many_there_are(at_mia: Client, sam: Member) -> None:
    licence(sam)
    few = statements(lambda: at_mia.get(PEOPLE))
    for number in range(20):
        licence(member(organisation(), f"Naam{number}"), "mijn-toeslagen", "inkomstenbelasting")
    assert statements(lambda: at_mia.get(PEOPLE)) == few
    assert few <= 10


def test_it_has_a_menu_item_for_managers_only(at_mia: Client, at_sam: Client) -> None:
    assert 'href="/organisatie/mensen"' in at_mia.get("/uitleg").content.decode()
    assert 'href="/organisatie/mensen"' not in at_sam.get("/uitleg").content.decode()


def test_it_names_nobody_in_titles(at_mia: Client, sam: Member) -> None:
    held = licence(sam)
    pages = [path("person", sam), path("details", sam), path("leave", sam), path("give", sam), path("change", held)]
    for page in [*pages, *(path(name, held) for name in ("pause", "renew", "end"))]:
        assert "Sam" not in title(at_mia.get(page))


def test_it_writes_names_as_text(at_mia: Client) -> None:
    member(organisation(), "<script>alert(1)</script>", family_name='"=cmd|x')
    body = at_mia.get(PEOPLE).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_it_says_what_is_seen_of_the_manager(at_mia: Client) -> None:
    mine = shown(at_mia.get(path("person", mia())))
    assert "Dit bent u." in mine
    assert "Vraag het een andere beheerder" in mine
