"""Which services, and which sensitive actions."""

import pytest
from django.test import Client

from namens.lib.assurance import AssuranceLevel
from namens.pages.client.giving import Page
from namens.parties.models import Party
from namens.services.models import Portal
from tests.pages.client.walking import address, begin, only_draft, page_of, walk
from tests.pages.visiting import Answered, arrive, send, shown, title

BOTH = "set:inkomstenbelasting-en-toeslagen"


def at_services(browser: Client, number: str) -> str:
    return walk(browser, begin(browser, number), Page.SERVICES)


def choose(browser: Client, number: str, *keys: str) -> Answered:
    return send(browser, at_services(browser, number), {"services": list(keys)})


def test_it_offers_services_and_sets_with_provider_and_sentence(at_anna: Client, number: str) -> None:
    page = shown(at_anna.get(at_services(at_anna, number)))
    assert "Inkomstenbelasting en toeslagen De belastingaangifte en alle toeslagen, samen." in page
    assert "Parkeervergunning Een parkeervergunning aanvragen of opzeggen. (Gemeente)" in page


def test_it_does_not_offer_what_nobody_may_be_mandated_for(at_anna: Client, number: str) -> None:
    path = at_services(at_anna, number)
    assert "Verhuizing" not in shown(at_anna.get(path))
    assert "Kies een of meer" in shown(send(at_anna, path, {"services": ["verhuizing-doorgeven"]}))


def test_it_shows_apart_what_needs_a_stronger_login(at_anna: Client, number: str) -> None:
    path = at_services(at_anna, number)
    page = at_anna.get(path)
    assert "Voor deze diensten moet u sterker inloggen AOW en pensioen" in shown(page)
    assert "level=substantial" in page.content.decode()
    assert send(at_anna, path, {"services": ["aow-en-pensioen"]}).status_code == 200


def test_it_offers_it_after_the_stronger_login_in_the_same_draft(at_anna: Client, anna: Party, number: str) -> None:
    path = at_services(at_anna, number)
    arrive(anna, level=AssuranceLevel.SUBSTANTIAL, client=at_anna)
    assert page_of(send(at_anna, path, {"services": ["aow-en-pensioen"]})["Location"]) is Page.EXTRA


def test_it_asks_for_at_least_one_service(at_anna: Client, number: str) -> None:
    response = choose(at_anna, number)
    assert "Kies ten minste één dienst." in shown(response)
    assert title(response).startswith("Fout: ")


@pytest.mark.parametrize("wrong", ["x" * 5000, "mijn-toeslagen\u200b", "set:", "' OR 1=1", "\u043cijn-toeslagen"])
def test_it_takes_nothing_that_it_did_not_offer(at_anna: Client, number: str, wrong: str) -> None:
    assert "Kies een of meer van de antwoorden" in shown(choose(at_anna, number, wrong))


def test_it_asks_a_sensitive_action_of_a_set_only_once(at_anna: Client, number: str) -> None:
    page = shown(at_anna.get(choose(at_anna, number, BOTH)["Location"]))
    assert page.count("Mag uw helper ook uw rekeningnummer wijzigen?") == 1
    assert "Dit gaat over: Mijn toeslagen, Inkomstenbelasting." in page


def test_it_fills_in_no_answer_beforehand(at_anna: Client, number: str) -> None:
    assert "checked" not in at_anna.get(choose(at_anna, number, BOTH)["Location"]).content.decode()


def test_it_wants_a_yes_or_no_for_a_sensitive_action(at_anna: Client, number: str) -> None:
    assert "Kies ja of nee" in shown(send(at_anna, choose(at_anna, number, BOTH)["Location"]))


def test_it_skips_the_question_when_there_is_nothing_sensitive(at_anna: Client, number: str) -> None:
    assert page_of(choose(at_anna, number, "parkeervergunning")["Location"]) is Page.FROM


def test_it_warns_for_a_portal_that_does_not_keep_sensitive_actions_away(
    at_anna: Client, number: str, toeslagen: Portal
) -> None:
    page = shown(at_anna.get(choose(at_anna, number, "mijn-toeslagen")["Location"]))
    assert f"Deze websites kunnen uw helper niet tegenhouden bij dingen waarop u nee zegt: {toeslagen.name}." in page


def test_it_does_not_warn_for_a_portal_that_does(at_anna: Client, number: str, toeslagen: Portal) -> None:
    Portal.objects.filter(id=toeslagen.id).update(enforces_sensitive_actions=True)
    assert "Let op" not in shown(at_anna.get(choose(at_anna, number, "mijn-toeslagen")["Location"]))


def test_it_asks_again_when_a_change_brings_another_sensitive_action(anna: Party, catalogue: None, number: str) -> None:  # noqa: ARG001 - asked for its effect
    browser = arrive(anna, level=AssuranceLevel.SUBSTANTIAL)
    walk(browser, begin(browser, number), Page.CHECK)
    services = address(Page.SERVICES, only_draft().id)
    response = send(browser, services, {"services": ["mijn-toeslagen", "aow-en-pensioen"]})
    assert page_of(response["Location"]) is Page.EXTRA
