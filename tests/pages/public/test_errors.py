"""What people read when something is wrong: a sentence, what to do, and a number for the helpdesk."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from namens.pages import errors
from tests.pages.visiting import shown

ANSWERS = [
    (errors.bad_request, 400, "We begrijpen deze vraag niet"),
    (errors.forbidden, 403, "U mag deze pagina niet zien"),
    (errors.not_found, 404, "Deze pagina bestaat niet"),
    (errors.server_error, 500, "Er ging bij ons iets mis"),
    (errors.csrf_failure, 403, "Deze pagina stond te lang open"),
]


def asked() -> HttpRequest:
    request = RequestFactory().get("/")
    request.request_id = "01a20bbb-f7aa"  # type: ignore[attr-defined]  # the middleware puts it there
    return request


@pytest.mark.parametrize(("view", "status", "sentence"), ANSWERS)
def test_it_says_what_is_wrong_and_whom_to_call(view: type[HttpResponse], status: int, sentence: str) -> None:
    response = view(asked())
    assert response.status_code == status
    page = shown(response)
    assert sentence in page
    assert "0800 0123" in page
    assert "01a20bbb-f7aa" in page


def test_it_answers_an_unknown_address_with_a_page_of_ours() -> None:
    response = Client().get("/bestaat-niet")
    assert response.status_code == 404
    assert "Typ het adres opnieuw" in shown(response)


def test_it_repeats_nothing_of_the_address() -> None:
    assert "script" not in shown(Client().get("/<script>alert(1)</script>"))


def test_it_tells_a_program_in_json_that_it_sends_too_much() -> None:
    bearer = {"Authorization": "Bearer x"}
    response = Client().post("/openid/userinfo", {"access_token": "x" * 300_000}, headers=bearer)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_request")
