"""The list of portals."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from namens.lib import clock
from namens.services.models import Portal
from tests.pages.portals.passing import event, refused
from tests.pages.portals.registering import HEARS, admitted, changes, does, proposes
from tests.pages.visiting import shown

pytestmark = pytest.mark.usefixtures("catalogue")
LIST = "/beheer/portalen"
LATE, REFUSED = "Gebeurtenissen wachten te lang", "Meldde wat niet mocht"


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


def test_it_has_a_sign_where_something_is_wrong_and_puts_that_first(at_olga: Client, at_oscar: Client) -> None:
    now = clock.now()
    for name in ("aa", "bb", "cc"):
        proposes(at_olga, client_id=name, name=f"Portaal {name}", sector=name, **HEARS)
        does(at_oscar, "approve", Portal.objects.get(client_id=name))
    late, alarming = Portal.objects.get(client_id="bb"), Portal.objects.get(client_id="cc")
    event(late, at=now - timedelta(minutes=59))
    refused(alarming, at=now - timedelta(hours=25))
    assert not any(sign in shown(at_olga.get(LIST)) for sign in (LATE, REFUSED))
    event(late, at=now - timedelta(minutes=61))
    refused(alarming, at=now - timedelta(hours=23))
    event(alarming, at=now - timedelta(hours=2))
    page = shown(at_olga.get(LIST))
    assert (page.count(LATE), page.count(REFUSED)) == (1, 1)
    assert page.index(REFUSED) < page.index(LATE) < page.index("Portaal aa")
