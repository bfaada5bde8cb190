"""An operator says where a portal hears what changes of mandates; with another operator."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.services.models import Portal, PortalChange
from namens.services.profiles import MachineScope
from tests.pages.portals.registering import COMPAT, HEARS, admitted, changes, decides, page_of, proposes
from tests.pages.visiting import shown, title

pytestmark = pytest.mark.usefixtures("catalogue")
ADDRESS = HEARS["events_uri"]
WARNED = f"Wat er met machtigingen gebeurt, gaat naar {ADDRESS}. Is dat een computer van dit portaal?"
TO_DO = "Het portaal moet handelingen mogen melden. Vink dat verderop aan, of laat dit leeg."


def test_it_tells_nothing_unless_somebody_says_where(at_olga: Client) -> None:
    page = shown(proposes(at_olga))
    assert Portal.objects.get().events_uri == ""
    assert "Waar het hoort wat er met machtigingen gebeurt Geen" in page


def test_it_keeps_the_address_and_warns_the_second_operator(at_olga: Client, at_oscar: Client) -> None:
    proposes(at_olga, **HEARS)
    made = Portal.objects.get()
    assert made.events_uri == ADDRESS
    page = shown(at_oscar.get(page_of(made)))
    assert f"Waar het hoort wat er met machtigingen gebeurt {ADDRESS}" in page
    assert WARNED in page


def test_it_fills_in_what_holds(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, **HEARS)
    page = at_olga.get(reverse("pages:portal-change", args=[held.id])).content.decode()
    assert f'value="{ADDRESS}"' in page
    assert "Zo is het al. Wijzig eerst iets." in shown(changes(at_olga, held, **HEARS))


@pytest.mark.parametrize("scopes", [[], [MachineScope.DECISIONS.value]], ids=["none", "decisions"])
def test_it_says_at_the_question_that_its_machines_must_be_allowed_more(at_olga: Client, scopes: list[str]) -> None:
    page = proposes(at_olga, events_uri=ADDRESS, machine_scopes=scopes)
    assert TO_DO in shown(page)
    assert 'href="#id_events_uri"' in page.content.decode()
    assert title(page).startswith("Fout:")
    assert not Portal.objects.exists()


def test_it_says_so_too_when_a_change_takes_the_scope_away(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, **HEARS)
    page = changes(at_olga, held, events_uri=ADDRESS)
    assert TO_DO in shown(page)
    assert not PortalChange.objects.exists()


def test_it_sends_nothing_to_a_portal_that_has_a_shared_secret(at_olga: Client) -> None:
    page = proposes(at_olga, **COMPAT, **HEARS)
    assert title(page).startswith("Fout:")
    assert 'href="#id_machine_scopes_0"' in page.content.decode()
    assert not Portal.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["http://gemeente.example/", "gemeente.example", "https://a@gemeente.example/", "https://gemeente.example/#a"],
    ids=["plain", "bare", "user", "fragment"],
)
def test_it_takes_a_whole_address_only(at_olga: Client, address: str) -> None:
    page = proposes(at_olga, **{**HEARS, "events_uri": address})
    assert "Vul een heel adres in" in shown(page)
    assert 'href="#id_events_uri"' in page.content.decode()


def test_it_moves_the_address_with_a_second_operator_who_looks_twice(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, **HEARS)
    other = "https://kwaad.example/gebeurtenissen"
    changes(at_olga, held, **{**HEARS, "events_uri": other})
    change = PortalChange.objects.get()
    page = shown(at_oscar.get(page_of(held)))
    assert f"Waar het hoort wat er met machtigingen gebeurt Kijk twee keer {ADDRESS} {other}" in page
    assert WARNED.replace(ADDRESS, other) in page
    assert decides(at_olga, "approve", change).status_code == 409
    assert Portal.objects.get().events_uri == ADDRESS
    decides(at_oscar, "approve", change)
    assert Portal.objects.get().events_uri == other


def test_it_warns_not_again_of_an_address_that_was_there_already(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, **HEARS)
    assert "Is dat een computer van dit portaal?" not in shown(changes(at_olga, held, **HEARS, name="Anders"))


def test_it_takes_the_address_away(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, **HEARS)
    changes(at_olga, held, machine_scopes=HEARS["machine_scopes"])
    decides(at_oscar, "approve", PortalChange.objects.get())
    assert Portal.objects.get().events_uri == ""


def test_it_shows_a_change_that_waited_since_before_there_was_this_term(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    changes(at_olga, held, name="Anders")
    change = PortalChange.objects.get()
    for terms in (change.before, change.terms):
        del terms["events_uri"]
    change.save()
    assert "Naam die mensen lezen" in shown(at_oscar.get(page_of(held)))
    decides(at_oscar, "approve", change)
    assert (Portal.objects.get().name, Portal.objects.get().events_uri) == ("Anders", "")
