import logging
import traceback

import httpx2
import pytest
import structlog

from namens.population.client import RegisterClient
from tests.population.asking import ANNA, API_KEY, WITH_OAUTH, Play, Played, given, person, token

SECRETS = (ANNA.digits, API_KEY, "a-secret-for-tokens", "token-1")


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


PLAYS: list[Play] = [
    given(person()),
    given(),
    httpx2.Response(400, json={"detail": ANNA.digits}),
    httpx2.Response(401),
    httpx2.Response(503),
    httpx2.Response(200, content=b"{" + ANNA.digits.encode()),
    httpx2.ReadTimeout(f"about {ANNA.digits}"),
]


@pytest.mark.parametrize("play", PLAYS, ids=str)
def test_it_says_nothing_secret_in_logs_and_answers(
    play: Play, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as entries:
        answer = Played([play] * 3).client().ask(bsn=ANNA)
    printed = capsys.readouterr()
    assert leaks("".join([caplog.text, str(entries), repr(answer), printed.out, printed.err])) == []


def test_it_logs_why_the_register_did_not_answer() -> None:
    with structlog.testing.capture_logs() as entries:
        Played([httpx2.Response(400)]).client().ask(bsn=ANNA)
    expected = {"event": "population_register_unavailable", "reason": "rejected", "log_level": "warning"}
    assert entries == [expected]


def test_it_keeps_secrets_out_of_print() -> None:
    played = Played([token(), given(person())], settings=WITH_OAUTH)
    client: RegisterClient = played.client()
    client.ask(bsn=ANNA)
    assert leaks(repr([WITH_OAUTH, client, played.settings])) == []


def test_it_keeps_the_number_out_of_what_goes_wrong_unexpectedly() -> None:
    client = Played([RuntimeError("the library broke")]).client()
    with pytest.raises(RuntimeError) as raised:
        client.ask(bsn=ANNA)
    assert leaks("".join(traceback.format_exception(raised.value))) == []
