"""Asking whether somebody may: nothing but a plain yes is one, and nobody waits longer than was said."""

import logging
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from namens_client import Assurance, Member, Namens, NoAnswer, NotTaken, Person, Question, Reason

from tests.conftest import Make
from tests.place import Place, Said, problem

ONE, MANY = "/access/v1/evaluation", "/access/v1/evaluations"
ANNA, BRAM, DIRK = Person("id-of-anna"), Person("id-of-bram"), Person("id-of-dirk")
SERVICE = "mijn-toeslagen"
MANDATE = "01890a5d-ac96-774b-bcce-b302099a8057"
YES = Said(200, {"decision": True, "context": {"mandate": MANDATE, "valid_until": "2027-11-22"}})
NO = Said(200, {"decision": False, "context": {"reason": "no_mandate"}})


def may(namens: Namens, who: Person | Member = BRAM) -> bool:
    return namens.may(who, service=SERVICE, on_behalf_of=ANNA, assurance=Assurance.LOW).allowed


def test_it_asks_as_the_norm_says(namens: Namens, place: Place) -> None:
    place.says(ONE, YES)
    decision = namens.may(BRAM, service=SERVICE, on_behalf_of=ANNA, assurance="low", request_id="mine-1")
    assert decision.allowed
    assert decision
    assert (str(decision.mandate), decision.valid_until) == (MANDATE, date(2027, 11, 22))
    (heard,) = place.heard_at(ONE)
    assert heard.content == {
        "subject": {"type": "person", "id": "id-of-bram"},
        "action": {"name": "mijn-toeslagen"},
        "resource": {"type": "person", "id": "id-of-anna"},
        "context": {"assurance": "low"},
    }
    assert heard.headers["x-request-id"] == "mine-1"


def test_it_asks_about_a_member_and_a_sensitive_action_then(namens: Namens, place: Place) -> None:
    place.says(ONE, Said(200, {"decision": True, "context": {"as_of": "2026-01-02T03:04:05Z"}}))
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    sam = Member("id-of-sam", organisation="90000001")
    decision = namens.may(sam, service=SERVICE, on_behalf_of=ANNA, action="rekeningnummer-wijzigen", at=at)
    assert decision.as_of == at
    content = place.heard_at(ONE)[0].content
    assert content["subject"] == {"type": "member", "id": "id-of-sam", "properties": {"organisation": "90000001"}}
    assert content["action"] == {"name": "mijn-toeslagen#rekeningnummer-wijzigen"}
    assert content["context"] == {"time": "2026-01-02T03:04:05+00:00"}


def test_it_says_no_about_dirk_and_why(namens: Namens, place: Place) -> None:
    place.says(ONE, NO)
    decision = namens.may(DIRK, service=SERVICE, on_behalf_of=ANNA)
    assert not decision
    assert decision.reason is Reason.NO_MANDATE


def test_it_takes_a_reason_that_it_does_not_know_for_a_no(namens: Namens, place: Place) -> None:
    place.says(ONE, Said(200, {"decision": False, "context": {"reason": "full_moon"}}))
    assert namens.may(DIRK, service=SERVICE, on_behalf_of=ANNA).reason is Reason.UNKNOWN


@pytest.mark.parametrize(
    "content",
    [
        {"decision": "true"},
        {"decision": 1},
        {"decision": None},
        {},
        [],
        {"decision": {"decision": True}},
        {"decision": True, "context": {"error": {"status": 400}}},
        {"decision": True, "context": []},
        b"{",
        b"",
        b'{"decision": tru\xff}',
        b"[" * 100_000,
    ],
    ids=[
        "text",
        "one",
        "null",
        "nothing",
        "list",
        "deep",
        "with-error",
        "odd-context",
        "half",
        "empty",
        "bytes",
        "deepest",
    ],
)
def test_it_takes_nothing_but_true_for_a_yes(namens: Namens, place: Place, content: object) -> None:
    place.says(ONE, Said(200, content))
    with pytest.raises(NoAnswer):
        may(namens)


@pytest.mark.parametrize("status", [201, 204, 302, 400, 403, 404, 413, 429, 500, 502, 503])
def test_it_takes_no_other_status_for_an_answer(namens: Namens, place: Place, status: int) -> None:
    place.says(ONE, Said(status, {"decision": True} if status != 204 else b"", {"Location": "/elsewhere"}))
    with pytest.raises(NoAnswer) as raised:
        may(namens)
    assert raised.value.status == status
    assert len(place.heard) == 1


def test_it_says_when_asking_again_is_no_use(namens: Namens, place: Place) -> None:
    place.says(ONE, problem(403, "niet-aangemeld"))
    with pytest.raises(NotTaken) as raised:
        may(namens)
    assert (raised.value.status, raised.value.code) == (403, "niet-aangemeld")
    assert raised.value.request_id == "number-of-namens"


def test_it_asks_again_when_it_is_told_when(namens: Namens, place: Place) -> None:
    place.says(ONE, Said(503, {}, {"Retry-After": "1"}), YES)
    began = time.monotonic()
    assert may(namens)
    assert time.monotonic() - began >= 1


def test_it_does_not_wait_longer_than_its_patience(namens: Namens, place: Place) -> None:
    place.says(ONE, Said(503, {}, {"Retry-After": "2"}), YES)
    with pytest.raises(NoAnswer) as raised:
        may(namens)
    assert raised.value.retry_after == 2
    assert len(place.heard) == 1


def test_it_gives_up_on_who_says_nothing(make: Make, place: Place) -> None:
    namens = make(patience=timedelta(seconds=0.4))
    place.says(ONE, Said(after=1.5))
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        may(namens)
    assert time.monotonic() - began < 1.4


def test_it_gives_up_on_who_says_one_letter_at_a_time(make: Make, place: Place) -> None:
    namens = make(patience=timedelta(seconds=0.5))
    place.says(ONE, Said(200, {"decision": True, "context": {"reason": "x" * 100}}, drips=True))
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="time is up"):
        may(namens)
    assert time.monotonic() - began < 2


def test_it_asks_once_more_when_the_connection_breaks(namens: Namens, place: Place) -> None:
    place.says(ONE, Said(breaks=True), YES)
    assert may(namens)


def test_it_gives_up_when_connections_break_again_and_again(namens: Namens, place: Place) -> None:
    place.says(ONE, Said(breaks=True))
    with pytest.raises(NoAnswer):
        may(namens)
    assert len(place.heard) == 2


def test_it_says_so_when_nobody_listens(namens: Namens, place: Place) -> None:
    place.stop()
    with pytest.raises(NoAnswer, match="ConnectError"):
        may(namens)


def test_it_takes_no_answer_without_end(namens: Namens, place: Place) -> None:
    place.says(ONE, Said(200, b" " * (9 * 1024 * 1024) + b'{"decision": true}'))
    with pytest.raises(NoAnswer, match="too long"):
        may(namens)


def test_it_keeps_its_connection(namens: Namens, place: Place) -> None:
    place.says(ONE, YES)
    for _ in range(3):
        assert may(namens)
    assert len(place.connections) == 1


# Many at once


def test_it_asks_many_at_once(namens: Namens, place: Place) -> None:
    wrong = {"decision": False, "context": {"error": {"status": 400, "message": "no level"}}}
    place.says(MANY, Said(200, {"evaluations": [YES.content, NO.content, wrong]}))
    asked = [Question(who, service=SERVICE, on_behalf_of=ANNA) for who in (BRAM, DIRK, DIRK)]
    decisions = namens.may_all(asked)
    assert [one.allowed for one in decisions] == [True, False, False]
    assert decisions[2].error == "no level"


def test_it_asks_no_more_than_a_thousand_in_one_request(namens: Namens, place: Place) -> None:
    full, rest = Said(200, {"evaluations": [NO.content] * 1000}), Said(200, {"evaluations": [NO.content]})
    place.says(MANY, full, rest)
    decisions = namens.may_all([Question(DIRK, service=SERVICE, on_behalf_of=ANNA)] * 1001)
    assert len(decisions) == 1001
    assert [len(heard.content["evaluations"]) for heard in place.heard] == [1000, 1]


def test_it_asks_nothing_when_there_is_no_question(namens: Namens, place: Place) -> None:
    assert namens.may_all([]) == []
    assert place.heard == []


def test_it_takes_no_row_with_fewer_answers_than_questions(namens: Namens, place: Place) -> None:
    place.says(MANY, Said(200, {"evaluations": [YES.content]}))
    with pytest.raises(NoAnswer):
        namens.may_all([Question(BRAM, service=SERVICE, on_behalf_of=ANNA)] * 2)


# What is wrong before it is asked


@pytest.mark.parametrize("service", ["", "mijn-toeslagen#rekeningnummer-wijzigen"])
def test_it_refuses_a_question_about_no_service(namens: Namens, place: Place, service: str) -> None:
    with pytest.raises(ValueError, match="service"):
        namens.may(BRAM, service=service, on_behalf_of=ANNA)
    assert place.heard == []


def test_it_refuses_a_moment_without_a_time_zone(namens: Namens) -> None:
    with pytest.raises(ValueError, match="time zone"):
        namens.may(BRAM, service=SERVICE, on_behalf_of=ANNA, at=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_it_refuses_nobody(namens: Namens) -> None:
    with pytest.raises(ValueError, match="id is empty"):
        namens.may(Person(""), service=SERVICE, on_behalf_of=ANNA)


# What it never says


def test_it_says_nothing_of_people_tokens_or_keys(
    namens: Namens, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    place.says(ONE, YES, Said(500, {"detail": "id-of-bram"}))
    decision = namens.may(BRAM, service=SERVICE, on_behalf_of=ANNA)
    with pytest.raises(NoAnswer) as raised:
        may(namens)
    proof = place.asked_tokens[0]["client_assertion"]
    said = (
        f"{caplog.text} {raised.value!r} {decision!r} {namens!r} {Question(BRAM, service=SERVICE, on_behalf_of=ANNA)!r}"
    )
    assert [one for one in ("id-of", MANDATE, proof, *place.tokens.values()) if one in said] == []
