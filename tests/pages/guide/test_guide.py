"""Which way fits: one question a page, without login and without scripts, answers in the address."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from namens.pages.guide import words
from namens.pages.guide.advice import Answers, Bring, Helper, Reach, Situation, Step, Way
from namens.pages.guide.answers import Given, Question, as_parameters
from tests.pages.visiting import shown
from tests.people import TODAY

PAGE = "/welke-manier"
LETTER = {
    "situation": "ordinary",
    "helper": "private",
    "bsn": "yes",
    "digid": "no",
    "partner": "yes",
    "reach": "around",
    "day": "2026-12-10",
}


def walk(*answers: str) -> tuple[str, str]:
    """Answer the questions one by one as a browser does, and give the address and the words of the last page."""
    browser, address = Client(), PAGE
    for answer in answers:
        page = browser.get(address)
        assert page.status_code == 200, address
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
        fields.pop("csrfmiddlewaretoken", None)
        fields.pop("next", None)
        sent = browser.get(PAGE, {**fields, "answer": answer})
        assert sent.status_code == 302, shown(sent)
        address = sent["Location"]
    return address, shown(browser.get(address))


def test_it_leads_from_question_to_question_to_the_letter() -> None:
    address, page = walk("ordinary", "private", "yes", "no", "yes", "around", "")
    assert dict(parse_qsl(urlsplit(address).query)) == {**LETTER, "day": "none"}
    assert "U vraagt een machtiging" in page
    assert "Plan het gesprek op 1 december 2026 of later." in page


def test_it_says_on_which_day_a_letter_has_to_be_asked() -> None:
    page = shown(Client().get(PAGE, LETTER))
    assert "Vraag het uiterlijk 2 december 2026. Dan is de brief er vóór het gesprek." in page
    assert "Dit neemt de partner mee" in page


def test_it_says_that_a_talk_is_too_soon_for_a_letter() -> None:
    page = shown(Client().get(PAGE, {**LETTER, "day": "2026-11-25"}))
    assert "Het is te laat voor een brief vóór dit gesprek." in page
    assert "Verzet het gesprek naar 1 december 2026 of later." in page


def test_it_asks_again_what_was_not_chosen() -> None:
    page = Client().get(PAGE, {"situation": "ordinary", "asked": "helper"})
    assert (page.status_code, "Kies een van de antwoorden" in shown(page)) == (200, True)


@pytest.mark.parametrize(("day", "says"), [("22", "Deze dag is voorbij"), ("x", "bijvoorbeeld 27")])
def test_it_says_what_is_wrong_with_a_day(day: str, says: str) -> None:
    kept = {name: value for name, value in LETTER.items() if name != "day"}
    page = Client().get(PAGE, {**kept, "asked": "day", "day_day": day, "day_month": "11", "day_year": "2026"})
    assert says in shown(page)


def test_it_takes_a_day_that_is_typed() -> None:
    kept = {name: value for name, value in LETTER.items() if name != "day"}
    typed = {"asked": "day", "day_day": "10", "day_month": "12", "day_year": "2026"}
    assert "day=2026-12-10" in Client().get(PAGE, {**kept, **typed})["Location"]


@pytest.mark.parametrize("odd", ["\0", "<script>", "ordinary\n", "é" * 5000])
def test_it_asks_what_it_cannot_read(odd: str) -> None:
    page = Client().get(PAGE, {"situation": odd, "day": odd, "helper": "organisation"})
    assert page.status_code == 200
    assert "Geldt een van deze dingen" in shown(page)
    assert "<script>" not in page.content.decode()


@pytest.mark.parametrize("situation", [one for one in Situation if one is not Situation.ORDINARY])
def test_it_says_where_to_go_instead(situation: Situation) -> None:
    page = shown(Client().get(PAGE, {"situation": situation}))
    with translation.override("nl"):
        assert str(translation.gettext(words.EXITS[situation][0])) in page
    assert "Zo gaat het" not in page


def test_it_forgets_answers_to_questions_that_do_not_arise() -> None:
    given = Given.parse({**LETTER, "eherkenning": "yes", "can_log_in": "yes"})
    assert Question.EHERKENNING not in given.parameters
    assert Question.CAN_LOG_IN not in given.parameters


def test_it_goes_back_one_question(client: Client) -> None:
    page = client.get(PAGE, {"situation": "ordinary", "helper": "private"}).content.decode()
    assert 'href="/welke-manier?situation=ordinary"' in page


def test_it_can_be_filled_in_with_what_an_appointment_knows() -> None:
    known = Answers(situation=Situation.ORDINARY, helper=Helper.PRIVATE, digid=True, reach=Reach.DURING, day=TODAY)
    given = Given.parse(as_parameters(known))
    assert given.answers == known
    assert given.next_question is Question.BSN


@pytest.mark.parametrize("paper", ["blad", "kaart"])
def test_it_gives_the_advice_on_paper(paper: str) -> None:
    page = Client().get(f"{PAGE}/{paper}", LETTER)
    assert {"blad": "U vraagt een machtiging", "kaart": "Uw helper vraagt"}[paper] in shown(page)
    back = f"{PAGE}/{paper}"
    assert Client().get(back)["Location"] == PAGE
    assert Client().get(back, {"situation": "died"})["Location"] == f"{PAGE}?situation=died"


def test_it_has_words_and_a_drawing_for_everything() -> None:
    assert set(words.WAYS) == set(words.LEADS) == set(words.TO_CLIENTS) == set(Way) - {Way.ELSEWHERE}
    assert (set(words.STEPS), set(words.BRINGS)) == (set(Step), set(Bring))
    drawn = {*words._PICTURES.values(), *words._BRING_PICTURES.values()}
    assert (set(words._PICTURES), set(words._BRING_PICTURES)) == (set(Step), set(Bring))
    for name, _ in drawn:
        assert "aria-hidden" in get_template(f"pages/guide/pictures/{name}.svg").render()


def test_it_costs_no_statement_and_is_found_from_the_first_page(
    db: None,  # noqa: ARG001 - asked for its effect
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # the fixture of pytest-django
        assert Client().get(PAGE, LETTER).status_code == 200
    assert f'href="{PAGE}"' in unescape(Client().get(reverse("pages:home")).content.decode())
