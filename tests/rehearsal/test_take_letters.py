"""The rehearsal NotifyNL is as strict as the real one: who calls, and what is sent."""

import base64
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from rehearsal.stage import NOTIFYNL_API_KEY
from tests.rehearsal.playing import MovableClock, Visitor

SERVICE, SECRET = NOTIFYNL_API_KEY[-73:-37], NOTIFYNL_API_KEY[-36:]
PATH = "/notifynl/v2/notifications"
LETTER = {"reference": "one", "content": base64.b64encode(b"%PDF-1.7 letter").decode()}


def token(clock: MovableClock, *, late: int = 0, secret: str = SECRET, **claims: object) -> str:
    made = int((clock.now - timedelta(seconds=late)).timestamp())
    return jwt.encode({"alg": "HS256"}, {"iss": SERVICE, "iat": made, **claims}, OctKey.import_key(secret))


def post(visitor: Visitor, clock: MovableClock, body: object, *, kind: str = "letter") -> httpx2.Response:
    return visitor.http.post(f"{PATH}/{kind}", json=body, headers={"Authorization": f"Bearer {token(clock)}"})


def messages(answer: httpx2.Response) -> list[str]:
    return [error["message"] for error in answer.json()["errors"]]


def test_it_takes_a_letter_and_finds_it_again(visitor: Visitor, clock: MovableClock) -> None:
    taken = post(visitor, clock, LETTER)
    header = {"Authorization": f"Bearer {token(clock)}"}
    found: dict[str, Any] = visitor.http.get(PATH, params={"reference": "one"}, headers=header).json()
    assert (taken.status_code, taken.json()["reference"]) == (201, "one")
    assert [one["id"] for one in found["notifications"]] == [taken.json()["id"]]


def test_it_takes_the_same_reference_twice(visitor: Visitor, clock: MovableClock) -> None:
    assert post(visitor, clock, LETTER).json()["id"] != post(visitor, clock, LETTER).json()["id"]


def test_it_keeps_no_content(visitor: Visitor, clock: MovableClock) -> None:
    post(visitor, clock, LETTER)
    found = visitor.http.get(PATH, headers={"Authorization": f"Bearer {token(clock)}"})
    assert LETTER["content"] not in found.text


@pytest.mark.parametrize("header", ["", "Basic abc", "Bearer ", "Bearer abc", "Bearer a.b.c"])
def test_it_refuses_who_has_no_token(visitor: Visitor, header: str) -> None:
    assert visitor.http.get(PATH, headers={"Authorization": header}).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"secret": "2b8f1f5d-0000-0000-0000-000000000000"}, "Invalid token: API key not found"),
        ({"iss": "somebody else"}, "Invalid token: service not found"),
        ({"late": 31}, "Error: Your system clock must be accurate to within 30 seconds"),
        ({"late": -31}, "Error: Your system clock must be accurate to within 30 seconds"),
        ({"iat": "now"}, "Error: Your system clock must be accurate to within 30 seconds"),
    ],
)
def test_it_refuses_a_token_that_is_not_right(
    visitor: Visitor, clock: MovableClock, wrong: dict[str, Any], said: str
) -> None:
    answer = visitor.http.get(PATH, headers={"Authorization": f"Bearer {token(clock, **wrong)}"})
    assert (answer.status_code, messages(answer)) == (403, [said])


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"content": LETTER["content"]},
        {"reference": "one"},
        {**LETTER, "reference": 1},
        {**LETTER, "colour": "red"},
        {**LETTER, "content": "no base64!"},
        {**LETTER, "content": base64.b64encode(b"no PDF").decode()},
        {**LETTER, "content": base64.b64encode(b"%PDF-" + bytes(2 * 1024 * 1024)).decode()},
    ],
)
def test_it_refuses_what_is_no_letter(visitor: Visitor, clock: MovableClock, body: object) -> None:
    assert post(visitor, clock, body).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {"email_address": "anna@example.nl"},
        {"email_address": "anna", "template_id": "one"},
        {"email_address": "anna@example.nl", "template_id": "one", "subject": "Hello"},
    ],
)
def test_it_refuses_what_is_no_email(visitor: Visitor, clock: MovableClock, body: object) -> None:
    assert post(visitor, clock, body, kind="email").status_code == 400


def test_it_sends_no_pigeons(visitor: Visitor, clock: MovableClock) -> None:
    assert post(visitor, clock, LETTER, kind="pigeon").status_code == 404
