from pathlib import Path

import httpx2
import pytest

from rehearsal import program
from rehearsal.stage import Settings, build
from tests.rehearsal.playing import (
    ANNA,
    BASE,
    BRAM,
    CALLBACK,
    VERIFIER,
    Direct,
    MovableClock,
    Visitor,
)


def test_it_gives_a_signed_token_that_says_who_logged_in(visitor: Visitor, clock: MovableClock) -> None:
    token = visitor.token_in(visitor.exchange(visitor.log_in()))
    now = int(clock.now.timestamp())
    expected = {
        "iss": f"{BASE}/digid",
        "aud": "namens",
        "nonce": "the nonce",
        "bsn": ANNA,
        "acr": "http://eidas.europa.eu/LoA/low",
        "auth_time": now,
        "iat": now,
        "exp": now + 300,
    }
    assert token.header["kid"]
    assert expected.items() <= token.claims.items()


@pytest.mark.parametrize(
    ("level", "uri"),
    [
        ("basic", "http://eID.logius.nl/LoA/basic"),
        ("low", "http://eidas.europa.eu/LoA/low"),
        ("substantial", "http://eidas.europa.eu/LoA/substantial"),
        ("high", "http://eidas.europa.eu/LoA/high"),
    ],
)
def test_it_says_how_strong_the_login_was(visitor: Visitor, level: str, uri: str) -> None:
    code = visitor.log_in(level=level, acr_values="http://eidas.europa.eu/LoA/high")
    assert visitor.token_in(visitor.exchange(code)).claims["acr"] == uri


def test_it_knows_a_person_by_a_pseudonym(visitor: Visitor) -> None:
    subjects = [visitor.token_in(visitor.exchange(visitor.log_in(bsn))).claims["sub"] for bsn in (ANNA, ANNA, BRAM)]
    assert subjects[0] == subjects[1] != subjects[2]
    assert ANNA not in subjects[0]


def test_it_takes_the_moment_of_login_not_of_exchange(visitor: Visitor, clock: MovableClock) -> None:
    code, at = visitor.log_in(), int(clock.now.timestamp())
    clock.move(seconds=59)
    assert visitor.token_in(visitor.exchange(code)).claims["auth_time"] == at


def test_it_takes_a_code_once(visitor: Visitor) -> None:
    code = visitor.log_in()
    assert visitor.exchange(code).status_code == 200
    assert visitor.exchange(code).json() == {"error": "invalid_grant"}


def test_it_takes_a_code_for_a_minute(visitor: Visitor, clock: MovableClock) -> None:
    code = visitor.log_in()
    clock.move(seconds=60)
    assert visitor.exchange(code).json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "changes", [{"code_verifier": VERIFIER + "x"}, {"code_verifier": ""}, {"redirect_uri": "http://x"}]
)
def test_it_refuses_what_does_not_fit_the_question(visitor: Visitor, changes: dict[str, str]) -> None:
    answer = visitor.exchange(visitor.log_in(), **changes)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_it_uses_up_a_code_that_is_tried_wrongly(visitor: Visitor) -> None:
    code = visitor.log_in()
    visitor.exchange(code, code_verifier="wrong")
    assert visitor.exchange(code).json() == {"error": "invalid_grant"}


def test_it_refuses_another_kind_of_grant(visitor: Visitor) -> None:
    assert visitor.exchange(visitor.log_in(), grant_type="password").json() == {"error": "unsupported_grant_type"}


@pytest.mark.parametrize("changes", [{"client_secret": "wrong"}, {"client_secret": ""}, {"client_id": "nobody"}])
def test_it_refuses_a_client_that_proves_nothing(visitor: Visitor, changes: dict[str, str]) -> None:
    answer = visitor.exchange(visitor.log_in(), **changes)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert answer.headers["www-authenticate"].startswith("Basic")


def post_with_basic(visitor: Visitor, *, secret: str, **more: str) -> httpx2.Response:
    form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
    form["code"] = visitor.log_in()
    return visitor.http.post("/digid/token", data={**form, **more}, auth=("namens", secret))


def test_it_takes_the_secret_in_the_header(visitor: Visitor) -> None:
    assert post_with_basic(visitor, secret="rehearsal-secret").status_code == 200


def test_it_refuses_a_wrong_secret_in_the_header(visitor: Visitor) -> None:
    assert post_with_basic(visitor, secret="wrong").status_code == 401


def test_it_refuses_two_ways_of_proof_at_once(visitor: Visitor) -> None:
    both = post_with_basic(visitor, secret="rehearsal-secret", client_secret="rehearsal-secret")
    assert both.status_code == 401


@pytest.mark.parametrize("header", ["Bearer x", "Basic ???", "Basic bm8tY29sb24="])
def test_it_refuses_a_header_that_cannot_be_read(visitor: Visitor, header: str) -> None:
    answer = visitor.http.post("/digid/token", data={"code": "x"}, headers={"Authorization": header})
    assert answer.status_code == 401


def test_it_refuses_a_code_of_another_client(tmp_path: Path, clock: MovableClock) -> None:
    clients = tmp_path / "clients.yaml"
    clients.write_text(f"""clients:
      - {{id: namens, secret: rehearsal-secret, redirect_uris: ['{CALLBACK}']}}
      - {{id: other, secret: other-secret, redirect_uris: ['{CALLBACK}']}}""")
    stage = build(Settings(clients=clients), clock=clock)
    with httpx2.Client(transport=Direct(program.assemble(stage)), base_url=BASE) as http:
        visitor = Visitor(http)
        stolen = visitor.exchange(visitor.log_in(), client_id="other", client_secret="other-secret")
    assert stolen.json() == {"error": "invalid_grant"}


def test_it_lets_nobody_keep_a_token(visitor: Visitor) -> None:
    assert visitor.exchange(visitor.log_in()).headers["cache-control"] == "no-store"
