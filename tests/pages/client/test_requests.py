"""What helpers ask of a client: the list, one request, and no."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.ids import new_id
from namens.lib.periods import Duration
from namens.mandates.actions import lapse, offer_by_phone, withdraw
from namens.mandates.models import Mandate, Report, ReportKind
from namens.mandates.states import EndReason, State
from namens.parties.models import Party
from namens.services.models import Service
from namens.signin.models import Draft
from tests.counting import statements
from tests.pages.client.agreeing import asked_of, page_of, request_of, say
from tests.pages.visiting import arrive, send, shown, title
from tests.people import NOW, active, fresh, give, of, services

LIST = "/verzoeken"
AGENT = UUID("01a2158b-e9a1-734c-b9b7-7c2d6d9cb179")


@pytest.fixture
def asked(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """What Bram asks of Anna."""
    return asked_of(anna, bram)


def declining(mandate: Mandate, kind: str = "decline") -> str:
    return reverse(f"pages:{kind}", args=[mandate.id])


def test_it_lists_who_asks_for_what_and_how_long(at_anna: Client, asked: Mandate) -> None:
    page = shown(at_anna.get(LIST))
    assert "Bram Bakker Mijn toeslagen Hoe lang: 1 jaar" in page
    assert page_of(asked) in at_anna.get(LIST).content.decode()


def test_it_says_so_when_nobody_asks(at_anna: Client) -> None:
    assert "Er wacht niemand op uw antwoord." in shown(at_anna.get(LIST))


@pytest.mark.parametrize("path", ["/", "/mijn-machtigingen"])
def test_it_leads_to_the_requests_from_elsewhere(at_anna: Client, at_dirk: Client, asked: Mandate, path: str) -> None:
    assert "Iemand wil u helpen" in shown(at_anna.get(path))
    assert "Iemand wil u helpen" not in shown(at_dirk.get(path))
    assert asked.state == State.REQUESTED


def test_it_says_who_asks_what_how_long_and_that_nobody_has_to(at_anna: Client, asked: Mandate) -> None:
    page = shown(at_anna.get(page_of(asked)))
    assert "Bram Bakker wil u helpen" in page
    assert "Bram Bakker helpt u als privépersoon, niet voor een organisatie." in page
    assert "Mijn toeslagen: Zorgtoeslag, huurtoeslag" in page
    assert "1 jaar. Zegt u vandaag ja, dan tot en met 22 november 2027." in page
    assert "U kunt antwoorden tot en met 4 januari 2027" in page
    assert "Moet dat? Nee, u hoeft niemand te machtigen." in page
    assert "Uw helper ziet uw naam" in page


def test_it_names_nobody_in_the_title(at_anna: Client, asked: Mandate) -> None:
    for path in (LIST, page_of(asked), declining(asked), declining(asked, "decline-unknown")):
        assert "Bram" not in title(at_anna.get(path))


def test_it_says_what_it_replaces_and_not_itself(at_anna: Client, anna: Party, bram: Party, asked: Mandate) -> None:
    assert "plaats van" not in shown(at_anna.get(page_of(asked)))
    assert "Er is nog een verzoek" not in shown(at_anna.get(page_of(asked)))
    active(anna, bram)
    newer = asked_of(anna, bram)
    page = shown(at_anna.get(page_of(newer)))
    assert "Bram Bakker helpt u al met: Mijn toeslagen. De nieuwe machtiging komt in de plaats" in page


def test_it_names_an_older_code_and_another_request(at_anna: Client, anna: Party, bram: Party, asked: Mandate) -> None:
    give(anna, bram)
    asked_of(anna, bram)
    page = shown(at_anna.get(page_of(asked)))
    assert "Die code werkt niet meer zodra u ja zegt." in page
    assert "Bram Bakker vroeg u ook om: Mijn toeslagen." in page


def test_it_does_nothing_without_an_answer(at_anna: Client, asked: Mandate) -> None:
    for answer in ("", "maybe", "no"):
        assert say(at_anna, asked, answer).status_code == 200
    assert not Draft.objects.exists()
    assert of(asked).state == State.REQUESTED


def test_it_asks_for_a_stronger_login_where_a_service_needs_one(at_anna: Client, anna: Party, asked: Mandate) -> None:
    Service.objects.filter(key="mijn-toeslagen").update(minimum_level=AssuranceLevel.SUBSTANTIAL)
    response = at_anna.get(page_of(asked))
    assert "Voor deze diensten moet u sterker inloggen" in shown(response)
    assert "level=substantial" in response.content.decode()
    assert 'value="shorter"' not in response.content.decode()
    assert say(at_anna, asked).status_code == 200
    stronger = arrive(anna, level=AssuranceLevel.SUBSTANTIAL)
    assert say(stronger, asked).status_code == 302


def test_it_asks_once_more_before_a_no(at_anna: Client, asked: Mandate) -> None:
    page = shown(at_anna.get(declining(asked)))
    assert "Zegt u nee tegen Bram Bakker?" in page
    assert "Bram Bakker hoort hier niets van." in page
    assert of(asked).state == State.REQUESTED


def test_it_takes_a_no(at_anna: Client, asked: Mandate) -> None:
    page = shown(at_anna.get(send(at_anna, declining(asked))["Location"]))
    assert "U hebt nee gezegd Bram Bakker hoort hier niets van." in page
    assert of(asked).end_reason == EndReason.DECLINED
    assert not Report.objects.exists()


def test_it_takes_that_somebody_is_unknown_and_says_what_happens_next(at_anna: Client, asked: Mandate) -> None:
    page = shown(at_anna.get(send(at_anna, declining(asked, "decline-unknown"))["Location"]))
    assert "Wij weten dat u deze persoon niet kent" in page
    assert "De helpdesk kijkt ernaar." in page
    assert Report.objects.get().kind == ReportKind.UNKNOWN_PERSON


def test_it_takes_a_no_once(at_anna: Client, asked: Mandate) -> None:
    once, twice = (send(at_anna, declining(asked, kind))["Location"] for kind in ("decline", "decline-unknown"))
    assert once == twice
    assert not Report.objects.exists()


def test_it_says_that_the_helper_took_it_back_before_the_worker_saw(
    at_anna: Client, bram: Party, asked: Mandate
) -> None:
    withdraw(asked=request_of(asked).id, by=bram, now=NOW)
    assert "Bram Bakker heeft het verzoek teruggenomen." in shown(at_anna.get(page_of(asked)))
    assert "Bram Bakker" not in shown(at_anna.get(LIST))
    assert send(at_anna, declining(asked))["Location"] == page_of(asked)
    assert of(asked).state == State.REQUESTED


def test_it_says_that_it_is_too_late(anna: Party, asked: Mandate) -> None:
    with clock.frozen(NOW + timedelta(days=43)) as now:
        browser = arrive(anna)
        before = shown(browser.get(page_of(asked)))
        lapse(now=now)
        after = shown(browser.get(page_of(asked)))
    for page in (before, after):
        assert "Dit verzoek is voorbij U kon antwoorden tot en met 4 januari 2027." in page


def test_it_says_that_a_newer_mandate_came(at_anna: Client, anna: Party, bram: Party, asked: Mandate) -> None:
    active(anna, bram, now=NOW + timedelta(seconds=1))
    assert "Een nieuwere machtiging kwam ervoor in de plaats." in shown(at_anna.get(page_of(asked)))


@pytest.mark.usefixtures("catalogue")
def test_it_lets_a_client_say_yes_online_to_what_was_arranged_by_phone(
    at_anna: Client, anna: Party, bram: Party
) -> None:
    made = offer_by_phone(
        caller=fresh(anna, now=NOW),
        helper=bram,
        services=services("mijn-toeslagen"),
        duration=Duration.ONE_MONTH,
        agent=AGENT,
        now=NOW,
    )
    page = shown(at_anna.get(page_of(made)))
    assert "Mag Bram Bakker u helpen?" in page
    assert "U hebt dit per telefoon geregeld." in page


@pytest.mark.parametrize("kind", ["request", "decline", "decline-unknown"])
def test_it_does_not_exist_for_dirk_or_the_helper(at_dirk: Client, bram: Party, asked: Mandate, kind: str) -> None:
    for browser in (at_dirk, arrive(bram)):
        assert browser.get(declining(asked, kind)).status_code == 404
        assert send(browser, declining(asked, kind)).status_code == 404
    assert "Bram" not in shown(at_dirk.get(LIST))


@pytest.mark.parametrize("kind", ["request", "decline", "decline-unknown"])
def test_it_does_not_exist_under_another_number(at_anna: Client, kind: str) -> None:
    assert at_anna.get(reverse(f"pages:{kind}", args=[new_id()])).status_code == 404


@pytest.mark.usefixtures("catalogue")
def test_it_is_no_page_for_a_mandate_that_was_given_unasked(at_anna: Client, anna: Party, bram: Party) -> None:
    assert at_anna.get(page_of(give(anna, bram).mandate)).status_code == 404


def test_it_sends_a_stranger_to_the_login(asked: Mandate) -> None:
    assert Client().get(page_of(asked))["Location"].startswith("/signin/digid?next=")


@pytest.mark.parametrize("keys", [("mijn-toeslagen",), ("mijn-toeslagen", "inkomstenbelasting", "uitkering-aanvragen")])
def test_it_costs_as_few_statements_for_three_services_as_for_one(
    at_anna: Client, anna: Party, bram: Party, keys: tuple[str, ...]
) -> None:
    asked = asked_of(anna, bram, keys=keys)
    assert statements(lambda: at_anna.get(LIST)) == 4
    assert statements(lambda: at_anna.get(page_of(asked))) <= 6
    assert statements(lambda: at_anna.get(declining(asked))) <= 6
    assert statements(lambda: say(at_anna, asked)) <= 8
    assert statements(lambda: send(at_anna, declining(asked, "decline-unknown"))) <= 20
