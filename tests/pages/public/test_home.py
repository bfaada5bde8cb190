"""The first page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from namens.pages.public.home import ways_in
from tests.pages.visiting import shown


def test_it_says_what_namens_is_and_shows_two_ways() -> None:
    page = shown(Client().get("/"))
    assert "Met Namens regelt iemand anders online zaken voor u." in page
    assert "Iemand machtigen" in page
    assert "Machtiging activeren" in page


@pytest.mark.parametrize(("broker", "name"), [("digid", "DigiD"), ("eherkenning", "eHerkenning")])
def test_it_names_the_brokers_to_log_in_with(broker: str, name: str) -> None:
    response = Client().get("/")
    assert f"Inloggen met {name}" in shown(response)
    assert f"/signin/{broker}?next=%2Fmijn-machtigingen" in response.content.decode()


def test_it_sends_nobody_to_work_for_a_stronger_login() -> None:
    assert [way.label for way in ways_in(back_to="/machtigen")] == ["Inloggen met DigiD"]


def test_it_tells_whom_to_call_without_digid() -> None:
    assert "U hebt geen DigiD Bel de helpdesk." in shown(Client().get("/"))


def test_it_says_who_is_logged_in_and_what_comes_next(at_anna: Client) -> None:
    page = shown(at_anna.get("/"))
    assert "Ingelogd als Anna de Vries" in page
    assert "Bekijk uw helpernummer" in page
    assert "Inloggen met DigiD" not in page


@pytest.mark.django_db
def test_it_needs_no_database_for_who_is_not_logged_in(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        Client().get("/")


def test_it_reads_session_and_person_once(at_anna: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        at_anna.get("/")


@pytest.mark.parametrize("path", ["/uitleg", "/toegankelijkheid", "/privacy", "/uitgelogd"])
def test_it_lets_everybody_read_what_there_is_to_read(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 200
    assert "0800 0123" in shown(response)
