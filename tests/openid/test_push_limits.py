"""What is too much, or in the wrong place, where portals push their questions."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from namens.grants.models import AuthorizationRequest
from tests.openid.relying import (
    RelyingParty,
    registered,
    terms_of,
)

PAR = "http://localhost:8000/openid/par"
ADDRESS = re.compile(r"urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}", re.ASCII)


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_it_is_pushed_with_post_only(portal: RelyingParty, method: str) -> None:
    assert portal.browser.generic(method.upper(), "/openid/par").status_code == 405


def test_it_takes_nothing_that_stands_in_an_address(portal: RelyingParty) -> None:
    assert Client().post("/openid/par?client_id=mijn-overheid", portal.question()).status_code == 400


def test_it_takes_no_endless_request(portal: RelyingParty) -> None:
    endless, crowded = {"extra": "x" * 300_000}, {f"extra-{number}": "x" for number in range(300)}
    for extra, status in ((endless, 413), (crowded, 400)):
        response = portal.push(**extra)
        assert (response.status_code, response.json()["error"]) == (status, "invalid_request")
    assert not AuthorizationRequest.objects.exists()


def test_it_refuses_a_portal_without_the_services_that_it_pushes(portal: RelyingParty) -> None:
    lonely = registered(replace(terms_of("eenzaam"), services=("inkomstenbelasting",)))
    assert lonely.push(scope=portal.scope).json()["error"] == "invalid_scope"
