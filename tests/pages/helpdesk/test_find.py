"""The page on which a caller is found."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.helpdesk.models import Call
from namens.parties.facts import StopSignal
from namens.parties.models import Party
from namens.population.answers import NotFound, Reason, Unavailable
from tests.helpdesk.calling import Addresses
from tests.pages.helpdesk.phoning import THREE, look_up
from tests.pages.visiting import shown, title

NOT_TOGETHER = "Deze gegevens horen niet bij elkaar"


def test_it_leads_to_the_page_of_the_caller_without_anything_of_the_caller_in_the_address(
    at_hester: Client, anna: Party
) -> None:
    answer = look_up(at_hester)
    assert answer["Location"] == reverse("pages:caller", args=[Call.objects.get(party=anna).id])


@pytest.mark.parametrize(
    "changes",
    [{"postcode": "3511AC"}, {"birth_date_day": "7"}, {"bsn": "999990421"}, {"bsn": "999990081", "postcode": "3511AC"}],
)
def test_it_gives_one_page_whatever_is_wrong(at_hester: Client, anna: Party, changes: dict[str, str]) -> None:
    assert anna.person.name.first == "Anna"
    wrong = look_up(at_hester, postcode="9999ZZ")
    answer = look_up(at_hester, **changes)
    assert (answer.status_code, shown(answer)) == (wrong.status_code, shown(wrong))
    assert NOT_TOGETHER in shown(answer)


def test_it_gives_the_same_page_for_who_died_and_for_who_is_unknown(
    at_hester: Client, anna: Party, homes: Addresses
) -> None:
    assert anna.person.name.first == "Anna"
    wrong = shown(look_up(at_hester, postcode="9999ZZ"))
    homes.signals = frozenset({StopSignal.DECEASED})
    assert shown(look_up(at_hester)) == wrong
    homes.answer = NotFound()
    assert shown(look_up(at_hester)) == wrong


def test_it_keeps_nothing_of_a_refused_search_on_the_page(at_hester: Client) -> None:
    page = look_up(at_hester, bsn="999990421").content.decode()
    assert "999990421" not in page
    assert "3511" not in page.replace("3511 AB", "")


@pytest.mark.parametrize("left_out", ["bsn", "postcode", "birth_date_year"])
def test_it_looks_nobody_up_without_all_three(at_hester: Client, homes: Addresses, left_out: str) -> None:
    answer = look_up(at_hester, **{left_out: ""})
    assert title(answer).startswith("Fout:")
    assert homes.asked == 0


@pytest.mark.parametrize(
    ("typed", "is_read"),
    [("3511AB", True), ("3511 ab", True), (" 3511  AB ", True), ("0511AB", False), ("3511", False), ("3511ABC", False)],
)
def test_it_reads_a_postcode_as_people_write_it(at_hester: Client, anna: Party, typed: str, *, is_read: bool) -> None:
    assert anna.person.name.first == "Anna"
    assert (look_up(at_hester, postcode=typed).status_code == 302) is is_read


def test_it_never_shows_a_bsn_again(at_hester: Client) -> None:
    assert THREE["bsn"] not in look_up(at_hester, postcode="").content.decode()


def test_it_takes_nothing_from_an_address(at_hester: Client, homes: Addresses) -> None:
    assert at_hester.get(reverse("pages:caller-find"), THREE).status_code == 200
    assert homes.asked == 0


def test_it_says_when_look_ups_are_paused(at_hester: Client, anna: Party) -> None:
    assert anna.person.name.first == "Anna"
    for _ in range(3):
        look_up(at_hester, postcode="9999ZZ")
    answer = look_up(at_hester)
    assert answer.status_code == 429
    assert "het ging te vaak mis" in shown(answer)


def test_it_says_when_the_register_is_away(at_hester: Client, homes: Addresses) -> None:
    homes.answer = Unavailable(Reason.TIMEOUT)
    answer = look_up(at_hester)
    assert answer.status_code == 503
    assert "Dit telt niet mee" in shown(answer)


def test_it_tells_the_agent_how_to_ask(at_hester: Client) -> None:
    page = shown(at_hester.get(reverse("pages:caller-find")))
    assert "Met een tolk aan de lijn" in page
    assert "Vraag nooit om een code" in page
    assert "Is er iemand anders aan de lijn?" in page
