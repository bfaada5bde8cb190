"""When the database is away people get a page, and programs get JSON."""

import json

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from namens.signin.middleware import for_machines
from tests.pages.visiting import Answered

AWAY = [OperationalError("database is locked"), InterfaceError("connection already closed")]
problems: list[Exception] = []


@for_machines
@csrf_exempt
@require_POST
def machine(_request: HttpRequest) -> HttpResponse:
    raise problems[0]


@csrf_exempt
@for_machines
def marked_inside(_request: HttpRequest) -> HttpResponse:
    raise problems[0]


@csrf_exempt
def person(_request: HttpRequest) -> HttpResponse:
    raise problems[0]


urlpatterns = [
    path("machine", machine),
    path("inside", marked_inside),
    path("person", person),
    path("", include("namens.urls")),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True, params=AWAY, ids=str)
def problem(request: pytest.FixtureRequest) -> Exception:
    problems[:] = [request.param]
    return problems[0]


def said(answer: Answered) -> dict[str, str]:
    return dict(json.loads(answer.content))


@pytest.mark.parametrize("address", ["/machine", "/inside"])
def test_it_answers_programs_in_json(address: str) -> None:
    answer = Client().post(address)
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")
    assert said(answer).keys() == {"error", "error_description"}
    assert said(answer)["error"] == "temporarily_unavailable"


def test_it_answers_people_with_a_page() -> None:
    answer = Client().post("/person")
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert answer["X-Request-ID"] in answer.content.decode()


@pytest.mark.parametrize("address", ["/machine", "/person"])
def test_it_says_when_to_come_back_and_lets_nobody_keep_the_answer(address: str) -> None:
    answer = Client().post(address, headers={"X-Request-ID": "a-number-of-a-portal"})
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("5", "no-store")
    assert answer["X-Request-ID"] == "a-number-of-a-portal"


def test_it_says_nothing_of_what_the_database_said(problem: Exception) -> None:
    assert str(problem) not in Client().post("/machine").content.decode()


def test_it_leaves_a_mistake_of_our_own_to_others() -> None:
    problems[:] = [ValueError("a mistake")]
    with pytest.raises(ValueError, match="a mistake"):
        Client().post("/machine")
