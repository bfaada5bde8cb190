"""The list of portals."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from namens.services.models import Portal
from tests.pages.portals.registering import admitted, changes, does, proposes
from tests.pages.visiting import shown

pytestmark = pytest.mark.usefixtures("catalogue")
LIST = "/beheer/portalen"


def test_it_lists_portals_with_how_they_stand(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    proposes(at_olga, client_id="ander", name="Ander portaal")
    page = shown(at_olga.get(LIST))
    assert "Gemeente Voorbeeld gemeente-voorbeeld nlgov In gebruik" in page
    assert "Ander portaal ander nlgov Wacht op een tweede beheerder" in page
    changes(at_olga, held, name="Anders")
    assert "Er wacht een wijziging" in shown(at_olga.get(LIST))
    does(at_olga, "withdraw", held)
    assert "Gestopt" in shown(at_olga.get(LIST))


def test_it_finds_by_name_and_client_id_and_standing(at_olga: Client, at_oscar: Client) -> None:
    admitted(at_olga, at_oscar)
    proposes(at_olga, client_id="ander", name="Tweede")
    for query, found in (
        ({"words": "voorbeeld"}, "Gemeente Voorbeeld"),
        ({"words": "AND"}, "Tweede"),
        ({"standing": "proposed"}, "Tweede"),
        ({"standing": "approved"}, "Gemeente Voorbeeld"),
    ):
        page = shown(at_olga.get(LIST, query))
        assert [name for name in ("Gemeente Voorbeeld", "Tweede") if name in page] == [found]
    assert "Er past geen portaal" in shown(at_olga.get(LIST, {"words": "niets"}))


def test_it_takes_any_words_and_any_page(at_olga: Client) -> None:
    for query in ({"words": "\0"}, {"words": "x" * 300}, {"page": "-1"}, {"page": "x"}, {"standing": "x"}):
        assert at_olga.get(LIST, query).status_code == 200


def test_it_asks_as_much_for_many_portals_as_for_one(
    at_olga: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        proposes(at_olga, client_id=f"portaal-{number}")
    assert Portal.objects.count() == 4
    with django_assert_max_num_queries(8):
        at_olga.get(LIST)
