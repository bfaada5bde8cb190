"""A message is from Namens when its signature, its moment and its id say so."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from namens_client import HeardBefore, MandateEvent, Webhook, WrongMessage, WrongMoment, WrongSignature

from tests.happenings import event

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"a" * 32).decode()
NEXT = "whsec_" + base64.b64encode(b"b" * 32).decode()
OTHER = "whsec_" + base64.b64encode(b"c" * 32).decode()
BODY = json.dumps(event()).encode()
NUMBER = event()["id"]


def signature(secret: str, *, body: bytes = BODY, at: datetime = NOW, number: str = NUMBER) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{number}.{int(at.timestamp())}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def headers(*secrets: str, at: datetime = NOW, body: bytes = BODY, number: str = NUMBER) -> dict[str, str]:
    signatures = " ".join(signature(secret, at=at, body=body, number=number) for secret in secrets or (SECRET,))
    return {"Webhook-Id": number, "Webhook-Timestamp": str(int(at.timestamp())), "Webhook-Signature": signatures}


def webhook(*secrets: str, **options: Any) -> Webhook:  # noqa: ANN401 - whatever it takes
    return Webhook(*(secrets or (SECRET,)), clock=lambda: NOW, **options)


def test_it_reads_what_namens_signed() -> None:
    found = webhook().verify(BODY, headers())
    assert isinstance(found, MandateEvent)
    assert found.is_over


def test_it_checks_as_the_norm_shows() -> None:
    """The example of Standard Webhooks 1.0.0, with its secret and its moment, and a body of ours signed elsewhere."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert len(key) == 24
    assert webhook(secret).verify(BODY, headers(secret)).number == 7


@pytest.mark.parametrize(
    ("known", "signed"),
    [((SECRET, NEXT), (SECRET,)), ((SECRET, NEXT), (NEXT,)), ((NEXT,), (SECRET, NEXT)), ((SECRET,), (NEXT, SECRET))],
    ids=["older", "newer", "ours-is-second", "ours-is-last"],
)
def test_it_goes_on_while_secrets_change(known: tuple[str, ...], signed: tuple[str, ...]) -> None:
    assert webhook(*known).verify(BODY, headers(*signed)).number == 7


@pytest.mark.parametrize(
    "changes",
    [
        {"Webhook-Signature": signature(OTHER)},
        {"Webhook-Signature": ""},
        {"Webhook-Signature": signature(SECRET).removeprefix("v1,")},
        {"Webhook-Signature": signature(SECRET).replace("v1,", "v1a,")},
        {"Webhook-Signature": "v1,"},
        {"Webhook-Signature": "v1,é"},
        {"Webhook-Signature": " ".join([signature(OTHER)] * 10 + [signature(SECRET)])},
        {"Webhook-Timestamp": str(int(NOW.timestamp()) + 1)},
        {"Webhook-Id": "01890a5d-ac96-774b-bcce-000000000008"},
    ],
    ids=["other", "none", "bare", "other-version", "empty", "odd", "many", "moved", "other-id"],
)
def test_it_refuses_what_namens_did_not_sign(changes: dict[str, str]) -> None:
    with pytest.raises(WrongSignature):
        webhook().verify(BODY, {**headers(), **changes})


def test_it_refuses_a_body_that_was_changed() -> None:
    with pytest.raises(WrongSignature):
        webhook().verify(BODY.replace(b"gestopt", b"actief"), headers())


@pytest.mark.parametrize("seconds", [-301, -86_400, 301, 86_400])
def test_it_says_that_a_clock_is_wrong_and_by_how_much(seconds: int) -> None:
    with pytest.raises(
        WrongMoment, match=f"{abs(seconds)} seconds {'in the future' if seconds > 0 else 'ago'}"
    ) as raised:
        webhook().verify(BODY, headers(at=NOW + timedelta(seconds=seconds)))
    assert raised.value.ahead == timedelta(seconds=seconds)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_it_lets_clocks_differ_a_little(seconds: int) -> None:
    assert webhook().verify(BODY, headers(at=NOW + timedelta(seconds=seconds))).number == 7


def test_it_lets_clocks_differ_as_much_as_the_portal_wants() -> None:
    late = headers(at=NOW - timedelta(minutes=20))
    assert webhook(tolerance=timedelta(minutes=30)).verify(BODY, late).number == 7


def test_it_tells_nothing_of_clocks_to_who_cannot_sign() -> None:
    with pytest.raises(WrongSignature):
        webhook().verify(BODY, headers(OTHER, at=NOW - timedelta(days=1)))


def test_it_says_so_when_it_heard_a_message_before() -> None:
    heard: set[str] = set()
    checked = webhook(seen=heard.__contains__)
    heard.add(str(checked.verify(BODY, headers()).id))
    with pytest.raises(HeardBefore):
        checked.verify(BODY, headers())


def test_it_asks_nobody_whether_it_was_heard_before_it_is_sure() -> None:
    def never(_: str) -> bool:
        raise AssertionError("asked")

    with pytest.raises(WrongSignature):
        webhook(seen=never).verify(BODY, headers(OTHER))


@pytest.mark.parametrize("missing", ["Webhook-Id", "Webhook-Timestamp"])
@pytest.mark.parametrize("value", [None, "", "é", "-1", "1e9", "9" * 30])
def test_it_refuses_a_message_without_its_headers(missing: str, value: str | None) -> None:
    given = {name: text for name, text in {**headers(), missing: value}.items() if text is not None}
    with pytest.raises(WrongMessage):
        webhook().verify(BODY, given)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", json.dumps({**event(), "nummer": "7"}).encode()])
def test_it_refuses_what_it_cannot_read_though_it_is_signed(body: bytes) -> None:
    with pytest.raises(WrongMessage, match="cannot be read"):
        webhook().verify(body, headers(body=body))


def test_it_refuses_an_event_under_the_number_of_another() -> None:
    number = "01890a5d-ac96-774b-bcce-000000000008"
    with pytest.raises(WrongMessage, match="id of the event"):
        webhook().verify(BODY, headers(number=number))


@pytest.mark.parametrize("secrets", [(), ("",), ("whsec_",), ("whsec_AAAA",), ("whsec_é",), (SECRET, "whsec_!")])
def test_it_refuses_a_secret_that_is_none(secrets: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="secret") as raised:
        Webhook(*secrets)
    assert "AAAA" not in str(raised.value)


def test_it_shows_no_secret() -> None:
    assert repr(Webhook(SECRET, NEXT)) == "Webhook(<2 secrets>)"
