import dataclasses
from urllib.parse import parse_qs

import httpx2
import pytest

from namens.population.answers import Reason, Unavailable
from tests.population.asking import ANNA, API_KEY, WITH_OAUTH, Played, facts, given, person, token


def test_it_fetches_a_token_with_its_own_name_and_secret() -> None:
    played = Played([token(), given(person())], settings=WITH_OAUTH)
    facts(played.client().ask(bsn=ANNA))
    fetched, asked = played.asked
    assert fetched.url == "https://tokens.example/token"
    assert parse_qs(fetched.content.decode()) == {"grant_type": ["client_credentials"]}
    assert fetched.headers["authorization"] == "Basic bmFtZW5zOmEtc2VjcmV0LWZvci10b2tlbnM="
    assert asked.headers["authorization"] == "Bearer token-1"


def test_it_never_sends_a_number_to_the_token_endpoint() -> None:
    played = Played([token(), given(person())], settings=WITH_OAUTH)
    played.client().ask(bsn=ANNA)
    assert ANNA.digits not in str(played.asked[0].content)


def test_it_sends_key_and_token_when_both_are_set() -> None:
    played = Played([token(), given(person())], settings=dataclasses.replace(WITH_OAUTH, api_key=API_KEY))
    played.client().ask(bsn=ANNA)
    assert {"authorization", "x-api-key"} <= set(played.asked[1].headers)


def test_it_keeps_a_token() -> None:
    played = Played([token(), given(person()), given(person())], settings=WITH_OAUTH)
    client = played.client()
    for _ in range(2):
        facts(client.ask(bsn=ANNA))
    assert len(played.asked) == 3


def test_it_fetches_another_shortly_before_the_end() -> None:
    played = Played([token(), given(person()), token("token-2"), given(person())], settings=WITH_OAUTH)
    client = played.client()
    client.ask(bsn=ANNA)
    played.now += 271
    client.ask(bsn=ANNA)
    assert played.asked[3].headers["authorization"] == "Bearer token-2"


def test_it_replaces_a_kept_token_that_is_refused() -> None:
    plays = [token(), given(person()), httpx2.Response(401), token("token-2"), given(person())]
    played = Played([*plays], settings=WITH_OAUTH)
    client = played.client()
    client.ask(bsn=ANNA)
    facts(client.ask(bsn=ANNA))
    assert played.asked[4].headers["authorization"] == "Bearer token-2"


def test_it_gives_up_when_a_new_token_is_refused() -> None:
    played = Played([token(), httpx2.Response(401)], settings=WITH_OAUTH)
    assert played.client().ask(bsn=ANNA) == Unavailable(Reason.REFUSED)
    assert len(played.asked) == 2


def test_it_gives_up_when_its_secret_is_refused() -> None:
    played = Played([httpx2.Response(401)], settings=WITH_OAUTH)
    assert played.client().ask(bsn=ANNA) == Unavailable(Reason.REFUSED)
    assert len(played.asked) == 1


def test_it_tries_again_when_the_token_endpoint_fails() -> None:
    played = Played([httpx2.Response(503), token(), given(person())], settings=WITH_OAUTH)
    facts(played.client().ask(bsn=ANNA))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"access_token": 1}',
        '{"access_token": "a\\nb"}',
        '{"access_token": "x", "expires_in": "soon"}',
        '{"access_token": "x", "expires_in": 1' + "0" * 400 + "}",
    ],
)
def test_it_does_not_believe_a_token_that_it_cannot_read(body: str) -> None:
    played = Played([httpx2.Response(200, content=body)], settings=WITH_OAUTH)
    assert played.client().ask(bsn=ANNA) == Unavailable(Reason.UNREADABLE)
