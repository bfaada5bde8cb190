"""Bad input is refused, quickly and in words: 400 or 413, and never a mistake of ours (AuthZEN 1.0, 11.5 and 11.7)."""

import gzip
import json
import tracemalloc

import pytest

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.decisions.machine import EVALUATION, EVALUATIONS, Heard, Machine
from tests.decisions.searching import ACTION, RESOURCE, SUBJECT

pytestmark = pytest.mark.one_database
PATHS = [EVALUATION, EVALUATIONS, SUBJECT, RESOURCE, ACTION]
MEGABYTE = 1024 * 1024
GOOD = b'{"subject":{"type":"person","id":"x"},"action":{"name":"mijn-toeslagen"},"resource":{"type":"person","id":"y"}'
BODIES = {
    "nothing": b"",
    "a space": b" ",
    "an array": b"[]",
    "null": b"null",
    "true": b"true",
    "a number": b"1",
    "a text": b'"x"',
    "two objects": b"{}{}",
    "half": GOOD,
    "a comma too many": GOOD + b",}",
    "a comment": GOOD + b"/* x */}",
    "single quotes": GOOD.replace(b'"', b"'") + b"}",
    "a form": b"subject=x&action=y",
    "XML": b"<subject/>",
    "NaN": GOOD + b',"more":NaN}',
    "Infinity": GOOD + b',"more":[-Infinity]}',
    "1e999": GOOD + b',"more":1e999}',
    "-1e999 deep": GOOD + b',"more":{"a":[-1e999]}}',
    "an integer of a million digits": GOOD + b',"more":' + b"9" * 1_000_000 + b"}",
    "a leading zero": GOOD + b',"more":01}',
    "the same name twice": GOOD + b',"subject":{"type":"person","id":"z"}}',
    "twice in the subject": GOOD.replace(b'"id":"x"', b'"id":"x","id":"z"') + b"}",
    "twice, deep": GOOD + b',"more":[{"a":{"b":1,"b":1}}]}',
    "twice, once escaped": GOOD + b',"more":{"a":1,"\\u0061":2}}',
    "half of a pair of surrogates": GOOD.replace(b'"x"', b'"\\ud800"') + b"}",
    "the other half": GOOD + b',"more":"\\udc00"}',
    "half of a pair as a name": GOOD + b',"\\udbff":1}',
    "a control symbol": GOOD.replace(b'"x"', b'"\x01"') + b"}",
    "BOM": b"\xef\xbb\xbf" + GOOD + b"}",
    "UTF-16": (GOOD + b"}").decode().encode("utf-16"),
    "UTF-16 without BOM": (GOOD + b"}").decode().encode("utf-16-le"),
    "UTF-32": (GOOD + b"}").decode().encode("utf-32"),
    "latin-1": GOOD.replace(b'"x"', b'"\xe9"') + b"}",
    "a surrogate as UTF-8": GOOD.replace(b'"x"', b'"\xed\xa0\x80"') + b"}",
    "too long UTF-8": GOOD.replace(b'"x"', b'"\xc0\xaf"') + b"}",
    "100,000 arrays in each other": b"[" * 100_000 + b"]" * 100_000,
    "100,000 arrays in a part": GOOD + b',"more":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "100,000 objects in each other": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "100,000 arrays without an end": b'{"a":' + b"[" * 100_000,
    "arrays in each other, with escapes": b'{"a":"\\u0061","b":' + b"[" * 900 + b"]" * 900 + b"}",
    "300,000 empty arrays": b'{"subject":[' + b"[]," * 300_000 + b"[]]}",
    "a megabyte of spaces": b" " * MEGABYTE,
}


@pytest.fixture
def ready(asking: Machine) -> Machine:
    """A portal's machine with a token."""
    asking.log_in()
    return asking


@pytest.mark.parametrize("body", list(BODIES.values()), ids=list(BODIES))
def test_it_refuses_what_is_no_question(ready: Machine, body: bytes) -> None:
    for path in PATHS:
        refused(sent(ready, body, path), 400)


@pytest.mark.parametrize("path", [EVALUATION, EVALUATIONS])
@pytest.mark.parametrize("part", [b'"x"', b'"mijn-toeslagen"', b'"y"', b'"person"'])
def test_it_refuses_a_name_of_a_megabyte(ready: Machine, part: bytes, path: str) -> None:
    refused(sent(ready, GOOD.replace(part, b'"' + b"x" * (MEGABYTE - 200) + b'"', 1) + b"}", path), 400)


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "text/json",
        "application/jsonp",
        "application/json-patch+json",
        "application/problem+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-7",
        "application/json; charset=",
        "application/json; boundary=x",
        "application/json, text/plain",
        "*/*",
        "application/json\xff",
    ],
)
def test_it_refuses_other_kinds_and_charsets(ready: Machine, kind: str) -> None:
    refused(sent(ready, GOOD + b"}", kind=kind), 400)


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']
)
def test_it_takes_json_by_all_its_names(ready: Machine, kind: str) -> None:
    assert sent(ready, GOOD + b"}", kind=kind).status == 200


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "identity", "x"])
def test_it_unpacks_nothing(ready: Machine, coding: str) -> None:
    refused(sent(ready, gzip.compress(GOOD + b"}"), content_encoding=coding), 400)


@pytest.mark.parametrize("path", PATHS)
def test_it_refuses_more_than_a_megabyte(ready: Machine, path: str) -> None:
    refused(sent(ready, b" " * (MEGABYTE + 1), path), 413)


def test_it_stops_reading_where_it_is_too_much(ready: Machine) -> None:
    refused(ready.send(EVALUATION, [b" " * 600_000] * 1000, authorization=f"Bearer {ready.token}"), 413)


def test_it_believes_a_length_that_is_too_much(ready: Machine) -> None:
    for length in ("1048577", "9" * 40):
        refused(sent(ready, b"{}", content_length=length), 413)
    for length in ("x", "-1", ""):
        assert sent(ready, GOOD + b"}", content_length=length).status == 200


def test_it_takes_no_body_that_broke_off(ready: Machine) -> None:
    refused(ready.send(EVALUATION, [], authorization=f"Bearer {ready.token}"), 400)


def test_it_refuses_a_thousand_and_one_questions(ready: Machine) -> None:
    refused(sent(ready, GOOD + b',"evaluations":[' + b"{}," * 1000 + b"{}]}", EVALUATIONS), 413)


def test_it_reads_a_whole_pair_of_surrogates(ready: Machine) -> None:
    heard = sent(ready, GOOD.replace(b'"x"', b'"\\ud83d\\ude00"') + b',"more":"\\u00e9"}')
    assert (heard.status, heard.decision) == (200, False)


@pytest.mark.parametrize(
    "odd",
    [
        "\0",
        "é",
        "💥",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "' OR 1=1 --",
        "%s",
        "{0}",
        "../..",
        "a#b#c",
        "#",
        "mijn-toeslagen#",
        "x" * 43,
        "A" * 43,
    ],
    ids=ascii,
)
def test_it_knows_nobody_and_nothing_by_an_odd_name(
    ready: Machine, running: Mandate, bram: Party, anna: Party, odd: str
) -> None:
    assert running.id is not None
    good = ready.question(bram, anna)
    for name, part in (("subject", "id"), ("resource", "id"), ("action", "name")):
        whole = good[name]
        assert isinstance(whole, dict)
        heard = ready.ask({**good, name: {**whole, part: odd}})
        if "\0" in odd:
            assert heard.status == 400
        else:
            assert heard.decision is False


@pytest.mark.slow
@pytest.mark.parametrize("body", list(BODIES.values()), ids=list(BODIES))
def test_it_takes_no_more_memory_than_a_bad_request_can_need(ready: Machine, body: bytes) -> None:
    tracemalloc.start()
    try:
        sent(ready, body)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 64 * MEGABYTE


def test_it_says_what_is_wrong_and_not_what_was_asked(ready: Machine) -> None:
    mark = "999990019"
    for body in (
        {"subject": {"type": mark, "id": mark}, "action": {"name": mark}, "resource": {"type": mark, "id": mark}},
        {mark: mark},
        {"subject": {"type": "person", "id": {mark: mark}}},
        {"context": {"time": mark, "assurance": mark}},
    ):
        heard = sent(ready, json.dumps(body).encode())
        refused(heard, 400)
        assert mark not in heard.body.decode()


def sent(asking: Machine, body: bytes, path: str = EVALUATION, *, kind: str = "application/json", **more: str) -> Heard:
    """Send these bytes with a good token."""
    return asking.send(path, body, kind=kind, authorization=f"Bearer {asking.token}", **more)


def refused(heard: Heard, status: int) -> None:
    """See a problem document."""
    assert (heard.status, heard.headers["content-type"]) == (status, "application/problem+json"), heard.body
    assert heard.json["status"] == status
    assert heard.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [EVALUATION, EVALUATIONS, "/access/v1/search/resource"])
def test_it_refuses_what_no_database_keeps(ready: Machine, bram: Party, anna: Party, path: str) -> None:
    """Else it would be the database that refuses, and one portal could take the connections from all."""
    asked = {**ready.question(bram, anna), "action": {"name": "a\0"}, "evaluations": [{}]}
    assert ready.ask(asked, path=path).status == 400


def test_it_refuses_a_moment_before_all_time(ready: Machine, bram: Party, anna: Party) -> None:
    context = {"assurance": "low", "time": "0001-01-01T00:00:00+00:01"}
    assert ready.ask(ready.question(bram, anna, context=context)).status == 400


def test_it_takes_a_mark_with_nothing_behind_it_for_an_action(
    ready: Machine, running: Mandate, bram: Party, anna: Party
) -> None:
    assert running.id is not None
    heard = ready.ask(ready.question(bram, anna, action={"name": "mijn-toeslagen#"}))
    assert heard.reason == "action_left_out"
