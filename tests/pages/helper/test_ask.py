"""Gemachtigd worden: which services, for how long, the check page, and the question itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates.models import Mandate, MandateRequest
from namens.outbox.models import OutboxRow
from namens.pages.helper.asking import Page
from namens.parties.facts import StopSignal
from namens.parties.models import Party, StatedPerson
from namens.services.models import Service
from namens.signin.models import Draft
from tests.counting import statements
from tests.pages.helper.asking import (
    UNKNOWN_BSN,
    WITH_PARTNER,
    address,
    ask,
    begin,
    only_draft,
    page_of,
    person,
    walk,
)
from tests.pages.visiting import arrive, mark_on, press, send, shown, title
from tests.people import BSNS, NOW, active, told


def test_it_says_first_what_asking_means(asks: Client) -> None:
    page = shown(asks.get(reverse("pages:ask")))
    assert "Uw cliënt krijgt thuis een brief met een code, binnen 5 werkdagen." in page
    assert "Of uw cliënt logt in bij Namens en zegt ja." in page


def test_it_begins_nothing_before_a_click(asks: Client) -> None:
    asks.get(reverse("pages:ask"))
    assert not Draft.objects.exists()
    assert page_of(begin(asks)) is Page.SERVICES


def test_it_sets_apart_what_a_client_has_to_log_in_for(asks: Client) -> None:
    page = shown(asks.get(begin(asks)))
    assert "Hiervoor moet uw cliënt zelf inloggen AOW en pensioen (Sociale Verzekeringsbank)" in page
    assert page.count("AOW en pensioen") == 1


def test_it_takes_no_service_that_needs_a_login(asks: Client) -> None:
    page = send(asks, begin(asks), {"services": ["aow-en-pensioen"]})
    assert "Kies een of meer van de antwoorden" in shown(page)
    assert title(page).startswith("Fout: ")


def test_it_wants_at_least_one_service(asks: Client) -> None:
    assert "Kies ten minste één dienst." in shown(send(asks, begin(asks), {}))


def test_it_offers_no_length_that_the_services_do_not_allow(asks: Client) -> None:
    page = shown(asks.get(walk(asks, Page.LENGTH, SERVICES={"services": ["uitkering-aanvragen"]})))
    assert "1 jaar" in page
    assert "3 jaar" not in page
    assert "Alleen één dag" not in page


def test_it_says_that_a_letter_is_good_for_a_year_at_most(asks: Client) -> None:
    page = shown(asks.get(walk(asks, Page.LENGTH)))
    assert "3 jaar Alleen als uw cliënt inlogt en ja zegt. Met de code uit de brief wordt het hoogstens 1 jaar." in page


def test_it_takes_no_other_length(asks: Client) -> None:
    path = walk(asks, Page.LENGTH)
    for wrong in ({}, {"duration": "today"}, {"duration": "100-years"}):
        assert title(send(asks, path, wrong)).startswith("Fout: ")


def test_it_asks_the_length_again_when_a_service_allows_less(asks: Client) -> None:
    walk(asks, Page.CHECK, LENGTH={"duration": "5-years"})
    path = address(Page.SERVICES, only_draft().id)
    assert page_of(send(asks, path, {"services": ["uitkering-aanvragen"]})["Location"]) is Page.LENGTH


def test_it_shows_every_answer_but_no_bsn_and_no_birthday(asks: Client) -> None:
    response = asks.get(walk(asks, Page.CHECK, **WITH_PARTNER))
    page = shown(response)
    assert "Waarmee Mijn toeslagen" in page
    assert "mevrouw De Vries BSN dat eindigt op 019" in page
    assert "de partner BSN dat eindigt op 135" in page
    for secret in (BSNS["anna"].digits, UNKNOWN_BSN.digits, "1980"):
        assert secret not in response.content.decode()


def test_it_asks_each_person_apart(asks: Client, bram: Party) -> None:
    ask(asks, **WITH_PARTNER)
    client = MandateRequest.objects.get(partner_of__isnull=True)
    partner = MandateRequest.objects.get(partner_of=client)
    assert {client.helper_id, partner.helper_id} == {bram.id}
    assert (client.label, partner.label) == ("mevrouw De Vries", "de partner")
    assert client.stated != partner.stated
    assert client.duration == partner.duration == "1-year"


def test_it_says_when_the_letter_comes_and_what_to_tell(asks: Client) -> None:
    page = shown(asks.get(asks.get(ask(asks)["Location"])["Location"]))
    assert "Kloppen de gegevens? Dan komt de brief uiterlijk 30 november 2026." in page
    assert "/verzoeken" in page
    assert "Vertel dit aan uw cliënt" in page


def test_it_asks_once_when_the_button_is_pressed_twice(asks: Client) -> None:
    path = walk(asks, Page.CHECK, **WITH_PARTNER)
    seen = mark_on(asks.get(path))
    once, twice = (send(asks, path, seen)["Location"] for _ in range(2))
    assert MandateRequest.objects.count() == 2
    assert asks.get(once)["Location"] == twice


def test_it_asks_nothing_that_was_not_on_the_page(asks: Client) -> None:
    path = walk(asks, Page.CHECK)
    seen = mark_on(asks.get(path))
    send(asks, address(Page.LENGTH, only_draft().id), {"duration": "1-month"})
    assert "Er is iets veranderd" in shown(send(asks, path, seen))
    assert not MandateRequest.objects.exists()


def test_it_asks_nothing_without_a_page(asks: Client) -> None:
    send(asks, walk(asks, Page.CHECK))
    assert not MandateRequest.objects.exists()


def test_it_leads_from_every_page_of_a_finished_draft_to_its_answer(asks: Client) -> None:
    ask(asks, **WITH_PARTNER)
    done = reverse("pages:asked-done", args=[MandateRequest.objects.get(partner_of__isnull=True).id])
    assert {asks.get(address(page, only_draft().id))["Location"] for page in Page} == {done}


def test_it_says_so_when_a_service_is_gone_half_way(asks: Client) -> None:
    path = walk(asks, Page.CHECK)
    Service.objects.filter(key="mijn-toeslagen").update(active=False)
    assert page_of(press(asks, path)["Location"]) is Page.SERVICES


def test_it_keeps_neither_bsn_nor_birthday_in_draft_journal_or_outbox(asks: Client) -> None:
    walk(asks, Page.CHECK, **WITH_PARTNER)
    draft = str(only_draft().answers)
    press(asks, address(Page.CHECK, only_draft().id))
    kept = draft + str(list(JournalEntry.objects.values("details"))) + str(list(OutboxRow.objects.values("payload")))
    for secret in (BSNS["anna"].digits, UNKNOWN_BSN.digits, "1980-05-06"):
        assert secret not in kept
        assert secret not in str(dict(asks.session))


def test_it_looks_nobody_up(asks: Client, anna: Party) -> None:
    ask(asks)
    assert not JournalEntry.objects.filter(subject=anna.id, event="mandate-requested").exists()
    assert not Mandate.objects.exists()


@pytest.mark.parametrize("facts", [{"born": "2010-01-01"}, {"signals": [StopSignal.ERRONEOUS]}])
def test_it_says_at_once_to_who_can_help_nobody(asks: Client, bram: Party, facts: dict[str, object]) -> None:
    told(bram, **facts)  # type: ignore[arg-type]  # one of its arguments
    response = asks.get(reverse("pages:ask"))
    assert response.status_code == 403
    assert "U kunt geen machtiging vragen" in shown(response)


def test_it_asks_again_for_who_was_stated_more_than_a_day_ago(asks: Client) -> None:
    path = walk(asks, Page.CHECK)
    StatedPerson.objects.all().delete()
    assert page_of(asks.get(path)["Location"]) is Page.CLIENT


def nobody(anna: Party, bram: Party) -> dict[str, str]:
    assert anna != bram
    return person(UNKNOWN_BSN)


def somebody(anna: Party, bram: Party) -> dict[str, str]:
    assert anna != bram
    return person(BSNS["anna"])


def somebody_helped(anna: Party, bram: Party) -> dict[str, str]:
    active(anna, bram)
    return person(BSNS["anna"])


def somebody_wrong(anna: Party, bram: Party) -> dict[str, str]:
    assert anna != bram
    return person(BSNS["anna"], born=("1", "1", "1951"))


def somebody_dead(anna: Party, bram: Party) -> dict[str, str]:
    assert anna != bram
    told(anna, signals=[StopSignal.DECEASED])
    return person(BSNS["anna"])


CASES = [nobody, somebody, somebody_helped, somebody_wrong, somebody_dead]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_it_costs_as_many_statements_whoever_is_stated(
    asks: Client, anna: Party, bram: Party, case: Callable[[Party, Party], dict[str, str]]
) -> None:
    stated = case(anna, bram)
    path = walk(asks, Page.CLIENT)
    assert statements(lambda: send(asks, path, stated)) == 12
    path = walk(asks, Page.CHECK, walk(asks, Page.PARTNER, path, CLIENT=stated))
    seen = mark_on(asks.get(path))
    assert statements(lambda: send(asks, path, seen)) == 20
    done = asks.get(path)["Location"]
    assert statements(lambda: asks.get(done)) == 4


def test_it_says_the_same_whoever_is_stated(asks: Client, anna: Party, bram: Party) -> None:
    said = set()
    for case in CASES:
        stated = {**case(anna, bram), "label": "deze persoon"}
        done = asks.get(press(asks, walk(asks, Page.CHECK, CLIENT=stated))["Location"])["Location"]
        said.add(shown(asks.get(done)))
    assert len(said) == 1


@pytest.mark.parametrize("page", list(Page))
def test_it_refuses_dirk_a_draft_of_somebody_else(asks: Client, at_dirk: Client, page: Page) -> None:
    walk(asks, Page.CHECK, **WITH_PARTNER)
    path = address(page, only_draft().id)
    assert at_dirk.get(path).status_code == 404
    assert send(at_dirk, path).status_code == 404


@pytest.mark.django_db
def test_it_lets_nobody_begin_without_logging_in() -> None:
    assert Client().get(reverse("pages:ask"))["Location"].startswith("/signin/which?next=")


@pytest.mark.parametrize(
    ("page", "most"),
    [
        (Page.SERVICES, 6),
        (Page.LENGTH, 6),
        (Page.CLIENT, 6),
        (Page.PARTNER, 7),
        (Page.PARTNER_DETAILS, 7),
        (Page.CHECK, 7),
    ],
)
def test_it_asks_the_database_little_for_a_question(asks: Client, page: Page, most: int) -> None:
    walk(asks, Page.CHECK, **WITH_PARTNER)
    path = address(page, only_draft().id)
    assert statements(lambda: asks.get(path)) <= most + 1


def test_it_forgets_nothing_when_the_session_ends_but_bsn_and_code(asks: Client, bram: Party) -> None:
    path = walk(asks, Page.CLIENT)
    with clock.frozen(NOW + timedelta(minutes=16)):
        send(asks, path, person(BSNS["anna"], label="de buurvrouw"))
        assert not StatedPerson.objects.exists()
        page = arrive(bram, client=asks).get(path).content.decode()
    assert 'value="de buurvrouw"' in page
    assert BSNS["anna"].digits not in page
