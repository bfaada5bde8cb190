import re

import pytest

from rehearsal.openid.ledger import TIME_TO_LOG_IN
from tests.rehearsal.playing import ANNA, BASE, GRIETJE_WITHOUT_DIGID, MovableClock, Visitor, returned


def test_it_sends_somebody_back_with_a_code(visitor: Visitor) -> None:
    sent = returned(visitor.answer(visitor.arrive(), person=ANNA))
    assert sent["code"]
    assert (sent["state"], sent["iss"]) == ("the state", f"{BASE}/digid")


def test_it_tells_the_client_of_a_cancel(visitor: Visitor) -> None:
    sent = returned(visitor.answer(visitor.arrive(), person=ANNA, action="cancel"))
    assert sent == {"error": "access_denied", "state": "the state", "iss": f"{BASE}/digid"}


@pytest.mark.parametrize("typed", ["999990019", "9999 90 019", "9999.90.019 "])
def test_it_takes_a_number_as_people_type_it(visitor: Visitor, typed: str) -> None:
    code = returned(visitor.answer(visitor.arrive(), bsn=typed))["code"]
    assert visitor.exchange(code).status_code == 200


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Kies een persoon of typ een burgerservicenummer."),
        ({"bsn": "123456789"}, "Dit is geen burgerservicenummer."),
        ({"bsn": "<script>"}, "Dit is geen burgerservicenummer."),
        ({"person": "1"}, "Dit is geen burgerservicenummer."),
        ({"person": GRIETJE_WITHOUT_DIGID}, "Deze persoon heeft geen DigiD."),
        ({"person": ANNA, "level": "godlike"}, "Kies hoe sterk u inlogt."),
    ],
)
def test_it_says_what_is_wrong_and_keeps_the_form(visitor: Visitor, form: dict[str, str], sentence: str) -> None:
    page = visitor.answer(visitor.arrive(), **form)
    assert page.status_code == 400
    assert page.text.count(sentence) == 2
    assert "<title>Fout: " in page.text
    assert "<script>" not in page.text
    assert returned(visitor.answer(page, person=ANNA))["code"]


def test_it_prefers_the_number_that_was_typed(visitor: Visitor) -> None:
    page = visitor.answer(visitor.arrive(), person=ANNA, bsn="1")
    assert page.status_code == 400
    assert re.search(rf'value="{ANNA}" checked', page.text)


def test_it_lets_somebody_log_in_whom_nobody_knows(visitor: Visitor) -> None:
    assert returned(visitor.answer(visitor.arrive(), bsn="111222333"))["code"]


def test_it_gives_each_of_two_clicks_a_code_of_its_own(visitor: Visitor) -> None:
    page = visitor.arrive()
    codes = {returned(visitor.answer(page, person=ANNA))["code"] for _ in range(2)}
    assert len(codes) == 2


def test_it_stops_who_waited_too_long(visitor: Visitor, clock: MovableClock) -> None:
    page = visitor.arrive()
    clock.move(seconds=int(TIME_TO_LOG_IN.total_seconds()))
    answer = visitor.answer(page, person=ANNA)
    assert answer.status_code == 400
    assert "U wachtte te lang" in answer.text


def test_it_stops_a_form_that_belongs_to_no_question(visitor: Visitor) -> None:
    assert visitor.http.post("/digid/login", data={"person": ANNA, "request": "made-up"}).status_code == 400
