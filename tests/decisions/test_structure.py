"""What a question has to look like (AuthZEN 1.0, 5, 6 and 10.1), section by section: each case by itself."""

from collections.abc import Callable
from typing import Any

import pytest

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.decisions.machine import EVALUATION, EVALUATIONS, Machine

pytestmark = pytest.mark.one_database
Question = dict[str, Any]


@pytest.fixture
def question(asking: Machine, running: Mandate, bram: Party, anna: Party) -> Question:
    """A good question, whose answer is yes."""
    assert running.id is not None
    return asking.question(bram, anna)


def without(*path: str) -> Callable[[Question], None]:
    """Leave this out."""

    def change(question: Question) -> None:
        *way, last = path
        for name in way:
            question = question[name]
        del question[last]

    return change


def having(value: object, *path: str) -> Callable[[Question], None]:
    """Put this there."""

    def change(question: Question) -> None:
        *way, last = path
        for name in way:
            question = question.setdefault(name, {})
        question[last] = value

    return change


MISSING = {
    "6.1 subject": without("subject"),
    "6.1 action": without("action"),
    "6.1 resource": without("resource"),
    "5.1 subject.type": without("subject", "type"),
    "5.1 subject.id": without("subject", "id"),
    "5.2 resource.type": without("resource", "type"),
    "5.2 resource.id": without("resource", "id"),
    "5.3 action.name": without("action", "name"),
}
OBJECTS = {"5.1": "subject", "5.2": "resource", "5.3": "action", "5.4": "context"}
TEXTS = {
    "5.1 subject.type": ("subject", "type"),
    "5.1 subject.id": ("subject", "id"),
    "5.2 resource.type": ("resource", "type"),
    "5.2 resource.id": ("resource", "id"),
    "5.3 action.name": ("action", "name"),
}
NO_OBJECTS: list[object] = ["x", 1, True, [], None]
NO_TEXTS: list[object] = ["", 1, 1.5, True, [], {}, None]
WRONG = {
    **{
        f"{section} {name} is {value!r}": having(value, name)
        for section, name in OBJECTS.items()
        for value in NO_OBJECTS
    },
    **{f"{name} is {value!r}": having(value, *path) for name, path in TEXTS.items() for value in NO_TEXTS},
    **{
        f"{section} {name}.properties is {value!r}": having(value, name, "properties")
        for section, name in list(OBJECTS.items())[:3]
        for value in NO_OBJECTS
    },
    "5.4 context.time is a number": having(1795338000, "context", "time"),
    "5.4 context.time is a day": having("2026-11-23", "context", "time"),
    "5.4 context.time is without a zone": having("2026-11-23T08:00:00", "context", "time"),
    "5.4 context.time is the future": having("2026-11-23T09:00:01Z", "context", "time"),
    "5.4 context.time is no day": having("2026-02-30T08:00:00Z", "context", "time"),
    "5.4 context.assurance is unknown": having("very high", "context", "assurance"),
    "5.4 context.assurance is a number": having(3, "context", "assurance"),
    "5.1 subject.type is unknown": having("robot", "subject", "type"),
    "5.2 resource.type is unknown": having("house", "resource", "type"),
    "5.1 id_type is unknown": having("e-mail", "subject", "properties", "id_type"),
    "5.1 id_type is null": having(None, "subject", "properties", "id_type"),
    "5.2 id_type is an object": having({}, "resource", "properties", "id_type"),
    "5.1 a member without an organisation": having("member", "subject", "type"),
    "5.1 an id that is too long": having("x" * 257, "subject", "id"),
}
PASSED_OVER = {
    "10.1.1 at the top": having({"x": [1]}, "more"),
    "10.1.1 in the subject": having(1, "subject", "more"),
    "10.1.1 in the resource": having(None, "resource", "more"),
    "10.1.1 in the action": having("x", "action", "more"),
    "5.1.1 in subject.properties": having({"a": {"b": [None, 1.5, True]}}, "subject", "properties", "more"),
    "5.2.1 in resource.properties": having([[]], "resource", "properties", "more"),
    "5.3.1 in action.properties": having("GET", "action", "properties", "method"),
    "5.4 in the context": having("https://schema.example/x.json", "context", "schema"),
    "5.4 context.time is null": having(None, "context", "time"),
    "6.1 evaluations at the address of one": having([1], "evaluations"),
    "6.1 options": having("x", "options"),
}


def test_it_takes_a_good_question(asking: Machine, question: Question) -> None:
    assert asking.ask(question).decision is True


@pytest.mark.parametrize("path", [EVALUATION, EVALUATIONS])
@pytest.mark.parametrize("change", list(MISSING.values()), ids=list(MISSING))
def test_it_refuses_what_lacks_a_required_part(
    asking: Machine, question: Question, change: Callable[[Question], None], path: str
) -> None:
    change(question)
    refused(asking, question, path)


@pytest.mark.parametrize("change", list(WRONG.values()), ids=list(WRONG))
def test_it_refuses_what_is_of_another_type(
    asking: Machine, question: Question, change: Callable[[Question], None]
) -> None:
    change(question)
    refused(asking, question)


@pytest.mark.parametrize("change", list(PASSED_OVER.values()), ids=list(PASSED_OVER))
def test_it_passes_over_what_it_does_not_know(
    asking: Machine, question: Question, change: Callable[[Question], None]
) -> None:
    change(question)
    assert asking.ask(question).decision is True


def test_it_needs_no_context(asking: Machine, question: Question) -> None:
    del question["context"]
    heard = asking.ask(question)
    assert (heard.status, heard.reason) == (200, "assurance_too_low")


def test_it_takes_names_in_any_order(asking: Machine, question: Question) -> None:
    turned = {name: question[name] for name in reversed(list(question))}
    assert asking.ask(turned).body == asking.ask(question).body


def test_it_says_the_same_as_often_as_it_is_asked(asking: Machine, question: Question, dirk: Party) -> None:
    other = {**question, "subject": {"type": "person", "id": asking.id_of(dirk)}}
    for one in (question, other):
        assert len({(heard.status, heard.body) for heard in (asking.ask(one) for _ in range(5))}) == 1


def test_it_answers_with_a_decision_and_no_more_than_that(asking: Machine, question: Question) -> None:
    heard = asking.ask(question)
    assert (heard.status, heard.headers["content-type"]) == (200, "application/json")
    assert set(heard.json) == {"decision", "context"}
    assert set(heard.json["context"]) == {"mandate", "valid_until"}


def test_it_gives_back_the_request_id(asking: Machine, question: Question) -> None:
    for number in ("bfe9eb29-ab87-4ca3-be83-a1d5d8305716", "x", "two words", "caf\xe9;<b>", "1" * 1000):
        for heard in (asking.ask(question, x_request_id=number), asking.ask({}, x_request_id=number)):
            assert heard.headers["x-request-id"] == number
    assert asking.send(EVALUATION, b"{}", x_request_id="y").headers["x-request-id"] == "y"


def test_it_makes_a_request_id_where_none_can_be_given_back(asking: Machine, question: Question) -> None:
    numbers = {
        asking.ask(question).headers["x-request-id"],
        asking.ask(question, x_request_id="").headers["x-request-id"],
        asking.ask(question, x_request_id="a\tb").headers["x-request-id"],
        asking.ask(question, x_request_id="2" * 1001).headers["x-request-id"],
    }
    assert len(numbers) == 4
    assert all(len(number) == 36 for number in numbers)


def test_it_tells_a_refusal_from_a_mistake(asking: Machine, question: Question, dirk: Party) -> None:
    question["subject"]["id"] = asking.id_of(dirk)
    assert (asking.ask(question).status, asking.ask(question).decision) == (200, False)


def test_it_takes_posts_only(asking: Machine) -> None:
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        heard = asking.send(EVALUATION, method=method)
        assert (heard.status, heard.headers["allow"]) == (405, "POST")
    assert asking.send("/access/v1/nothing").status == 404


def test_it_takes_nothing_in_an_address(asking: Machine, question: Question) -> None:
    assert asking.ask(question, path=f"{EVALUATION}?subject=x").status == 400


def refused(asking: Machine, question: Question, path: str = EVALUATION) -> None:
    """See that this is a wrong request, told without anything of what was asked."""
    heard = asking.ask(question, path=path)
    assert (heard.status, heard.headers["content-type"]) == (400, "application/problem+json")
    assert heard.json["status"] == 400
    named = question.get("resource")
    if isinstance(named, dict) and isinstance(named.get("id"), str) and named["id"]:
        assert named["id"] not in heard.body.decode()
