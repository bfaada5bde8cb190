"""A portal that proves itself with a certificate pushes its question so too (RFC 9126 2, RFC 8705 2)."""

import pytest
from django.test import Client

from namens.grants.models import AuthorizationRequest
from tests.openid.certifying import made
from tests.openid.relying import Answer, RelyingParty, answer_in
from tests.openid.test_certificates import MINE, PROXY, own, proxy

__all__ = ["own", "proxy"]


def push(portal: RelyingParty, *, header: str, address: str = PROXY) -> Answer:
    return Client(REMOTE_ADDR=address).post("/openid/par", portal.question(), headers={"ClientCert": header})


def test_it_takes_a_question_that_comes_with_the_certificate_of_its_portal(own: RelyingParty) -> None:
    response = push(own, header=MINE.header)
    assert response.status_code == 201
    assert answer_in(own.come(response.json()["request_uri"]))["next"].startswith("/openid/choose/")


@pytest.mark.parametrize(("header", "address"), [(MINE.header, "10.9.9.9"), (made().header, PROXY), ("::", PROXY)])
def test_it_takes_none_from_who_has_not_that_certificate_or_comes_past_the_proxy(
    own: RelyingParty, header: str, address: str
) -> None:
    response = push(own, header=header, address=address)
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")
    assert not AuthorizationRequest.objects.exists()
