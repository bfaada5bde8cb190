"""The first question: who is going to help you?"""

import pytest
from django.test import Client
from django.urls import reverse

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import friendly
from namens.pages.client.giving import Page
from namens.parties.actions import helper_number_of
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.signin.models import Draft
from tests.pages.client.walking import begin, begin_open, only_draft, page_of
from tests.pages.visiting import press, send, shown, title
from tests.people import NOW, told

WHO = "/machtigen"


def unknown_number(seed: int) -> str:
    body = "".join(friendly.ALPHABET[(seed * 7 + place) % 23] for place in range(8))
    return body + friendly.check_symbol(body)


def test_it_shows_the_name_behind_the_number(at_anna: Client, number: str) -> None:
    page = shown(at_anna.get(begin(at_anna, number)))
    assert "Is dit uw helper?" in page
    assert "Bram Bakker helpt u als privépersoon, niet voor een organisatie." in page


def test_it_takes_small_letters_spaces_and_dashes(at_anna: Client, number: str) -> None:
    typed = f" {friendly.grouped(number.lower(), size=3)} "
    assert page_of(begin(at_anna, typed)) is Page.HELPER


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Vul het helpernummer in"),
        ("ABC", "Het teken A staat nooit in een helpernummer"),
        ("346", "Vul alle 9 tekens van het helpernummer in"),
        ("3" * 1000, "Dit is te lang"),
        ("\u0412" * 9, "gewone letters en cijfers"),
    ],
)
def test_it_says_what_to_do_with_what_is_no_number(at_anna: Client, typed: str, sentence: str) -> None:
    response = send(at_anna, WHO, {"number": typed})
    assert sentence in shown(response)
    assert title(response).startswith("Fout: ")
    assert not Draft.objects.exists()


def test_it_says_that_nobody_has_this_number(at_anna: Client) -> None:
    assert "Niemand heeft dit nummer." in shown(send(at_anna, WHO, {"number": unknown_number(1)}))


def test_it_stops_looking_after_ten_unknown_numbers(at_anna: Client, number: str) -> None:
    for seed in range(10):
        send(at_anna, WHO, {"number": unknown_number(seed)})
    assert "Wacht een dag, of bel de helpdesk." in shown(send(at_anna, WHO, {"number": number}))


def test_it_refuses_the_own_number(at_anna: Client, anna: Party) -> None:
    own = helper_number_of(party=anna, now=NOW)
    assert "Dit is uw eigen nummer." in shown(send(at_anna, WHO, {"number": own}))


def test_it_refuses_a_helper_who_is_too_young(at_anna: Client, bram: Party, number: str) -> None:
    told(bram, born="2010-01-01")
    assert "Uw helper moet 18 jaar of ouder zijn." in shown(send(at_anna, WHO, {"number": number}))


def test_it_refuses_a_helper_whom_the_register_knows_as_dead(at_anna: Client, bram: Party, number: str) -> None:
    told(bram, signals=[StopSignal.DECEASED])
    assert "Deze persoon kan u niet helpen via Namens." in shown(send(at_anna, WHO, {"number": number}))


def test_it_fills_in_the_number_of_a_qr_but_looks_nobody_up(at_anna: Client, number: str) -> None:
    page = at_anna.get(reverse("pages:give-with", args=[number]))
    assert friendly.grouped(number, size=3) in page.content.decode()
    assert "Bram" not in shown(page)
    assert not JournalEntry.objects.filter(event=Event.HELPER_NUMBER_LOOKED_UP).exists()


def test_it_fills_in_nothing_from_an_address_that_holds_no_number(at_anna: Client) -> None:
    page = at_anna.get(reverse("pages:give-with", args=["hallo"]))
    assert "hallo" not in page.content.decode().replace("/machtigen/met/hallo", "")


def test_it_tells_what_an_open_code_means(at_anna: Client) -> None:
    page = shown(at_anna.get(reverse("pages:give-open")))
    assert "De code werkt alleen vandaag." in page
    assert "Uw helper kan u hoogstens 3 maanden helpen." in page


def test_it_goes_on_to_the_services_with_an_open_code(at_anna: Client) -> None:
    assert page_of(begin_open(at_anna)) is Page.SERVICES
    assert only_draft().answers["open_code"] is True


def test_it_asks_again_whether_this_is_the_helper_after_another_number(
    at_anna: Client, number: str, carla: Party
) -> None:
    press(at_anna, begin(at_anna, number))
    other = helper_number_of(party=carla, now=NOW)
    response = send(at_anna, reverse("pages:give-who", args=[only_draft().id]), {"number": other})
    assert page_of(response["Location"]) is Page.HELPER


def test_it_can_turn_a_named_helper_into_an_open_code(at_anna: Client, number: str) -> None:
    press(at_anna, begin(at_anna, number))
    response = send(at_anna, reverse("pages:give-open-in", args=[only_draft().id]))
    assert page_of(response["Location"]) is Page.SERVICES
    assert only_draft().answers["helper"] is None


@pytest.mark.parametrize("path", [WHO, "/machtigen/zonder-nummer"])
def test_it_lets_nobody_begin_without_logging_in(db: None, path: str) -> None:  # noqa: ARG001 - asked for its effect
    assert Client().get(path)["Location"].startswith("/signin/digid")
