"""The Content-Security-Policy: on every answer, and what one page asks for besides stays with that page."""

import pytest
from csp.constants import HEADER, NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse

from namens.pages.policy import PolicyMiddleware

PLAIN = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "img-src": f"{SELF} data:",
    "font-src": SELF,
    "connect-src": SELF,
    "form-action": SELF,
    "frame-ancestors": NONE,
    "base-uri": NONE,
}


def read(response: HttpResponseBase) -> dict[str, str]:
    """Give the directives that stand in an answer."""
    directives = (part.strip().partition(" ") for part in response.headers[HEADER].split(";"))
    return {name: value for name, _, value in directives}


def answered(response: HttpResponseBase) -> dict[str, str]:
    """Let an answer pass, and give its directives."""
    request = RequestFactory().get("/")
    return read(PolicyMiddleware(lambda _request: response).process_response(request, response))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("pages:home", 200), ("openid:configuration", 200), ("openid:token", 405)]
)
def test_it_stands_on_every_answer(client: Client, address: str, status: int) -> None:
    response = client.get(reverse(address))
    assert (response.status_code, read(response)) == (status, PLAIN)


@pytest.mark.django_db
def test_it_stands_on_a_page_that_does_not_exist(client: Client) -> None:
    response = client.get("/nergens")
    assert (response.status_code, read(response)) == (404, PLAIN)


def test_it_keeps_what_one_page_asks_for_with_that_page() -> None:
    asks = csp_update({"form-action": [SELF, "https://portal.example"]})(lambda _request: HttpResponse())
    own = answered(asks(HttpRequest()))
    assert own == {**PLAIN, "form-action": f"{SELF} https://portal.example"}
    assert answered(HttpResponse()) == PLAIN


def test_it_lets_a_page_ask_for_less() -> None:
    asks = csp_replace({"img-src": [NONE]})(lambda _request: HttpResponse())
    assert answered(asks(HttpRequest()))["img-src"] == NONE
    assert answered(HttpResponse()) == PLAIN


def test_it_leaves_a_policy_that_is_there_alone() -> None:
    assert answered(HttpResponse(headers={HEADER: "default-src 'none'"})) == {"default-src": NONE}
