"""An operator says and sees what a portal's machines may ask, and what they hear; with another operator."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from namens.services.models import Portal, PortalChange
from namens.services.profiles import MachineScope
from tests.pages.portals.registering import NEW, admitted, changes, decides, does, page_of, proposes
from tests.pages.visiting import shown

pytestmark = pytest.mark.usefixtures("catalogue")
ASKS = {"machine_scopes": [MachineScope.DECISIONS.value]}


def about(browser: Client, portal: Portal) -> str:
    return shown(browser.get(reverse("pages:portal-decisions", args=[portal.id])))


def switches() -> tuple[bool, bool]:
    now = Portal.objects.get()
    return now.gives_reasons, now.journals_decisions


def ticked(page: str) -> list[str]:
    boxes = re.findall(r'<input type="checkbox" name="answers"[^>]*>', page)
    return [box.split('value="')[1].split('"')[0] for box in boxes if "checked" in box]


def test_it_gives_reasons_and_journals_nothing_unless_somebody_says_so(at_olga: Client) -> None:
    assert ticked(at_olga.get(NEW).content.decode()) == ["gives_reasons"]
    proposes(at_olga)
    assert switches() == (True, False)


def test_it_keeps_what_was_ticked(at_olga: Client) -> None:
    proposes(at_olga, answers=["journals_decisions"])
    assert switches() == (False, True)


def test_it_fills_in_what_holds(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, answers=["journals_decisions"])
    page = at_olga.get(reverse("pages:portal-change", args=[held.id])).content.decode()
    assert ticked(page) == ["journals_decisions"]
    assert "Zo is het al. Wijzig eerst iets." in shown(changes(at_olga, held, answers=["journals_decisions"]))


def test_it_switches_with_a_second_operator_only(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    changes(at_olga, held, answers=["journals_decisions"])
    change = PortalChange.objects.get()
    assert decides(at_olga, "approve", change).status_code == 409
    assert switches() == (True, False)
    page = shown(at_oscar.get(page_of(held)))
    assert "Zijn computers horen waarom het antwoord nee is Kijk twee keer Ja Nee" in page
    assert "Elke beslissing staat in het logboek Kijk twee keer Nee Ja" in page
    assert "Elke beslissing die het vraagt, komt in het logboek. Maakt zijn taak dat nodig?" in page
    decides(at_oscar, "approve", change)
    assert switches() == (False, True)


def test_it_warns_not_again_of_a_journal_that_was_there_already(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, answers=["journals_decisions"])
    page = shown(changes(at_olga, held, answers=["journals_decisions"], name="Anders"))
    assert "Maakt zijn taak dat nodig?" not in page


def test_it_shows_a_change_that_waited_since_before_there_were_these_terms(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar)
    changes(at_olga, held, name="Anders")
    change = PortalChange.objects.get()
    for terms in (change.before, change.terms):
        del terms["gives_reasons"], terms["journals_decisions"]
    change.save()
    assert "Naam die mensen lezen" in shown(at_oscar.get(page_of(held)))
    decides(at_oscar, "approve", change)
    assert (Portal.objects.get().name, switches()) == ("Anders", (True, False))


def test_it_says_what_holds_for_a_portal_that_may_ask(at_olga: Client, at_oscar: Client) -> None:
    page = about(at_oscar, admitted(at_olga, at_oscar, **ASKS, search_basis="Awir artikel 38"))
    assert "Wie mag vragen Zijn eigen computers, met een token voor alleen deze deur." in page
    assert "Over welke diensten Mijn toeslagen (mijn-toeslagen)" in page
    assert "Als het antwoord nee is Het hoort waarom." in page
    assert "Dat mag het, volgens deze wet: Awir artikel 38." in page
    assert "In het logboek Geen enkele beslissing." in page


def test_it_says_what_holds_for_a_portal_that_hears_less(at_olga: Client, at_oscar: Client) -> None:
    page = about(at_oscar, admitted(at_olga, at_oscar, **ASKS, answers=["journals_decisions"]))
    assert "Het hoort nee, en nooit waarom." in page
    assert "Dat mag het niet: er is geen wet ingevuld." in page
    assert "Elke beslissing die het vraagt, wat het antwoord ook is." in page


def test_it_says_that_a_portal_may_not_ask(at_olga: Client, at_oscar: Client) -> None:
    page = about(at_oscar, admitted(at_olga, at_oscar))
    assert "Dit portaal mag geen beslissingen vragen." in page
    assert "Niemand: geen van zijn tokens opent deze deur." in page


@pytest.mark.parametrize("scope", ["", MachineScope.PORTALS.value], ids=["none", "portals"])
def test_it_knows_decisions_from_what_else_a_machine_may(at_olga: Client, at_oscar: Client, scope: str) -> None:
    page = about(at_oscar, admitted(at_olga, at_oscar, machine_scopes=[scope] if scope else []))
    assert "Niemand: geen van zijn tokens opent deze deur." in page


def test_it_says_that_a_portal_that_is_not_in_use_hears_no_yes(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, **ASKS)
    assert "niet in gebruik" not in about(at_oscar, held)
    does(at_oscar, "withdraw", held)
    assert "Dit portaal is niet in gebruik. Geen enkel antwoord is nu ja." in about(at_oscar, held)


def test_it_says_that_people_read_it_only_when_they_do(at_olga: Client, at_oscar: Client) -> None:
    told = "Cliënten en helpers lezen dit bij hun machtigingen."
    held = admitted(at_olga, at_oscar, **ASKS, search_basis="Awir artikel 38")
    assert told in about(at_oscar, held)
    Portal.objects.update(machine_scopes=[])
    assert told not in about(at_oscar, held)
    Portal.objects.update(machine_scopes=ASKS["machine_scopes"])
    does(at_oscar, "withdraw", held)
    assert told not in about(at_oscar, held)


def test_it_leads_there_from_the_page_about_the_portal(at_olga: Client, at_oscar: Client) -> None:
    held = admitted(at_olga, at_oscar, **ASKS)
    assert reverse("pages:portal-decisions", args=[held.id]) in at_olga.get(page_of(held)).content.decode()
