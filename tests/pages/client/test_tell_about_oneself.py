"""What only the client can tell: administration, an allowance partner, other helpers."""

from django.test import Client

from namens.pages.client.giving import Page
from namens.parties.models import Party
from tests.pages.client.walking import address, begin, only_draft, page_of, walk
from tests.pages.visiting import send, shown
from tests.people import active, terms


def test_it_sends_somebody_under_administration_to_who_can_help(at_anna: Client, number: str) -> None:
    response = send(at_anna, walk(at_anna, begin(at_anna, number), Page.ABOUT), {"administered": "yes"})
    assert "Vraag uw bewindvoerder of curator om hulp." in shown(response)


def test_it_lets_a_yes_afterwards_count(at_anna: Client, number: str) -> None:
    walk(at_anna, begin(at_anna, number), Page.CHECK)
    draft = only_draft().id
    send(at_anna, address(Page.ABOUT, draft), {"administered": "yes"})
    response = send(at_anna, address(Page.CHECK, draft))
    assert page_of(response["Location"]) is Page.ABOUT


def test_it_wants_an_answer_about_administration(at_anna: Client, number: str) -> None:
    assert "Kies ja of nee" in shown(send(at_anna, walk(at_anna, begin(at_anna, number), Page.ABOUT)))


def test_it_tells_on_the_check_page_what_the_partner_has_to_do(at_anna: Client, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.CHECK, PARTNER={"partner": "yes"})
    assert "Uw toeslagpartner machtigt zelf ook" in shown(at_anna.get(path))


def test_it_does_not_ask_about_other_helpers_when_there_are_none(at_anna: Client, number: str) -> None:
    path = walk(at_anna, begin(at_anna, number), Page.PARTNER)
    assert page_of(send(at_anna, path, {"partner": "no"})["Location"]) is Page.CHECK


def test_it_asks_whether_another_helper_of_the_same_service_must_stop(
    at_anna: Client, anna: Party, carla: Party, number: str
) -> None:
    active(anna, carla)
    path = walk(at_anna, begin(at_anna, number), Page.OTHERS)
    assert "Moet Carla Mulder stoppen met Mijn toeslagen?" in shown(at_anna.get(path))
    assert "Kies ja of nee" in shown(send(at_anna, path))


def test_it_does_not_ask_about_a_helper_of_another_service(
    at_anna: Client, anna: Party, carla: Party, number: str
) -> None:
    active(anna, carla, what=terms("parkeervergunning"))
    assert page_of(walk(at_anna, begin(at_anna, number), Page.CHECK)) is Page.CHECK
