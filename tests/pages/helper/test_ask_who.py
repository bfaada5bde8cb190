"""Gemachtigd worden: who the client is, and the allowance partner."""

import pytest
from django.test import Client

from namens.pages.helper.asking import Page
from namens.parties import stating
from namens.parties.models import StatedPerson
from tests.pages.helper.asking import UNKNOWN_BSN, WITH_PARTNER, address, only_draft, page_of, person, walk
from tests.pages.visiting import send, shown, title
from tests.people import BSNS

HOSTILE = ["<script>alert(1)</script>", '"O\'Brien" & zn.', "👩🏽‍🦽 oma", "عائلة", "a" * 60]


@pytest.fixture
def path(asks: Client) -> str:
    """The page where Bram says who his client is."""
    return walk(asks, Page.CLIENT)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"label": ""}, "Vul dit in"),
        ({"label": "   "}, "Vul dit in"),
        ({"label": "a" * 61}, "Vul hoogstens 60 tekens in."),
        ({"label": "a" * 200}, "Vul hoogstens 60 tekens in."),
        ({"label": "oma\u202egnort"}, "Vul gewone letters, cijfers en leestekens in"),
        ({"label": "oma\u200f"}, "Vul gewone letters, cijfers en leestekens in"),
        ({"label": "\u200b"}, "Vul gewone letters, cijfers en leestekens in"),
        ({"label": "\u3164\u200d"}, "Vul gewone letters, cijfers en leestekens in"),
        ({"label": "oma\nopa"}, "Vul gewone letters, cijfers en leestekens in"),
        ({"bsn": ""}, "Vul het BSN in"),
        ({"bsn": "123"}, "Vul alle 9 cijfers van het BSN in"),
        ({"bsn": "123456789"}, "Er staat een typefout in het BSN"),
        ({"bsn": "٩٩٩٩٩٠٠١٩"}, "Vul het BSN in met gewone cijfers"),
        ({"bsn": "9" * 1000}, "Dit is te lang."),
        ({"bsn": BSNS["bram"].digits}, "Dit is uw eigen BSN."),
        ({"born_day": "", "born_month": "", "born_year": ""}, "Vul een datum in"),
        ({"born_day": "30", "born_month": "2"}, "Deze datum bestaat niet."),
        ({"born_year": "51"}, "Vul bij jaar 4 cijfers in"),
        ({"born_year": "2027"}, "Dit jaar moet nog komen."),
        ({"born_month": "0"}, "Weet u de maand niet? Vul dan ook bij dag 0 in"),
    ],
)
def test_it_says_what_to_do_with_what_cannot_be_right(
    asks: Client, path: str, changes: dict[str, str], sentence: str
) -> None:
    response = send(asks, path, {**person(BSNS["anna"]), **changes})
    assert sentence in shown(response)
    assert title(response).startswith("Fout: ")
    assert not StatedPerson.objects.exists()


def test_it_takes_a_birthday_of_which_only_the_year_is_known(asks: Client, path: str) -> None:
    send(asks, path, person(BSNS["anna"], born=("0", "0", "1951")))
    assert StatedPerson.objects.get().birth_date == "1951"


def test_it_seals_what_was_typed_at_once(asks: Client, path: str) -> None:
    send(asks, path, person(BSNS["anna"]))
    stated = StatedPerson.objects.get()
    assert BSNS["anna"].digits not in stated.bsn_sealed
    assert stating.bsn_of(stated=stated.id) == BSNS["anna"]
    assert only_draft().answers["client"] == {"label": "mevrouw De Vries", "kept": str(stated.id), "ends_in": "019"}


def test_it_never_shows_the_bsn_again_but_its_last_three_digits(asks: Client, path: str) -> None:
    wrong = send(asks, path, person(BSNS["anna"], born=("1", "1", "51")))
    send(asks, path, person(BSNS["anna"]))
    again = asks.get(path)
    for page in (wrong, again):
        assert BSNS["anna"].digits not in page.content.decode()
        assert "U vulde een nummer in dat eindigt op 019." in shown(page)
    assert 'value="mevrouw De Vries"' in again.content.decode()


def test_it_erases_what_was_stated_before_when_it_changes(asks: Client, path: str) -> None:
    send(asks, path, person(BSNS["anna"]))
    send(asks, path, person(BSNS["carla"], label="iemand anders"))
    assert stating.bsn_of(stated=StatedPerson.objects.get().id) == BSNS["carla"]


@pytest.mark.parametrize("label", HOSTILE)
def test_it_shows_a_label_as_it_was_typed(asks: Client, path: str, label: str) -> None:
    check = walk(asks, Page.CHECK, path, CLIENT=person(BSNS["anna"], label=label))
    page = asks.get(check)
    assert label in shown(page)
    assert "<script>alert" not in page.content.decode()


def test_it_takes_no_answer_for_the_partner_but_yes_or_no(asks: Client) -> None:
    path = walk(asks, Page.PARTNER)
    for wrong in ({}, {"partner": "maybe"}):
        assert title(send(asks, path, wrong)).startswith("Fout: ")


def test_it_goes_on_without_a_partner(asks: Client) -> None:
    assert page_of(send(asks, walk(asks, Page.PARTNER), {"partner": "no"})["Location"]) is Page.CHECK


def test_it_asks_who_the_partner_is(asks: Client) -> None:
    page = shown(asks.get(walk(asks, Page.PARTNER_DETAILS, **WITH_PARTNER)))
    assert "BSN van de toeslagpartner" in page
    assert "Hoe noemt u de toeslagpartner?" in page


def test_it_refuses_one_bsn_for_both(asks: Client) -> None:
    path = walk(asks, Page.PARTNER_DETAILS, **WITH_PARTNER)
    response = send(asks, path, person(BSNS["anna"]))
    assert "Dit is het BSN van uw cliënt." in shown(response)
    assert 'href="#id_bsn"' in response.content.decode()


def test_it_refuses_one_bsn_for_both_also_when_the_client_changes(asks: Client) -> None:
    walk(asks, Page.CHECK, **WITH_PARTNER)
    response = send(asks, address(Page.CLIENT, only_draft().id), person(UNKNOWN_BSN))
    assert "Dit is het BSN van de toeslagpartner." in shown(response)


def test_it_takes_the_same_bsn_again_for_the_same_person(asks: Client) -> None:
    walk(asks, Page.CHECK, **WITH_PARTNER)
    changed = send(asks, address(Page.CLIENT, only_draft().id), person(BSNS["anna"], label="Anna"))
    assert page_of(changed["Location"]) is Page.CHECK


def test_it_erases_the_partner_when_there_is_none_after_all(asks: Client) -> None:
    walk(asks, Page.CHECK, **WITH_PARTNER)
    send(asks, address(Page.PARTNER, only_draft().id), {"partner": "no"})
    assert StatedPerson.objects.count() == 1
    assert "de partner" not in shown(asks.get(address(Page.CHECK, only_draft().id)))


def test_it_keeps_two_tabs_apart(asks: Client, path: str) -> None:
    other = walk(asks, Page.CLIENT)
    send(asks, path, person(BSNS["anna"], label="een"))
    send(asks, other, person(BSNS["anna"], label="twee"))
    assert 'value="een"' in asks.get(path).content.decode()
    assert 'value="twee"' in asks.get(other).content.decode()
