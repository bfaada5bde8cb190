"""Changing an income or an account number."""

import pytest

from mijn_toeslagen.tests.conftest import ANNA, BRAM, DIRK, Browser, identity
from mijn_toeslagen.tests.provider import Provider

GOOD_ACCOUNT = "NL91 ABNA 0417 1643 00"


def change_income(browser: Browser, amount: str = "24.500") -> str:
    """Change the income up to the last page, and give what stands there."""
    typed = browser.post("/inkomen", page="/inkomen", value=amount)
    assert typed.headers["Location"] == "/inkomen/controleren"
    answer = browser.post("/inkomen/controleren", page="/inkomen/controleren")
    return browser.get(answer.headers["Location"]).text if answer.status_code == 303 else answer.text


def test_it_changes_an_income_and_says_who_did_it_for_whom(browser: Browser) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    assert "Het inkomen is gewijzigd" in change_income(browser)
    shown = browser.get("/overzicht").text
    assert "€\u00a024.500 per jaar" in shown
    assert "Door Bram Bakker, namens Anna de Vries, op" in shown


def test_it_shows_the_change_to_the_client_too(browser: Browser, other_browser: Browser) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    change_income(browser)
    other_browser.log_in(ANNA)
    assert "Door Bram Bakker" in other_browser.get("/overzicht").text


def test_it_hides_the_name_of_another_helper(browser: Browser, other_browser: Browser) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    change_income(browser)
    other_browser.log_in(DIRK, for_client=ANNA)
    shown = other_browser.get("/overzicht").text
    assert "Door een andere helper" in shown
    assert "Bram" not in shown


def test_it_keeps_everybody_apart(browser: Browser, other_browser: Browser) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    change_income(browser)
    other_browser.log_in(DIRK)
    assert "Er is nog niets gewijzigd" in other_browser.get("/overzicht").text


@pytest.mark.parametrize(
    "typed", ["", "veel", "-1", "24,50", "2.45.00", "99999999", "\uff12\uff14\uff15\uff10\uff10", "1" * 5000]
)
def test_it_says_what_to_do_with_an_income_that_it_cannot_read(browser: Browser, typed: str) -> None:
    browser.log_in(ANNA)
    answer = browser.post("/inkomen", page="/inkomen", value=typed)
    assert answer.status_code == 422
    assert "<title>Fout: " in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_it_refuses_a_change_into_what_stands_there_already(browser: Browser) -> None:
    browser.log_in(ANNA)
    change_income(browser)
    answer = browser.post("/inkomen", page="/inkomen", value="24500")
    assert answer.status_code == 422
    assert "Dit staat er al" in answer.text


def test_it_asks_namens_again_before_it_writes(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    assert provider.asked_userinfo == 0
    change_income(browser)
    assert provider.asked_userinfo == 1


def test_it_writes_nothing_when_the_mandate_was_stopped(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.userinfo_status = 401
    assert "De machtiging geldt niet meer" in change_income(browser)
    assert browser.get("/overzicht").headers["Location"] == "/inloggen"
    provider.userinfo_status = 200
    browser.log_in(ANNA)
    assert "Er is nog niets gewijzigd" in browser.get("/overzicht").text


def test_it_writes_nothing_when_userinfo_is_about_somebody_else(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.identity = identity(BRAM, DIRK, "", issuer=provider.issuer)
    assert "De machtiging geldt niet meer" in change_income(browser)


@pytest.mark.parametrize("status", [500, 503, 404])
def test_it_keeps_what_was_typed_when_namens_is_down(browser: Browser, provider: Provider, status: int) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.userinfo_status = status
    answer = change_income(browser)
    assert "Er is niets veranderd" in answer
    assert "24.500" in answer
    assert "Er is nog niets gewijzigd" in browser.get("/overzicht").text
    provider.userinfo_status = 200
    again = browser.post("/inkomen/controleren", page="/inkomen/controleren")
    assert again.headers["Location"] == "/inkomen/klaar"


def test_it_answers_503_when_namens_cannot_be_reached(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    browser.post("/inkomen", page="/inkomen", value="24500")
    provider.stop()
    answer = browser.post("/inkomen/controleren", page="/inkomen/controleren")
    assert answer.status_code == 503
    assert answer.headers["X-Request-ID"] in answer.text


def test_it_writes_a_form_that_is_sent_twice_only_once(browser: Browser) -> None:
    browser.log_in(ANNA)
    change_income(browser)
    again = browser.post("/inkomen/controleren", page="/overzicht")
    assert again.headers["Location"] == "/inkomen/klaar"
    assert browser.get("/overzicht").text.count("is nu") == 1


def test_it_refuses_a_form_of_another_site(browser: Browser) -> None:
    browser.log_in(ANNA)
    answer = browser.client.post("/inkomen", data={"value": "24500", "csrf": "guessed"})
    assert answer.status_code == 400
    assert "Dit formulier is te oud" in answer.text


@pytest.mark.parametrize("path", ["/rekeningnummer", "/rekeningnummer/controleren", "/rekeningnummer/klaar"])
def test_it_refuses_a_bank_account_that_was_left_out(browser: Browser, path: str) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    answer = browser.get(path)
    assert answer.status_code == 403
    assert "Anna de Vries heeft dit niet toegestaan" in answer.text
    assert browser.client.post(path, data={"value": GOOD_ACCOUNT}).status_code in {400, 405}


def test_it_refuses_a_bank_account_that_was_taken_away_in_between(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA, left_out="")
    browser.post("/rekeningnummer", page="/rekeningnummer", value=GOOD_ACCOUNT)
    provider.identity = identity(BRAM, ANNA, "rekeningnummer-wijzigen", issuer=provider.issuer)
    answer = browser.post("/rekeningnummer/controleren", page="/rekeningnummer/controleren")
    assert answer.status_code == 403
    assert "Er is nog niets gewijzigd" in browser.get("/overzicht").text


@pytest.mark.parametrize("helped", [True, False])
def test_it_changes_a_bank_account_that_is_allowed(browser: Browser, *, helped: bool) -> None:
    browser.log_in(BRAM if helped else ANNA, for_client=ANNA if helped else None, left_out="")
    browser.post("/rekeningnummer", page="/rekeningnummer", value=GOOD_ACCOUNT.lower())
    assert GOOD_ACCOUNT in browser.get("/rekeningnummer/controleren").text
    browser.post("/rekeningnummer/controleren", page="/rekeningnummer/controleren")
    assert "Eindigt op 4300" in browser.get("/overzicht").text


@pytest.mark.parametrize(
    "typed", ["", "NL91 ABNA 0417 1643 01", "NL91ABNA", "0417164300", "NL91 ABNA 0417 1643 000", "É"]
)
def test_it_refuses_an_iban_that_does_not_exist(browser: Browser, typed: str) -> None:
    browser.log_in(ANNA)
    assert browser.post("/rekeningnummer", page="/rekeningnummer", value=typed).status_code == 422
