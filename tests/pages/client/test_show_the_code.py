"""The code: masked until its owner asks, on paper, and a new one."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.codes.models import ActivationCode
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.pages.client.walking import give
from tests.pages.visiting import Answered, arrive, send, shown, title
from tests.people import NOW, active
from tests.people import give as offered

CODE = re.compile(r"\b[346789BCDFGHJKMPQRTVWXY]{4}(?:-[346789BCDFGHJKMPQRTVWXY]{4}){2}\b")


def url(name: str) -> str:
    return reverse(f"pages:{name}", args=[Mandate.objects.get().id])


def code_in(response: Answered) -> str:
    found = CODE.search(shown(response))
    return found[0] if found else ""


@pytest.fixture
def given(at_anna: Client, number: str) -> Client:
    """Anna's browser after the yes."""
    give(at_anna, number)
    return at_anna


def test_it_masks_the_code_until_it_is_asked_for(given: Client) -> None:
    response = given.get(url("code"))
    assert "Laat de code zien" in shown(response)
    assert code_in(response) == ""
    assert not JournalEntry.objects.filter(event=Event.CODE_SHOWN).exists()


def test_it_shows_the_code_on_request_and_notes_it(given: Client) -> None:
    assert code_in(send(given, url("code")))
    assert JournalEntry.objects.filter(event=Event.CODE_SHOWN).count() == 1


def test_it_says_what_the_helper_does_and_until_when(given: Client) -> None:
    page = shown(given.get(url("code")))
    assert "Uw helper vult deze code en uw BSN in." in page
    assert "De code werkt tot en met 7 december 2026." in page


def test_it_puts_the_code_in_large_print_on_a_sheet(given: Client) -> None:
    response = send(given, url("code-sheet"))
    assert "Alleen Bram Bakker kan deze code gebruiken" in shown(response)
    assert "namens-code__symbols" in response.content.decode()
    assert code_in(response) == code_in(send(given, url("code")))
    assert title(response) == "De code voor uw helper · Namens"


@pytest.mark.parametrize("name", ["code-sheet", "new-code"])
def test_it_shows_and_makes_nothing_at_a_plain_look(given: Client, name: str) -> None:
    assert given.get(url(name))["Location"] == url("code")
    assert ActivationCode.objects.count() == 1
    assert not JournalEntry.objects.filter(event=Event.CODE_SHOWN).exists()


def test_it_keeps_the_code_out_of_caches(given: Client) -> None:
    assert send(given, url("code"))["Cache-Control"] == "no-store"


def test_it_makes_a_new_code_and_the_old_one_dies(given: Client) -> None:
    before = code_in(send(given, url("code")))
    assert send(given, url("new-code"))["Location"] == url("code")
    after = code_in(send(given, url("code")))
    assert after not in {before, ""}
    assert ActivationCode.objects.filter(killed_at__isnull=True).count() == 1


def test_it_says_how_to_get_a_new_one_after_logging_out(given: Client, anna: Party) -> None:
    send(given, reverse("pages:logout"))
    again = arrive(anna)
    page = shown(again.get(url("code")))
    assert "We laten deze code niet meer zien" in page
    assert "Maak een nieuwe code" in page
    assert code_in(send(again, url("code"))) == ""
    assert send(again, url("code-sheet"))["Location"] == url("code")


def test_it_says_so_when_the_code_does_not_work_any_more(given: Client, anna: Party) -> None:
    assert given is not None
    with clock.frozen(NOW + timedelta(days=15)):
        assert "Deze code werkt niet meer" in shown(arrive(anna).get(url("code")))


def test_it_leads_to_the_mandate_once_the_code_is_used(at_anna: Client, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    for path in ("code", "new-code", "code-sheet"):
        answer = send(at_anna, url(path))
        last = at_anna.get(answer["Location"]) if answer["Location"].endswith("/code") else answer
        assert last["Location"] == reverse("pages:mandate", args=[mandate.id])


@pytest.mark.parametrize("name", ["code", "code-sheet", "new-code"])
def test_it_refuses_dirk(given: Client, at_dirk: Client, name: str) -> None:
    assert given is not None
    assert send(at_dirk, url(name)).status_code == 404


@pytest.mark.parametrize("name", ["code", "code-sheet", "new-code"])
def test_it_refuses_the_helper_of_the_mandate(given: Client, bram: Party, name: str) -> None:
    assert given is not None
    assert send(arrive(bram), url(name)).status_code == 404


@pytest.mark.parametrize("name", ["code", "code-sheet", "new-code"])
def test_it_asks_who_is_not_logged_in_to_log_in(anna: Party, bram: Party, catalogue: None, name: str) -> None:  # noqa: ARG001 - asked for its effect
    offered(anna, bram)
    assert send(Client(), url(name))["Location"].startswith("/signin/digid")
