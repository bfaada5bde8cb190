"""A yes to what was asked: the questions that are left, the check page, and what comes of it."""

from datetime import timedelta

import pytest
from django.test import Client

from namens.codes.models import ActivationCode
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.actions import withdraw
from namens.mandates.models import Mandate, MandateService
from namens.mandates.states import State
from namens.pages.client.giving import Page
from namens.parties.facts import PersonFacts, PersonName, StopSignal
from namens.parties.models import Party
from namens.population.answers import Answer, Found
from namens.services.models import Portal
from namens.signin.models import Draft
from tests.counting import statements
from tests.pages.client.agreeing import agree, asked_of, check_page, page_of, request_of, say
from tests.pages.client.walking import address, only_draft, walk
from tests.pages.client.walking import page_of as page_behind
from tests.pages.visiting import AWAY, UNKNOWN, Register, arrive, mark_on, press, send, shown
from tests.people import NOW, active, of, told

NAME = PersonName("Anna Maria", "de", "Vries")


@pytest.fixture
def asked(anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """What Bram asks of Anna."""
    return asked_of(anna, bram)


def test_it_becomes_active_today_for_as_long_as_was_asked(at_anna: Client, bram: Party, asked: Mandate) -> None:
    path = agree(at_anna, asked)["Location"]
    made = of(asked)
    assert (made.state, made.representative_id) == (State.ACTIVE, bram.id)
    assert (str(made.first_day), str(made.last_day)) == ("2026-11-23", "2027-11-22")
    assert made.granted_actions == []
    done = at_anna.get(path)
    assert done["Location"] == page_of(asked)
    page = shown(at_anna.get(page_of(asked)))
    assert "U hebt ja gezegd Bram Bakker mag dit nu voor u doen, tot en met 22 november 2027." in page


def test_it_asks_for_a_shorter_time_first(at_anna: Client, asked: Mandate) -> None:
    path = say(at_anna, asked, "shorter")["Location"]
    assert page_behind(path) is Page.UNTIL
    page = at_anna.get(path)
    assert "checked" not in page.content.decode()
    assert "Een laatste dag die ik zelf kies" not in shown(page)
    assert "3 jaar" not in shown(page)


def test_it_takes_a_shorter_time(at_anna: Client, asked: Mandate) -> None:
    agree(at_anna, asked, answer="shorter", UNTIL={"duration": "1-month"})
    assert str(of(asked).last_day) == "2026-12-22"


@pytest.mark.parametrize("duration", ["3-years", "own-day", ""])
def test_it_takes_no_longer_time(at_anna: Client, asked: Mandate, duration: str) -> None:
    path = say(at_anna, asked, "shorter")["Location"]
    assert send(at_anna, path, {"duration": duration, "own_last_day_day": "1"}).status_code == 200
    assert only_draft().answers["duration"] == ""


def test_it_chooses_nothing_sensitive_beforehand(at_anna: Client, asked: Mandate) -> None:
    page = at_anna.get(say(at_anna, asked)["Location"])
    assert "Mag uw helper ook uw rekeningnummer wijzigen?" in shown(page)
    assert "checked" not in page.content.decode()


def test_it_grants_what_the_client_adds(at_anna: Client, asked: Mandate) -> None:
    agree(at_anna, asked, EXTRA={"rekeningnummer-wijzigen": "yes"})
    assert of(asked).granted_actions == ["rekeningnummer-wijzigen"]


def test_it_lets_change_only_what_was_not_asked(at_anna: Client, asked: Mandate) -> None:
    page = shown(at_anna.get(check_page(at_anna, asked)))
    assert page.count("Wijzig :") + page.count("Wijzig:") == 4
    for question in ("Extra toestemming", "Laatste dag", "Bewind of curatele", "Toeslagpartner"):
        assert f": {question}" in page
    draft = only_draft().id
    for other in (Page.WHO, Page.HELPER, Page.SERVICES, Page.FROM):
        assert page_behind(at_anna.get(address(other, draft))["Location"]) is Page.CHECK


def test_it_refuses_who_is_under_administration(at_anna: Client, asked: Mandate) -> None:
    path = walk(at_anna, say(at_anna, asked)["Location"], Page.ABOUT)
    assert "U kunt niet zelf iemand machtigen" in shown(send(at_anna, path, {"administered": "yes"}))
    assert of(asked).state == State.REQUESTED


def test_it_stops_another_helper_when_the_client_says_so(
    at_anna: Client, anna: Party, carla: Party, asked: Mandate
) -> None:
    running = active(anna, carla)
    line = str(MandateService.objects.get(mandate=running).id)
    path = check_page(at_anna, asked, OTHERS={line: "yes"})
    assert "Deze helpers stoppen meteen Carla Mulder: Mijn toeslagen" in shown(at_anna.get(path))
    press(at_anna, path)
    assert of(running).state == State.ENDED
    assert of(asked).state == State.ACTIVE


def test_it_takes_the_place_of_an_older_one(at_anna: Client, anna: Party, bram: Party, asked: Mandate) -> None:
    older = active(anna, bram, now=NOW - timedelta(seconds=1))
    assert "De nieuwe machtiging komt in de plaats" in shown(at_anna.get(check_page(at_anna, asked)))
    agree(at_anna, asked)
    assert (of(older).state, of(asked).state) == (State.ENDED, State.ACTIVE)


def test_it_warns_of_portals_that_keep_nobody_out(at_anna: Client, asked: Mandate, toeslagen: Portal) -> None:
    assert toeslagen.name in shown(at_anna.get(check_page(at_anna, asked)))


def test_it_kills_the_code_of_the_letter(at_anna: Client, asked: Mandate) -> None:
    agree(at_anna, asked)
    assert not ActivationCode.objects.filter(opens=asked.id, killed_at__isnull=True).exists()


def test_it_agrees_once_when_the_button_is_pressed_twice(at_anna: Client, asked: Mandate) -> None:
    path = check_page(at_anna, asked)
    seen = mark_on(at_anna.get(path))
    once, twice = (send(at_anna, path, seen)["Location"] for _ in range(2))
    assert at_anna.get(once)["Location"] == twice == page_of(asked)


def test_it_agrees_once_in_two_tabs(at_anna: Client, asked: Mandate) -> None:
    first = check_page(at_anna, asked, answer="shorter", UNTIL={"duration": "1-month"})
    second = check_page(at_anna, asked)
    press(at_anna, first)
    assert at_anna.get(second)["Location"] == page_of(asked)
    assert send(at_anna, second)["Location"] == page_of(asked)
    assert str(of(asked).last_day) == "2026-12-22"


def test_it_takes_no_yes_to_what_was_not_on_the_page(at_anna: Client, asked: Mandate) -> None:
    path = check_page(at_anna, asked)
    seen = mark_on(at_anna.get(path))
    send(at_anna, address(Page.EXTRA, only_draft().id), {"rekeningnummer-wijzigen": "yes"})
    assert "Er is iets veranderd" in shown(send(at_anna, path, seen))
    assert of(asked).state == State.REQUESTED


def test_it_says_so_when_the_helper_took_it_back_half_way(at_anna: Client, bram: Party, asked: Mandate) -> None:
    path = check_page(at_anna, asked)
    withdraw(asked=request_of(asked).id, by=bram, now=NOW)
    response = press(at_anna, path)
    assert response["Location"] == page_of(asked)
    assert of(asked).state == State.REQUESTED


@pytest.mark.parametrize(("answer", "status"), [(AWAY, 503), (UNKNOWN, 403)])
def test_it_changes_nothing_when_the_register_does_not_answer(
    at_anna: Client, asked: Mandate, register: Register, answer: Answer, status: int
) -> None:
    path = check_page(at_anna, asked)
    assert register.asked == 0
    register.answer = answer
    assert press(at_anna, path).status_code == status
    assert of(asked).state == State.REQUESTED
    assert Draft.objects.filter(finished_at__isnull=True).count() == 1


def test_it_tells_who_the_law_does_not_let_agree(at_anna: Client, asked: Mandate, register: Register) -> None:
    path = check_page(at_anna, asked)
    register.answer = Found(PersonFacts(NAME, None, frozenset({StopSignal.GUARDIANSHIP})))
    assert press(at_anna, path)["Location"] == address(Page.CHECK, only_draft().id)
    page = shown(at_anna.get(page_of(asked)))
    assert "U staat onder curatele." in page
    assert of(asked).state == State.ENDED


def test_it_says_so_when_the_helper_became_unfit(at_anna: Client, bram: Party, asked: Mandate) -> None:
    path = check_page(at_anna, asked)
    told(bram, signals=[StopSignal.ERRONEOUS])
    assert "Deze persoon kan u niet helpen via Namens." in shown(press(at_anna, path))


def test_it_begins_on_the_day_of_the_yes(anna: Party, asked: Mandate) -> None:
    with clock.frozen(NOW + timedelta(days=3)):
        agree(arrive(anna), asked)
    assert str(of(asked).first_day) == "2026-11-26"


def test_it_asks_the_length_again_when_a_service_allows_less_by_now(
    at_anna: Client, anna: Party, bram: Party, asked: Mandate
) -> None:
    long = asked_of(anna, bram, duration=Duration.FIVE_YEARS)
    asked.lines.get().service.__class__.objects.filter(key="mijn-toeslagen").update(longest_months=12)
    assert page_behind(say(at_anna, long)["Location"]) is Page.UNTIL


def test_it_refuses_dirk_a_draft_of_somebody_else(at_anna: Client, at_dirk: Client, asked: Mandate) -> None:
    check_page(at_anna, asked)
    for page in Page:
        assert at_dirk.get(address(page, only_draft().id)).status_code == 404
        assert send(at_dirk, address(page, only_draft().id)).status_code == 404


@pytest.mark.parametrize("keys", [("mijn-toeslagen",), ("mijn-toeslagen", "inkomstenbelasting", "uitkering-aanvragen")])
def test_it_agrees_in_as_few_statements_to_three_services_as_to_one(
    at_anna: Client, anna: Party, bram: Party, keys: tuple[str, ...]
) -> None:
    asked = asked_of(anna, bram, keys=keys)
    path = check_page(at_anna, asked)
    seen = mark_on(at_anna.get(path))
    assert statements(lambda: at_anna.get(path)) <= 10
    assert statements(lambda: send(at_anna, path, seen)) <= 38 + 2 * len(keys)
