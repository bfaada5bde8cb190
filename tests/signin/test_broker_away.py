"""A broker that is down, slow or talks nonsense: a sentence, a request id, nothing half-written."""

import pytest
from django.http import HttpResponse

from namens.parties.models import Party
from namens.signin import discovery
from tests.signin.lying import LyingBroker
from tests.signin.walking import Person, start_url

DISCOVERY, KEYS, TOKEN = "/.well-known/openid-configuration", "/jwks", "/token"
NONSENSE = [
    (500, b""),
    (503, b"{}"),
    (404, b"{}"),
    (302, b""),
    (200, b""),
    (200, b"<html>"),
    (200, b"[]"),
    (200, b"null"),
    (200, b"\xff\xfe"),
    (200, b"[" * 100_000),
]


def is_a_page_that_says_so(response: HttpResponse) -> bool:
    return response.status_code == 503 and response["X-Request-ID"] in response.content.decode()


@pytest.mark.parametrize("answer", NONSENSE, ids=str)
@pytest.mark.parametrize("path", [DISCOVERY, KEYS])
def test_it_says_so_when_a_login_cannot_start(
    visitor: Person, liar: LyingBroker, path: str, answer: tuple[int, bytes]
) -> None:
    liar.raw[path] = answer
    assert is_a_page_that_says_so(visitor.get(start_url()))


@pytest.mark.parametrize(
    "answer",
    [*NONSENSE, (200, b'{"id_token": 5}'), (200, b'{"access_token": "x", "expires_in": {}}'), (200, b"{}")],
    ids=str,
)
def test_it_says_so_when_a_login_cannot_be_finished(
    visitor: Person, liar: LyingBroker, answer: tuple[int, bytes]
) -> None:
    liar.raw[TOKEN] = answer
    assert is_a_page_that_says_so(visitor.log_in_through(liar))
    assert Party.objects.count() == 0


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"authorization_endpoint": None},
        {"authorization_endpoint": 5},
        {"token_endpoint": ""},
        {"token_endpoint": "ftp://localhost/token"},
        {"token_endpoint": "http://[broken/"},
        {"jwks_uri": "not an address"},
        {"jwks_uri": None},
    ],
    ids=str,
)
def test_it_does_not_use_a_broker_that_describes_itself_badly(
    visitor: Person, liar: LyingBroker, metadata: dict[str, object]
) -> None:
    liar.metadata = metadata
    assert is_a_page_that_says_so(visitor.get(start_url()))


@pytest.mark.parametrize("keys", [b"{}", b'{"keys": 5}', b'{"keys": [{}]}', b'{"keys": [{"kty": "EC"}]}'], ids=str)
def test_it_does_not_use_keys_that_are_none(visitor: Person, liar: LyingBroker, keys: bytes) -> None:
    liar.raw[KEYS] = (200, keys)
    assert is_a_page_that_says_so(visitor.get(start_url()))


def test_it_does_not_wait_long(visitor: Person, liar: LyingBroker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "PATIENCE_SECONDS", 0.2)
    liar.silent_for = 1
    assert is_a_page_that_says_so(visitor.get(start_url()))


def test_it_works_again_when_the_broker_is_back(visitor: Person, liar: LyingBroker) -> None:
    liar.raw[DISCOVERY] = (503, b"")
    visitor.get(start_url())
    del liar.raw[DISCOVERY]
    assert visitor.get(start_url()).status_code == 302
