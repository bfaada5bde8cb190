"""Logging out, staying, and the language."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages.visiting import send, shown, title


def test_it_logs_out_and_lets_the_browser_forget(at_anna: Client) -> None:
    response = send(at_anna, "/uitloggen")
    assert response["Location"] == "/uitgelogd"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert at_anna.get(reverse("pages:give")).status_code == 302


def test_it_says_that_nothing_stays_behind(at_anna: Client) -> None:
    send(at_anna, "/uitloggen")
    page = at_anna.get("/uitgelogd")
    assert "U bent uitgelogd Er blijft niets van u op dit apparaat staan." in shown(page)
    assert "Anna" not in page.content.decode()


def test_it_does_not_log_out_at_a_plain_look(at_anna: Client) -> None:
    assert at_anna.get("/uitloggen").status_code == 405
    assert "Ingelogd als" in shown(at_anna.get("/"))


def test_it_does_not_log_out_for_another_site(at_anna: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = at_anna.cookies
    response = send(strict, "/uitloggen")
    assert response.status_code == 403
    assert "Deze pagina stond te lang open" in shown(response)
    assert "Ingelogd als" in shown(at_anna.get("/"))


def test_it_lets_a_session_go_on(at_anna: Client) -> None:
    assert send(at_anna, "/verlengen").status_code == 204


def test_it_sends_who_is_not_logged_in_to_the_first_page() -> None:
    assert send(Client(), "/verlengen")["Location"] == "/"


def test_it_speaks_dutch_whatever_the_browser_asks() -> None:
    response = Client().get("/", headers={"accept-language": "en"})
    assert response["Content-Language"] == "nl"
    assert title(response) == "Laat iemand anders zaken voor u regelen · Namens"


def test_it_speaks_english_to_who_chose_it_and_goes_back_to_the_page() -> None:
    browser = Client()
    assert send(browser, "/taal", {"language": "en", "next": "/uitleg"})["Location"] == "/uitleg"
    assert title(browser.get("/uitleg")) == "How it works · Namens"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com", "//example.com", "javascript:alert(1)", "", "/\\example.com"]
)
def test_it_sends_nobody_to_another_site(elsewhere: str) -> None:
    assert send(Client(), "/taal", {"language": "en", "next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize("language", ["", "xx", "de", "nl\r\nSet-Cookie: a=b"])
def test_it_speaks_dutch_when_the_language_is_unknown(language: str) -> None:
    browser = Client()
    send(browser, "/taal", {"language": language, "next": "/"})
    assert browser.get("/")["Content-Language"] == "nl"
