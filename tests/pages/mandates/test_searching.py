"""A client and a helper read at their mandate which portals may look it up, and by which law."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.pages.client.giving import Page
from namens.parties.actions import helper_number_of
from namens.parties.models import Party
from namens.services.models import Portal, Status
from namens.services.profiles import MachineScope
from tests.pages.client.agreeing import asked_of
from tests.pages.client.agreeing import page_of as page_of_request
from tests.pages.client.walking import begin, walk
from tests.pages.visiting import shown
from tests.people import NOW, active, portal, terms

LAW = "Awir artikel 38"
TO_CLIENT = f"mag opzoeken wie uw helpers zijn en wat zij mogen. Dat mag volgens deze wet: {LAW}."
TO_HELPER = f"mag opzoeken welke mensen u helpt en waarmee. Dat mag volgens deze wet: {LAW}."
MAY_SEARCH = {"search_basis": LAW, "machine_scopes": [MachineScope.DECISIONS.value], "status": Status.APPROVED.value}


@pytest.fixture
def searching(catalogue: None) -> Portal:  # noqa: ARG001 - asked for its effect
    """A portal of Mijn toeslagen that may search mandates, by law."""
    found = portal()
    Portal.objects.update(**MAY_SEARCH)
    return found


def number_of(helper: Party) -> str:
    return helper_number_of(party=helper, now=NOW)


def page_of(mandate: Mandate) -> str:
    return reverse("pages:mandate", args=[mandate.id])


def test_it_tells_the_client_who_may_look_up_and_by_which_law(
    at_anna: Client, mandate: Mandate, searching: Portal
) -> None:
    assert f"{searching.name} {TO_CLIENT}" in shown(at_anna.get(page_of(mandate)))


def test_it_tells_the_helper_too_in_other_words(at_bram: Client, mandate: Mandate, searching: Portal) -> None:
    page = shown(at_bram.get(page_of(mandate)))
    assert f"{searching.name} {TO_HELPER}" in page
    assert "uw helpers" not in page


def test_it_tells_it_in_english(at_anna: Client, mandate: Mandate, searching: Portal) -> None:
    at_anna.cookies["namens_language"] = "en"
    page = shown(at_anna.get(page_of(mandate)))
    told = f"may look up who your helpers are, and what they may do. This law allows it: {LAW}."
    assert f"{searching.name} {told}" in page


OTHERWISE = {
    "no law": {"search_basis": ""},
    "no token": {"machine_scopes": []},
    "another door": {"machine_scopes": [MachineScope.PORTALS.value]},
    "proposed": {"status": Status.PROPOSED.value},
    "stopped": {"status": Status.WITHDRAWN.value},
}


@pytest.mark.usefixtures("searching")
@pytest.mark.parametrize("term", OTHERWISE.values(), ids=OTHERWISE)
def test_it_says_nothing_of_a_portal_that_may_not(at_anna: Client, mandate: Mandate, term: dict[str, object]) -> None:
    Portal.objects.update(**term)
    assert "mag opzoeken" not in shown(at_anna.get(page_of(mandate)))


@pytest.mark.usefixtures("searching")
def test_it_says_nothing_at_a_mandate_for_services_of_others(at_anna: Client, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms("inkomstenbelasting"))
    assert "mag opzoeken" not in shown(at_anna.get(page_of(mandate)))


@pytest.mark.usefixtures("searching")
def test_it_says_nothing_once_a_mandate_is_over(at_anna: Client, anna: Party, mandate: Mandate) -> None:
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert "mag opzoeken" not in shown(at_anna.get(page_of(mandate)))


@pytest.mark.usefixtures("catalogue")
def test_it_names_each_portal_once_by_name(at_anna: Client, mandate: Mandate) -> None:
    portal("zoeker-a", "mijn-toeslagen", "inkomstenbelasting")
    portal("zoeker-b", "inkomstenbelasting")
    Portal.objects.update(**MAY_SEARCH)
    page = shown(at_anna.get(page_of(mandate)))
    names = list(Portal.objects.order_by("client_id").values_list("name", flat=True))
    assert page.count(TO_CLIENT) == 2
    assert page.index(f"{names[0]} mag") < page.index(f"{names[1]} mag")


def test_it_writes_a_law_and_a_name_as_text_and_never_as_markup(at_anna: Client, mandate: Mandate) -> None:
    portal()
    Portal.objects.update(**{**MAY_SEARCH, "search_basis": "<script>x</script>", "name": "<b>P</b>"})
    page = at_anna.get(page_of(mandate)).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<b>P</b>" not in page


def test_it_shows_dirk_nothing(at_dirk: Client, mandate: Mandate, searching: Portal) -> None:
    answer = at_dirk.get(page_of(mandate))
    assert answer.status_code == 404
    assert searching.name not in shown(answer)


def test_it_tells_the_client_before_the_yes(at_anna: Client, bram: Party, searching: Portal) -> None:
    page = shown(at_anna.get(walk(at_anna, begin(at_anna, number_of(bram)), Page.CHECK)))
    assert f"Wie dit mag opzoeken {searching.name} {TO_CLIENT}" in page


def test_it_tells_the_client_before_the_answer_to_a_request(
    at_anna: Client, anna: Party, bram: Party, searching: Portal
) -> None:
    page = shown(at_anna.get(page_of_request(asked_of(anna, bram))))
    assert f"Wie dit mag opzoeken {searching.name} {TO_CLIENT}" in page


@pytest.mark.usefixtures("catalogue")
def test_it_asks_nothing_of_the_kind_where_nobody_may(at_anna: Client, bram: Party) -> None:
    portal()
    page = shown(at_anna.get(walk(at_anna, begin(at_anna, number_of(bram)), Page.CHECK)))
    assert "Wie dit mag opzoeken" not in page
