"""For whom do you log in? The page, its answers, and who gets to see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from namens.grants.models import AuthorizationCode, AuthorizationRequest, Family
from namens.grants.pairwise import pairwise_id
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates.actions import stop
from namens.parties.models import Party
from namens.services.models import Representation, Service
from tests.openid.relying import STATE, RelyingParty, answer_in, registered, terms_of
from tests.people import BSNS, NOW, TODAY, active, give, terms, use_code


def shown(portal: RelyingParty, visitor: Party, **changes: str) -> str:
    """Give the page as `visitor` sees it."""
    address = portal.ask(**changes)
    portal.log_in(visitor)
    response = portal.browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def results(event: Event) -> list[tuple[str, object, object, object]]:
    entries = JournalEntry.objects.filter(event=event)
    return [(entry.result, entry.actor, entry.subject, entry.mandate) for entry in entries]


def test_it_shows_each_client_with_services_and_last_day(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    page = shown(portal, bram)
    assert "Anna de Vries" in page
    assert "Mijn toeslagen" in page
    assert "22 november 2027" in page


def test_it_asks_also_when_only_one_mandate_fits(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    assert 'type="radio"' in shown(portal, bram)
    assert "checked" not in shown(portal, bram)


def test_it_shows_no_client_whose_mandate_is_for_another_portal(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms("parkeervergunning"))
    assert "Anna" not in shown(portal, bram)


def test_it_shows_a_stranger_nobody(portal: RelyingParty, anna: Party, bram: Party, dirk: Party) -> None:
    active(anna, bram)
    assert "Anna" not in shown(portal, dirk)


def test_it_puts_the_client_whom_the_portal_meant_first(
    portal: RelyingParty, anna: Party, bram: Party, carla: Party
) -> None:
    active(anna, bram)
    use_code(give(carla, bram), bram, bsn=BSNS["carla"])
    page = shown(portal, bram, representee_hint=pairwise_id(carla.id, sector=portal.portal.sector))
    assert page.index("Carla Mulder") < page.index("Anna de Vries")
    assert page.count("checked") == 1


def test_it_ignores_a_hint_that_is_no_id_of_this_portal(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    assert "checked" not in shown(portal, bram, representee_hint=pairwise_id(anna.id, sector="elsewhere"))


def test_it_lets_its_form_lead_to_the_portal_and_nowhere_else(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    policy = portal.browser.get(address)["Content-Security-Policy"]
    assert "form-action 'self' https://mijn-overheid.example" in policy


def test_it_sends_who_is_not_logged_in_to_the_broker(portal: RelyingParty) -> None:
    address = portal.ask()
    assert portal.browser.get(address)["Location"].startswith("/signin/digid?")


def test_it_does_not_count_a_login_from_before_the_question(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram, at=NOW - timedelta(seconds=1))
    assert portal.browser.get(address)["Location"].startswith("/signin/digid?")
    assert portal.choose(address, None).status_code == 403
    assert not AuthorizationCode.objects.exists()


def test_it_tells_the_portal_that_a_login_is_not_strong_enough(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask(acr_values="http://eidas.europa.eu/LoA/high")
    portal.log_in(bram, level=AssuranceLevel.SUBSTANTIAL)
    answer = answer_in(portal.browser.get(address))
    assert answer["error"] == "unmet_authentication_requirements"
    assert answer["state"] == STATE


def test_it_shows_a_question_that_took_too_long_no_more(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    with clock.frozen(NOW + timedelta(minutes=15)):
        portal.log_in(bram)
        assert portal.browser.get(address).status_code == 400
        assert portal.choose(address, None).status_code == 400


def test_it_knows_no_question_that_was_never_asked(portal: RelyingParty, bram: Party) -> None:
    portal.log_in(bram)
    assert portal.browser.get("/openid/choose/6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01").status_code == 404


def test_it_sends_a_code_with_state_and_issuer(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    response = portal.choose(address, None)
    assert response.status_code == 303
    assert response["Location"].startswith(f"{portal.redirect_uri}&code=")
    answer = answer_in(response)
    assert answer["state"] == STATE
    assert answer["iss"] == "http://localhost:8000"


def test_it_notes_the_use_of_a_mandate(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    portal.code(bram, whom=anna)
    assert results(Event.MANDATE_USED) == [("done", bram.id, anna.id, mandate.id)]
    assert results(Event.PORTAL_SIGNED_IN) == []


def test_it_notes_a_login_for_oneself(portal: RelyingParty, bram: Party) -> None:
    portal.code(bram)
    assert results(Event.PORTAL_SIGNED_IN) == [("done", bram.id, bram.id, None)]


def test_it_tells_the_portal_of_a_cancelled_login(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    answer = answer_in(portal.browser.post(address, {"cancel": "1"}))
    assert (answer["error"], answer["state"]) == ("access_denied", STATE)
    assert portal.choose(address, None).status_code == 400


def test_it_gives_one_code_for_two_presses_of_the_button(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    first, second = (answer_in(portal.choose(address, None))["code"] for _ in range(2))
    assert first == second
    assert AuthorizationCode.objects.count() == Family.objects.count() == 1


def test_it_gives_no_second_code_for_another_choice(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    address = portal.ask()
    portal.log_in(bram)
    portal.choose(address, None)
    assert portal.choose(address, anna).status_code == 400
    assert AuthorizationCode.objects.count() == 1


def test_it_gives_the_code_to_nobody_else(portal: RelyingParty, bram: Party, dirk: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    portal.choose(address, None)
    portal.log_in(dirk)
    assert portal.choose(address, None).status_code == 400


def test_it_gives_no_code_again_once_it_was_used(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    portal.exchange(answer_in(portal.choose(address, None))["code"])
    assert portal.choose(address, None).status_code == 400


@pytest.mark.parametrize("answer", ["", "nobody", "self ", "1"])
def test_it_asks_again_after_no_answer(portal: RelyingParty, bram: Party, answer: str) -> None:
    address = portal.ask()
    portal.log_in(bram)
    response = portal.browser.post(address, {"person": answer})
    assert response.status_code == 400
    assert "Kies voor wie u inlogt" in response.content.decode()


def test_it_decides_again_at_the_answer(portal: RelyingParty, anna: Party, bram: Party) -> None:
    mandate = active(anna, bram)
    address = portal.ask()
    portal.log_in(bram)
    assert "Anna de Vries" in portal.browser.get(address).content.decode()
    stop(mandate=mandate.id, by=anna, now=NOW)
    response = portal.choose(address, anna)
    assert response.status_code == 400
    assert "Anna" not in response.content.decode()
    assert results(Event.USE_REFUSED) == [("stopped", bram.id, anna.id, None)]
    # So that the client finds it when she chooses this service.
    assert JournalEntry.objects.get(event=Event.USE_REFUSED).details == {
        "services": ["inkomstenbelasting", "mijn-toeslagen"]
    }


def test_it_lets_somebody_choose_again_after_a_refusal(portal: RelyingParty, anna: Party, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    assert portal.choose(address, anna).status_code == 400
    assert "code" in answer_in(portal.choose(address, None))


def test_it_refuses_dirk_every_client(portal: RelyingParty, anna: Party, bram: Party, dirk: Party) -> None:
    active(anna, bram)
    address = portal.ask()
    portal.log_in(dirk)
    for client in (anna, bram):
        assert portal.choose(address, client).status_code == 400
    assert results(Event.USE_REFUSED) == [("no_mandate", dirk.id, None, None)] * 2
    assert not AuthorizationCode.objects.exists()


def test_it_lets_nobody_represent_themselves(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    assert portal.choose(address, bram).status_code == 400


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_lets_nobody_in_for_others_where_people_come_for_themselves(anna: Party, bram: Party) -> None:
    own = registered(replace(terms_of("eigen"), representation=Representation.SELF))
    active(anna, bram)
    assert "Anna" not in shown(own, bram)
    assert own.choose(own.asked_at, anna).status_code == 400


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_lets_nobody_in_for_themselves_where_people_come_for_others(anna: Party, bram: Party) -> None:
    others = registered(replace(terms_of("ander"), representation=Representation.OTHERS))
    active(anna, bram)
    assert 'value="self"' not in shown(others, bram)
    assert others.choose(others.asked_at, None).status_code == 400
    assert "code" in answer_in(others.choose(others.asked_at, anna))


def test_it_counts_a_higher_minimum_level_at_once(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    address = portal.ask()
    portal.log_in(bram, level=AssuranceLevel.LOW)
    Service.objects.update(minimum_level="high")
    assert portal.choose(address, anna).status_code == 400
    assert portal.choose(address, None).status_code == 400


def test_it_grants_only_the_services_that_the_mandate_holds(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    portal.code(bram, whom=anna)
    family = Family.objects.get()
    assert list(family.services) == ["mijn-toeslagen"]
    assert sorted(family.services_asked) == ["inkomstenbelasting", "mijn-toeslagen"]


def test_it_holds_until_the_end_of_the_last_day(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram, what=terms(last_day=TODAY))
    with clock.frozen(clock.end_of(TODAY) - timedelta(seconds=1)):
        assert "Anna de Vries" in shown(portal, bram)
    with clock.frozen(clock.end_of(TODAY)):
        assert "Anna de Vries" not in shown(portal, bram)


def test_it_keeps_the_request_for_one_use(portal: RelyingParty, bram: Party) -> None:
    portal.code(bram)
    assert AuthorizationRequest.objects.get().used_at == NOW
