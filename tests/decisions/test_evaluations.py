"""Many questions in one request (AuthZEN 1.0, 7)."""

from typing import Any

import pytest

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.decisions.machine import EVALUATIONS, Heard, Machine
from tests.decisions.searching import entitled
from tests.people import BSNS, active

pytestmark = pytest.mark.one_database
Question = dict[str, Any]


@pytest.fixture
def good(asking: Machine, running: Mandate, bram: Party, anna: Party) -> Question:
    """A question whose answer is yes."""
    assert running.id is not None
    return asking.question(bram, anna)


@pytest.fixture
def bad(asking: Machine, dirk: Party, anna: Party) -> Question:
    """A question whose answer is no."""
    return asking.question(dirk, anna)


def answers_in(heard: Heard) -> list[object]:
    assert heard.status == 200, heard.body
    assert "decision" not in heard.json
    return [one["decision"] for one in heard.json["evaluations"]]


def test_it_answers_each_in_its_place(asking: Machine, good: Question, bad: Question) -> None:
    heard = asking.ask({"evaluations": [good, bad, good, bad, bad]}, path=EVALUATIONS)
    assert answers_in(heard) == [True, False, True, False, False]
    one_by_one = [asking.ask(one).json for one in (good, bad)]
    assert heard.json["evaluations"][:2] == one_by_one


@pytest.mark.parametrize("empty", [{}, {"evaluations": []}], ids=["missing", "empty"])
def test_it_is_one_question_without_evaluations(asking: Machine, good: Question, empty: Question) -> None:
    heard = asking.ask({**good, **empty}, path=EVALUATIONS)
    assert heard.body == asking.ask(good).body
    assert heard.decision is True
    assert asking.ask(empty, path=EVALUATIONS).status == 400


def test_it_takes_what_stands_at_the_top_for_each(asking: Machine, good: Question, bad: Question) -> None:
    subject = good.pop("subject")
    whole = {**good, "evaluations": [{"subject": subject}, {"subject": bad["subject"]}, {"subject": subject}]}
    assert answers_in(asking.ask(whole, path=EVALUATIONS)) == [True, False, True]


def test_it_lets_each_say_otherwise_as_a_whole(asking: Machine, good: Question) -> None:
    others = [
        {},
        {"context": {}},
        {"action": {"name": "inkomstenbelasting"}},
        {"context": {"assurance": "high"}},
        {"subject": {"type": "person"}},
        {"resource": None},
    ]
    heard = asking.ask({**good, "evaluations": others}, path=EVALUATIONS)
    assert answers_in(heard) == [True, False, False, True, False, False]
    assert heard.json["evaluations"][1]["context"] == {"reason": "assurance_too_low"}
    errors = [one["context"]["error"]["status"] for one in heard.json["evaluations"][4:]]
    assert errors == [400, 400]


def test_it_needs_whatever_is_missing_at_the_top_in_each(asking: Machine, good: Question) -> None:
    action = good.pop("action")
    heard = asking.ask({**good, "evaluations": [{"action": action}, {}]}, path=EVALUATIONS)
    assert answers_in(heard) == [True, False]
    message = heard.json["evaluations"][1]["context"]["error"]["message"]
    assert "action" in message


@pytest.mark.parametrize(
    ("semantic", "expected"),
    [
        ("execute_all", [True, False, True, False]),
        ("deny_on_first_deny", [True, False]),
        ("permit_on_first_permit", [True]),
        (None, [True, False, True, False]),
    ],
)
def test_it_stops_where_it_is_asked_to(
    asking: Machine, good: Question, bad: Question, semantic: str | None, expected: list[bool]
) -> None:
    asked: Question = {"evaluations": [good, bad, good, bad], "options": {"another_option": "value"}}
    if semantic:
        asked["options"]["evaluations_semantic"] = semantic
    assert answers_in(asking.ask(asked, path=EVALUATIONS)) == expected


def test_it_goes_on_to_the_first_permit(asking: Machine, good: Question, bad: Question) -> None:
    options = {"evaluations_semantic": "permit_on_first_permit"}
    heard = asking.ask({"evaluations": [bad, {}, good, bad], "options": options}, path=EVALUATIONS)
    assert answers_in(heard) == [False, False, True]
    heard = asking.ask({"evaluations": [bad, bad], "options": options}, path=EVALUATIONS)
    assert answers_in(heard) == [False, False]


def test_it_takes_an_error_for_a_denial(asking: Machine, good: Question) -> None:
    options = {"evaluations_semantic": "deny_on_first_deny"}
    heard = asking.ask({"evaluations": [good, {}, good], "options": options}, path=EVALUATIONS)
    assert answers_in(heard) == [True, False]
    assert heard.json["evaluations"][1]["context"]["error"]["status"] == 400


def test_it_answers_when_none_is_a_question(asking: Machine) -> None:
    heard = asking.ask({"evaluations": [{}, {"subject": 1}]}, path=EVALUATIONS)
    assert answers_in(heard) == [False, False]


@pytest.mark.parametrize(
    "changes",
    [
        {"evaluations": "x"},
        {"evaluations": {}},
        {"evaluations": None},
        {"evaluations": [1]},
        {"evaluations": [None]},
        {"options": []},
        {"options": None},
        {"options": {"evaluations_semantic": "execute_some"}},
        {"options": {"evaluations_semantic": 1}},
        {"options": {"evaluations_semantic": None}},
        {"subject": "x"},
        {"context": None},
    ],
    ids=repr,
)
def test_it_refuses_the_whole_where_its_form_is_wrong(asking: Machine, good: Question, changes: Question) -> None:
    heard = asking.ask({"evaluations": [good], **changes}, path=EVALUATIONS)
    assert (heard.status, heard.headers["content-type"]) == (400, "application/problem+json")


def test_it_takes_a_thousand_and_no_more(asking: Machine, good: Question) -> None:
    some = {**good, "evaluations": [{}] * 1000}
    assert answers_in(asking.ask(some, path=EVALUATIONS)) == [True] * 1000
    heard = asking.ask({**good, "evaluations": [{}] * 1001}, path=EVALUATIONS)
    assert (heard.status, heard.headers["content-type"]) == (413, "application/problem+json")


def test_it_reads_them_all_with_one_statement(asking: Machine, good: Question, bad: Question) -> None:
    asking.ask(good)
    before = asking.reader.statements
    asking.ask({"evaluations": [good, bad] * 20}, path=EVALUATIONS)
    assert asking.reader.statements == before + 1


def test_it_gives_each_its_own_moment(asking: Machine, good: Question) -> None:
    before = {"assurance": "low", "time": "2026-11-23T08:59:59Z"}
    heard = asking.ask({**good, "evaluations": [{}, {"context": before}]}, path=EVALUATIONS)
    assert answers_in(heard) == [True, False]
    assert heard.json["evaluations"][1]["context"]["as_of"] == "2026-11-23T08:59:59Z"
    assert "as_of" not in heard.json["evaluations"][0]["context"]


def test_it_refuses_a_bsn_among_others_by_itself(asking: Machine, good: Question) -> None:
    by_bsn = {"type": "person", "id": BSNS["anna"].digits, "properties": {"id_type": "bsn"}}
    unknown = {**by_bsn, "id": "999990184"}
    heard = asking.ask({**good, "evaluations": [{}, {"resource": by_bsn}, {"resource": unknown}]}, path=EVALUATIONS)
    assert answers_in(heard) == [True, False, False]
    assert heard.json["evaluations"][1] == heard.json["evaluations"][2]
    assert heard.json["evaluations"][1]["context"]["error"]["status"] == 403


@pytest.mark.usefixtures("catalogue", "signing_keys")
def test_it_knows_people_by_bsn_for_who_is_entitled(anna: Party, bram: Party) -> None:
    asking = entitled()
    active(anna, bram)
    by_bsn = [
        {"type": "person", "id": BSNS[name].digits, "properties": {"id_type": "bsn"}} for name in ("bram", "anna")
    ]
    question = asking.question(bram, anna, subject=by_bsn[0], resource=by_bsn[1])
    assert asking.ask(question).decision is True
    assert asking.ask({**question, "subject": by_bsn[1]}).decision is False
