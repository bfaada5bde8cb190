"""One mandate: what it says, what happened with it, and what can be done."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from namens.lib import clock
from namens.lib.ids import new_id
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.pages.visiting import shown, title
from tests.people import NOW, active, give, terms


def page_of(mandate: Mandate) -> str:
    return f"/mijn-machtigingen/{mandate.id}"


def test_it_says_who_what_and_until_when(at_anna: Client, mandate: Mandate) -> None:
    page = shown(at_anna.get(page_of(mandate)))
    assert "Wie helpt u Bram Bakker" in page
    assert "Mijn toeslagen: tot en met 22 november 2027" in page
    assert "Mag niet het rekeningnummer wijzigen" in page


def test_it_tells_the_client_what_happened(at_anna: Client, mandate: Mandate) -> None:
    page = shown(at_anna.get(page_of(mandate)))
    assert "U hebt deze machtiging gegeven." in page
    assert "Bram Bakker heeft de machtiging geactiveerd." in page


def test_it_tells_the_helper_the_own_acts_only(at_bram: Client, mandate: Mandate) -> None:
    page = shown(at_bram.get(page_of(mandate)))
    assert "U hebt de machtiging geactiveerd." in page
    assert "deze machtiging gegeven" not in page


def test_it_tells_the_helper_that_it_stopped_but_not_by_whom(at_bram: Client, anna: Party, mandate: Mandate) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    page = shown(at_bram.get(page_of(mandate)))
    assert "De machtiging is gestopt." in page
    assert "Anna de Vries heeft deze machtiging gestopt" not in page


def test_it_tells_the_client_that_the_helper_stopped(at_anna: Client, bram: Party, mandate: Mandate) -> None:
    stop(mandate=mandate.id, by=bram, now=NOW)
    assert "Bram Bakker heeft deze machtiging gestopt." in shown(at_anna.get(page_of(mandate)))


def test_it_tells_the_client_that_a_newer_mandate_took_a_part(
    at_anna: Client, anna: Party, bram: Party, mandate: Mandate
) -> None:
    active(anna, bram, what=terms("mijn-toeslagen"))
    page = shown(at_anna.get(page_of(mandate)))
    assert "Een nieuwere machtiging kwam in de plaats van een deel van deze." in page
    assert "U hebt één dienst gestopt." not in page


def test_it_says_what_was_granted_beyond_the_usual(at_anna: Client, anna: Party, bram: Party, catalogue: None) -> None:
    mandate = active(anna, bram, what=terms(granted=["rekeningnummer-wijzigen"]))
    assert "Mag niet Niets is uitgesloten" in shown(at_anna.get(page_of(mandate)))
    assert catalogue is None


def test_it_offers_what_each_can_do(at_anna: Client, at_bram: Client, mandate: Mandate) -> None:
    hers, his = shown(at_anna.get(page_of(mandate))), shown(at_bram.get(page_of(mandate)))
    assert "Eerder laten aflopen" in hers
    assert "Eerder laten aflopen" not in his
    assert "Stoppen" in hers
    assert "Stoppen" in his


@pytest.mark.usefixtures("catalogue")
def test_it_offers_a_new_code_while_it_waits(at_anna: Client, anna: Party, bram: Party) -> None:
    assert "Maak een nieuwe code" in shown(at_anna.get(page_of(give(anna, bram).mandate)))


def test_it_offers_nothing_once_it_is_over(at_anna: Client, anna: Party, mandate: Mandate) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    page = at_anna.get(page_of(mandate)).content.decode()
    assert "/stoppen" not in page
    assert "/eerder-aflopen" not in page


def test_it_does_not_exist_for_dirk(at_dirk: Client, mandate: Mandate) -> None:
    assert at_dirk.get(page_of(mandate)).status_code == 404


@pytest.mark.usefixtures("catalogue")
def test_it_does_not_exist_for_the_helper_before_the_code_is_used(at_bram: Client, anna: Party, bram: Party) -> None:
    assert at_bram.get(page_of(give(anna, bram).mandate)).status_code == 404


def test_it_does_not_exist_under_another_number(at_anna: Client) -> None:
    assert at_anna.get(f"/mijn-machtigingen/{new_id()}").status_code == 404


def test_it_names_nobody_in_the_title(at_anna: Client, mandate: Mandate) -> None:
    assert title(at_anna.get(page_of(mandate))) == "Eén machtiging · Namens"


def test_it_shows_the_time_in_amsterdam(at_anna: Client, mandate: Mandate) -> None:
    assert NOW.hour == 9
    assert "23 november 2026, 10:00" in shown(at_anna.get(page_of(mandate)))
    assert clock.today() == clock.day_of(NOW)


def test_it_asks_the_database_little(
    at_anna: Client, mandate: Mandate, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        at_anna.get(page_of(mandate))
