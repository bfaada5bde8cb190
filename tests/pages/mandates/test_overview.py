"""Mijn machtigingen: who helps you, whom you help, and what is over."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import Mandate, MandateService
from namens.parties.models import Party
from tests.asking import requested
from tests.pages.visiting import arrive, shown, title
from tests.people import NOW, active, give, terms

PAGE = "/mijn-machtigingen"
SESSION_AND_VISITOR = 2


def test_it_tells_a_client_who_helps_and_until_when(at_anna: Client, mandate: Mandate) -> None:
    page = shown(at_anna.get(PAGE))
    assert "Deze mensen helpen u Bram Bakker Actief Mijn toeslagen, Inkomstenbelasting" in page
    assert "Tot en met 22 november 2027." in page
    assert "U helpt niemand op dit moment." in page
    assert mandate.activated_at


def test_it_tells_a_helper_whom_they_help(at_bram: Client, mandate: Mandate) -> None:
    page = shown(at_bram.get(PAGE))
    assert "U helpt deze mensen Anna de Vries Actief" in page
    assert "Niemand helpt u op dit moment." in page
    assert mandate.activated_at


def test_it_shows_dirk_nothing_of_it(at_dirk: Client, mandate: Mandate) -> None:
    page = shown(at_dirk.get(PAGE))
    assert "Anna" not in page
    assert "Bram" not in page
    assert mandate.activated_at


@pytest.mark.usefixtures("catalogue")
def test_it_says_that_one_waits_for_the_code(at_anna: Client, anna: Party, bram: Party) -> None:
    give(anna, bram)
    assert "Bram Bakker Wacht op de code" in shown(at_anna.get(PAGE))


@pytest.mark.usefixtures("catalogue")
def test_it_does_not_show_a_helper_what_waits(at_bram: Client, anna: Party, bram: Party) -> None:
    give(anna, bram)
    assert "Anna" not in shown(at_bram.get(PAGE))


@pytest.mark.usefixtures("catalogue")
def test_it_names_nobody_for_an_open_code(at_anna: Client, anna: Party) -> None:
    give(anna, None, what=terms(last_day=clock.day_of(NOW) + timedelta(days=30)))
    assert "Wie u de code geeft Wacht op de code" in shown(at_anna.get(PAGE))


@pytest.mark.usefixtures("catalogue")
def test_it_says_when_one_starts_later(at_anna: Client, anna: Party, bram: Party) -> None:
    later = clock.day_of(NOW) + timedelta(days=8)
    active(anna, bram, what=terms(first_day=later, last_day=later))
    assert "Begint later Mijn toeslagen Van 1 december 2026 tot en met 1 december 2026." in shown(at_anna.get(PAGE))


def test_it_sets_apart_what_was_stopped_and_tells_the_helper_only_when(
    at_bram: Client, anna: Party, mandate: Mandate
) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    page = shown(at_bram.get(PAGE))
    assert "Eerdere machtigingen Anna de Vries Gestopt" in page
    assert "Gestopt op 23 november 2026." in page
    assert "U helpt niemand op dit moment." in page


def test_it_sets_apart_what_is_past_its_last_day(at_anna: Client, mandate: Mandate) -> None:
    with clock.frozen(NOW + timedelta(days=366)):
        fresh = arrive(mandate.representee, client=at_anna)
        assert "Eerdere machtigingen Bram Bakker Afgelopen" in shown(fresh.get(PAGE))


def test_it_leads_from_each_card_to_its_own_page(at_anna: Client, anna: Party, carla: Party, mandate: Mandate) -> None:
    other, asked = active(anna, carla, what=terms("inkomstenbelasting")), requested(anna, carla)
    page = at_anna.get(PAGE).content.decode()
    pages = [f"{PAGE}/{mandate.id}", f"{PAGE}/{other.id}", f"/verzoeken/{asked.id}"]
    assert [page.count(f'href="{one}"') for one in pages] == [1, 1, 1]


@pytest.mark.usefixtures("mandate")
def test_it_writes_days_in_the_language_of_the_page(at_anna: Client) -> None:
    assert "22 november 2027" in shown(at_anna.get(PAGE))
    at_anna.cookies["namens_language"] = "en"
    assert "22 November 2027" in shown(at_anna.get(PAGE))


@pytest.mark.usefixtures("catalogue")
def test_it_divides_a_long_list_into_pages(at_bram: Client, anna: Party, bram: Party) -> None:
    many(anna, bram, 30)
    first, second = at_bram.get(PAGE), at_bram.get(f"{PAGE}?clients=2")
    assert first.content.decode().count("namens-card__head") == 25
    assert second.content.decode().count("namens-card__head") == 5
    assert "Volgende bladzijde" in shown(first)
    assert "Vorige bladzijde" in shown(second)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("number", ["0", "-1", "twee", "99999999999999999999", "²", ""])
def test_it_shows_the_first_page_for_what_is_no_page(at_bram: Client, anna: Party, bram: Party, number: str) -> None:
    many(anna, bram, 2)
    page = at_bram.get(PAGE, {"clients": number})
    assert page.content.decode().count("namens-card__head") == 2


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("mandates", [1, 5, 50])
def test_it_asks_the_database_as_little_for_many_as_for_one(
    at_bram: Client, anna: Party, bram: Party, mandates: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many(anna, bram, mandates)
    with django_assert_num_queries(SESSION_AND_VISITOR + 4):
        at_bram.get(PAGE)


def test_it_names_nobody_in_the_title(at_anna: Client, mandate: Mandate) -> None:
    assert title(at_anna.get(PAGE)) == "Mijn machtigingen · Namens"
    assert mandate.activated_at


def test_it_sends_a_stranger_to_the_login() -> None:
    assert Client().get(PAGE)["Location"].startswith("/signin/digid?next=")


def many(giver: Party, helper: Party, number: int) -> None:
    """Copy one running mandate: what the database allows once a pair is not current in the copies."""
    model = active(giver, helper)
    line = MandateService.objects.get(mandate=model)
    for _ in range(number - 1):
        model.pk, line.pk = None, None
        model.id, line.id = type(model)._meta.pk.get_default(), type(line)._meta.pk.get_default()
        model.save(force_insert=True)
        line.mandate, line.current = model, None
        line.save(force_insert=True)
