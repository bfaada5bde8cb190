"""What is around every answer: a number, a log line without people in it, no traces, and a sentence in trouble."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.db.models.query import QuerySet
from django.test import Client
from django.urls import reverse
from structlog.testing import capture_logs

from namens.lib import clock
from namens.parties.models import Party
from namens.signin import session
from tests.pages.visiting import arrive
from tests.people import BSNS, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("liar")]
AWAY = [OperationalError("database is locked"), InterfaceError("connection already closed")]


def arrived(party: Party) -> Client:
    with clock.frozen(NOW):
        return arrive(party)


@pytest.mark.parametrize("sound", ["0123456789abcdef", "a-b-c-d-e-f", "A" * 64])
def test_it_repeats_the_number_that_came_along(sound: str) -> None:
    assert Client().get("/", headers={"X-Request-ID": sound})["X-Request-ID"] == sound


@pytest.mark.parametrize("odd", ["", "short", "A" * 65, "999 990 019", "<script>alert(1)</script>", "a\u2010bcdefgh"])
def test_it_makes_a_number_when_none_came_along(odd: str) -> None:
    answer = Client().get("/", headers={"X-Request-ID": odd})
    assert answer["X-Request-ID"] != odd
    assert len(answer["X-Request-ID"]) == 36


def test_it_logs_one_line_without_what_was_asked(anna: Party) -> None:
    with capture_logs() as lines:
        arrived(anna).get(reverse("pages:mandates"), {"q": BSNS["anna"].digits})
    (line,) = lines
    assert line.keys() == {"event", "log_level", "request", "method", "route", "status", "milliseconds"}
    assert BSNS["anna"].digits not in str(line)


def test_it_logs_nothing_of_an_address_that_is_not_ours() -> None:
    with capture_logs() as lines:
        Client().get(f"/{BSNS['anna'].digits}")
    assert BSNS["anna"].digits not in str(lines)


@pytest.mark.parametrize("path", ["/", "/machtigingen", "/nergens", "/signin/digid", "/signin/digid/callback"])
def test_it_stores_no_page(path: str) -> None:
    assert Client().get(path)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("problem", AWAY, ids=str)
def test_it_says_so_when_the_session_cannot_be_read(
    anna: Party, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    browser = arrived(anna)
    monkeypatch.setattr(SessionStore, "load", raising(problem))
    answer = browser.get(reverse("pages:mandates"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["X-Request-ID"] in answer.content.decode()
    assert str(problem) not in answer.content.decode()


@pytest.mark.parametrize("problem", AWAY, ids=str)
def test_it_says_so_when_the_session_cannot_be_written(
    anna: Party, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    browser = arrived(anna)
    monkeypatch.setattr(SessionStore, "save", raising(problem))
    with clock.frozen(NOW + timedelta(minutes=1)):
        answer = browser.get(reverse("pages:helper-number"))
    assert answer.status_code == 503
    assert "Anna" not in answer.content.decode()


def test_it_says_so_when_a_page_cannot_read(anna: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = arrived(anna)
    monkeypatch.setattr(QuerySet, "_fetch_all", raising(AWAY[0]))
    assert browser.get(reverse("pages:helper-number")).status_code == 503


def test_it_hides_what_was_made_for_somebody_who_logged_out_meanwhile(
    anna: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = arrived(anna)
    number = session.visitor_of

    def leave_in_another_tab(request: object) -> object:
        found = number(request)  # type: ignore[arg-type]  # the request passes through as it came
        SessionStore(browser.cookies["namens_session"].value).delete()
        return found

    monkeypatch.setattr(session, "visitor_of", leave_in_another_tab)
    with clock.frozen(NOW + timedelta(minutes=1)):
        answer = browser.get(reverse("pages:helper-number"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("pages:home"))
    assert browser.cookies["namens_session"].value == ""


def raising(problem: Exception) -> object:
    def fail(*_arguments: object, **_options: object) -> None:
        raise problem

    return fail
