"""A session knows for which page its login was made; nothing else about it is known to this room."""

import pytest
from django.http import HttpRequest
from django.test import Client

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.parties.models import Party
from namens.signin import session
from tests.people import NOW


@pytest.fixture
def request_of_anna(anna: Party) -> HttpRequest:
    request = HttpRequest()
    request.session = Client().session
    arrive(request, anna, made_for="/openid/choose/1")
    return request


def arrive(request: HttpRequest, party: Party, **made_for: str) -> None:
    session.login(request, party=party, level=AssuranceLevel.LOW, auth_time=NOW, now=NOW, **made_for)


def made_for(request: HttpRequest) -> str | None:
    with clock.frozen(NOW):
        visitor = session.visitor_of(request)
    return visitor.made_for if visitor else None


def test_it_remembers_for_which_page_a_login_was_made(request_of_anna: HttpRequest) -> None:
    assert made_for(request_of_anna) == "/openid/choose/1"


def test_it_forgets_that_at_the_next_login(request_of_anna: HttpRequest, anna: Party) -> None:
    assert made_for(request_of_anna)
    arrive(request_of_anna, anna, made_for="/machtigingen")
    assert made_for(request_of_anna) == "/machtigingen"
    arrive(request_of_anna, anna)
    assert made_for(request_of_anna) == ""


def test_it_takes_a_session_from_before_this_was_remembered_as_made_for_nothing(request_of_anna: HttpRequest) -> None:
    del request_of_anna.session[session.MADE_FOR]
    assert made_for(request_of_anna) == ""


def test_it_is_made_for_nothing_after_a_logout(request_of_anna: HttpRequest) -> None:
    session.logout(request_of_anna, now=NOW)
    assert made_for(request_of_anna) is None
    assert session.MADE_FOR not in request_of_anna.session
