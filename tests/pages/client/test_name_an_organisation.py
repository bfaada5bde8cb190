"""Who is going to help you? An organisation: found, looked at, and with or without a code."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from namens.lib.limits import Limit
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.organisations.models import Block, Organisation
from namens.pages.client.giving import Page
from namens.parties.models import Party
from namens.signin.models import Draft
from tests.counting import statements
from tests.pages.client.walking import address, begin, only_draft, page_of, walk
from tests.pages.visiting import Answered, arrive, press, send, shown
from tests.people import NOW, TODAY
from tests.working import mandate_of, member, organisation

FIND = "/machtigen/organisatie"
NO_CODE = "Na uw ja kan Samen Sterk u meteen helpen."


@pytest.fixture(autouse=True)
def samen_sterk(db: None) -> Organisation:  # noqa: ARG001 - asked for its effect
    """An organisation that takes part."""
    return organisation()


def choose(browser: Client, works_for: Organisation, *, path: str = FIND) -> str:
    """Choose an organisation, and give the address of the next page."""
    return send(browser, path, {"organisation": str(works_for.party_id)})["Location"]


def give(browser: Client, works_for: Organisation) -> Answered:
    return press(browser, walk(browser, choose(browser, works_for), Page.CHECK))


def test_it_leads_from_the_helper_number_to_organisations(at_anna: Client, number: str) -> None:
    assert f'href="{FIND}"' in at_anna.get("/machtigen").content.decode()
    page = at_anna.get(begin(at_anna, number))
    assert reverse("pages:give-organisation-in", args=[only_draft().id]) in page.content.decode()


@pytest.mark.parametrize("text", ["sterk", "90000011"])
def test_it_finds_by_name_and_by_number(at_anna: Client, samen_sterk: Organisation, text: str) -> None:
    organisation("De Brug")
    page = send(at_anna, FIND, {"text": text})
    assert "Samen Sterk KvK-nummer 90000011" in shown(page)
    assert "De Brug" not in shown(page)
    assert str(samen_sterk.party_id) in page.content.decode()
    assert not Draft.objects.filter(journey="give").exists()


def test_it_says_when_there_is_none(at_anna: Client) -> None:
    assert "Geen organisatie in Namens heeft deze naam" in shown(send(at_anna, FIND, {"text": "onbekend"}))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Vul de naam of het KvK-nummer in"),
        ("a b", "Vul minstens drie letters van de naam in"),
        ("12", "Vul minstens drie letters van de naam in"),
        ("s" * 201, "Dit is te lang"),
    ],
)
def test_it_says_what_to_do_with_too_little(at_anna: Client, text: str, sentence: str) -> None:
    assert sentence in shown(send(at_anna, FIND, {"text": text}))


def test_it_says_when_it_was_too_often(at_anna: Client, settings: Settings) -> None:
    settings.ORGANISATION_SEARCHES = Limit(times=1, window=settings.ORGANISATION_SEARCHES.window)
    send(at_anna, FIND, {"text": "sterk"})
    page = shown(send(at_anna, FIND, {"text": "sterk"}))
    assert "U hebt vandaag te vaak gezocht." in page
    assert "90000011" not in page


def test_it_shows_name_and_number_and_asks_whether_this_is_the_one(at_anna: Client, samen_sterk: Organisation) -> None:
    path = choose(at_anna, samen_sterk)
    page = shown(at_anna.get(path))
    assert page_of(path) is Page.HELPER
    assert "Is dit de organisatie?" in page
    assert "Samen Sterk KvK-nummer 90000011" in page
    assert "privépersoon" not in page
    assert page_of(press(at_anna, path)["Location"]) is Page.SERVICES


@pytest.mark.parametrize("wrong", ["", "hallo", "person", "blocked"])
def test_it_chooses_nobody_who_does_not_take_part(
    at_anna: Client, samen_sterk: Organisation, bram: Party, wrong: str
) -> None:
    Block.objects.create(organisation=samen_sterk, blocked_by="Olga", since=NOW)
    chosen = {"person": str(bram.id), "blocked": str(samen_sterk.party_id)}.get(wrong, wrong)
    page = send(at_anna, FIND, {"organisation": chosen})
    assert "U kunt deze organisatie niet meer kiezen" in shown(page)
    assert not Draft.objects.filter(journey="give").exists()


def test_it_says_before_the_yes_that_a_code_comes(at_anna: Client, samen_sterk: Organisation) -> None:
    path = walk(at_anna, choose(at_anna, samen_sterk), Page.CHECK)
    page = shown(at_anna.get(path))
    assert "Na uw ja krijgt u een code" in page
    assert NO_CODE not in page
    location = press(at_anna, path)["Location"]
    code = at_anna.get(at_anna.get(location)["Location"])
    assert "Geef deze code aan Samen Sterk." in shown(code)
    assert "logt in met de eigen eHerkenning" in shown(code)
    assert Mandate.objects.get().state == State.OFFERED


def test_it_says_before_the_yes_that_no_code_is_needed_and_is_active_at_once(
    at_anna: Client, anna: Party, samen_sterk: Organisation
) -> None:
    mandate_of(anna, samen_sterk)
    path = walk(at_anna, choose(at_anna, samen_sterk), Page.CHECK)
    assert NO_CODE in shown(at_anna.get(path))
    location = at_anna.get(press(at_anna, path)["Location"])["Location"]
    done = at_anna.get(at_anna.get(location)["Location"])
    assert "Samen Sterk mag u helpen" in shown(done)
    assert "Een code is niet nodig" in shown(done)
    assert Mandate.objects.order_by("-id")[0].state == State.ACTIVE


def test_it_asks_once_more_when_a_code_became_unneeded_meanwhile(
    at_anna: Client, anna: Party, samen_sterk: Organisation
) -> None:
    path = walk(at_anna, choose(at_anna, samen_sterk), Page.CHECK)
    seen = {"seen": at_anna.get(path).content.decode().split('name="seen" value="')[1].split('"')[0]}
    mandate_of(anna, samen_sterk)
    page = shown(send(at_anna, path, seen))
    assert NO_CODE in page
    assert Mandate.objects.count() == 1


def test_it_shows_the_success_to_the_client_alone(
    at_anna: Client, at_dirk: Client, anna: Party, samen_sterk: Organisation
) -> None:
    before = mandate_of(anna, samen_sterk)
    give(at_anna, samen_sterk)
    done = reverse("pages:given", args=[Mandate.objects.exclude(id=before.id).get().id])
    assert at_anna.get(done).status_code == 200
    assert at_dirk.get(done).status_code == 404
    sam = member(samen_sterk)
    assert arrive(sam.party).get(done)["Location"] == reverse("signin:elsewhere")


def test_it_stops_before_a_code_that_nobody_there_may_use(
    at_anna: Client, anna: Party, samen_sterk: Organisation
) -> None:
    Organisation.objects.update(may_process_bsn=False)
    path = choose(at_anna, samen_sterk)
    assert "Deze organisatie machtigt u aan tafel" in shown(at_anna.get(path))
    send(at_anna, path)
    assert page_of(at_anna.get(address(Page.SERVICES, only_draft().id))["Location"]) is Page.HELPER
    mandate_of(anna, samen_sterk)
    assert page_of(press(at_anna, path)["Location"]) is Page.SERVICES


def test_it_offers_only_what_organisations_may_do(at_anna: Client, samen_sterk: Organisation, number: str) -> None:
    services = press(at_anna, choose(at_anna, samen_sterk))["Location"]
    assert "Uitkering aanvragen" not in shown(at_anna.get(services))
    private = press(at_anna, begin(at_anna, number))["Location"]
    assert "Uitkering aanvragen" in shown(at_anna.get(private))


def test_it_can_turn_a_person_into_an_organisation_and_asks_again(
    at_anna: Client, samen_sterk: Organisation, number: str
) -> None:
    press(at_anna, begin(at_anna, number))
    other = choose(at_anna, samen_sterk, path=reverse("pages:give-organisation-in", args=[only_draft().id]))
    assert page_of(other) is Page.HELPER
    assert only_draft().answers["helper"] == str(samen_sterk.party_id)


def test_it_lets_dirk_change_no_draft_of_anna(at_anna: Client, at_dirk: Client, samen_sterk: Organisation) -> None:
    choose(at_anna, samen_sterk)
    for name in ("give-organisation-in", "give-helper"):
        path = reverse(f"pages:{name}", args=[only_draft().id])
        assert at_dirk.get(path).status_code == 404
        assert send(at_dirk, path, {"organisation": str(samen_sterk.party_id)}).status_code == 404


def test_it_lets_no_member_mandate_anybody(samen_sterk: Organisation) -> None:
    sam = arrive(member(samen_sterk).party)
    for path in ("/machtigen", FIND):
        assert sam.get(path)["Location"] == reverse("signin:elsewhere")


def test_it_gives_a_private_number_nothing_for_the_organisation(
    at_anna: Client, anna: Party, bram: Party, number: str, samen_sterk: Organisation
) -> None:
    """Bram works at Samen Sterk and gave his private number there: what comes of it is for Bram alone."""
    at_work = member(samen_sterk, "Bram", family_name="Bakker")
    path = begin(at_anna, number)
    assert "Bram Bakker helpt u als privépersoon, niet voor een organisatie." in shown(at_anna.get(path))
    press(at_anna, walk(at_anna, path, Page.CHECK))
    made = Mandate.objects.get()
    assert made.representative == bram
    assert arrive(at_work.party).get(reverse("pages:mandate", args=[made.id]))["Location"] == reverse(
        "signin:elsewhere"
    )
    for_work = mandate_of(anna, samen_sterk)
    assert arrive(bram).get(reverse("pages:mandate", args=[for_work.id])).status_code == 404


def test_it_costs_as_few_statements_with_ten_found_as_with_one(at_anna: Client) -> None:
    assert statements(lambda: send(at_anna, FIND, {"text": "sterk"})) <= 9


def test_it_checks_in_few_statements(at_anna: Client, anna: Party, samen_sterk: Organisation) -> None:
    mandate_of(anna, samen_sterk, last_day=TODAY)
    path = walk(at_anna, choose(at_anna, samen_sterk), Page.CHECK)
    assert statements(lambda: at_anna.get(path)) <= 13
