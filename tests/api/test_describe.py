"""The description of the door for portals (OpenAPI 3.1): whatever is sent, it answers as it says."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from namens.api import description
from namens.api.advice import ADVICE
from namens.api.examples import ANNA, BRAM, REPORT, REPORTS
from namens.api.operations import OPERATIONS
from namens.api.problems import ApiProblem
from namens.api.words import FORMS, STATUSES, TAGS
from namens.parties.models import Party
from namens.services.models import Portal
from tests.api.listing import BASIS, happened, used
from tests.api.machine import Machine, machine
from tests.openid.relying import Answer
from tests.people import BSNS, active
from tests.working import mandate_of, organisation

pytestmark = pytest.mark.one_database
Operation = Any  # The library does not name its own types in public.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DOCUMENT: dict[str, Any] = json.loads(description.document())
DESCRIBED = [
    found.ok() for found in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations() if isinstance(found, Ok)
]
# Where nothing can be sent nothing can be wrong.
CASES = [
    pytest.param(one, mode, id=f"{one.label} {mode.value}")
    for one in DESCRIBED
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode is GenerationMode.POSITIVE or one.query or one.body or one.path_parameters
]
GOOD = {"handelingMelden": 201, "webhookgeheimMaken": 201, "proefgebeurtenis": 202}
FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
MANY = settings(FEW, max_examples=500)
each_operation = pytest.mark.parametrize("operation", DESCRIBED, ids=lambda operation: operation.label)
each_case = pytest.mark.parametrize(("operation", "mode"), CASES)


@pytest.fixture
def asking(catalogue: None, signing_keys: None, anna: Party, bram: Party) -> Machine:  # noqa: ARG001 - for their effect
    """A portal that has something to read everywhere."""
    known = machine("lezer", search_basis=BASIS)
    used(active(anna, bram), known)
    mandate_of(anna, organisation())
    happened(known, 3)
    known.log_in()
    return known


@pytest.fixture
def listening(asking: Machine) -> Machine:
    """The same, with an address and a secret for its events."""
    Portal.objects.filter(id=asking.portal.id).update(events_uri="https://portaal.example/gebeurtenissen")
    assert asking.post("/v1/webhookgeheimen", {}).status_code == 201
    return asking


@each_case
@FEW
@given(data=st.data())
def test_it_answers_as_described(asking: Machine, operation: Operation, mode: GenerationMode, data: Any) -> None:  # noqa: ANN401 - as above
    answers_as_described(asking, operation, mode, data)


@pytest.mark.slow
@each_case
@MANY
@given(data=st.data())
def test_it_answers_many_times_as_described(
    asking: Machine,
    operation: Operation,
    mode: GenerationMode,
    data: Any,  # noqa: ANN401 - as above
) -> None:
    answers_as_described(asking, operation, mode, data)


def answers_as_described(asking: Machine, operation: Operation, mode: GenerationMode, data: Any) -> None:  # noqa: ANN401 - the library does not name its types
    """Send what fits the description, or what does not, now and then with an example in it; the answer has to fit."""
    case = data.draw(operation.as_strategy(generation_mode=mode))
    example = example_of(operation)
    if example and isinstance(case.body, dict):
        names = data.draw(st.sets(st.sampled_from(sorted(example))))
        case.body |= {name: example[name] for name in sorted(names)}
    case.validate_response(called(asking, case), checks=CHECKS)


def example_of(operation: Operation) -> Mapping[str, Any]:
    """Give the body of the example of an operation."""
    part = DOCUMENT["paths"][operation.path][operation.method]
    content: Mapping[str, Any] = part.get("requestBody", {}).get("content", {}).get("application/json", {})
    example: Mapping[str, Any] = content.get("example", {})
    return example


def called(asking: Machine, case: Any) -> Response:  # noqa: ANN401 - as above
    """Send what the library drew to the door, with a good token, and give what came as the library knows it."""
    wanted = requests.Request(**case.as_transport_kwargs(base_url="http://localhost:8000/v1")).prepare()
    headers = {
        name: value if isinstance(value, str) else value.decode("latin-1") for name, value in wanted.headers.items()
    }
    headers["Authorization"] = f"Bearer {asking.token}"
    kind = headers.pop("Content-Type", "")
    body: Any = wanted.body or b""
    place = urlsplit(str(wanted.url))
    heard = asking.browser.generic(
        str(wanted.method),
        place.path,
        body.encode() if isinstance(body, str) else body,
        content_type=kind,
        headers={name: value for name, value in headers.items() if name != "Content-Length"},
        QUERY_STRING=place.query,
    )
    got = {name.lower(): [value] for name, value in heard.headers.items()}
    return Response(heard.status_code, got, heard.content, wanted, elapsed=0.0, verify=False)


@each_operation
def test_it_describes_every_good_answer(listening: Machine, anna: Party, bram: Party, operation: Operation) -> None:
    part = DOCUMENT["paths"][operation.path][operation.method]
    more: dict[str, Any] = {}
    if "{" in operation.path:
        more["path_parameters"] = {"act": reported(listening, anna, bram).json()["id"]}
    if example_of(operation):
        more["body"] = of_this_portal(example_of(operation), {ANNA: anna, BRAM: bram}, asking=listening)
    case = operation.Case(**more)
    heard = called(listening, case)
    assert heard.status_code == GOOD.get(part["operationId"], 200)
    assert str(heard.status_code) in part["responses"]
    case.validate_response(heard, checks=CHECKS)


def test_it_keeps_the_act_of_the_example(listening: Machine, anna: Party, bram: Party) -> None:
    first = reported(listening, anna, bram)
    again = reported(listening, anna, bram)
    batch = listening.post("/v1/handelingreeksen", of_this_portal(REPORTS, {ANNA: anna, BRAM: bram}, asking=listening))
    assert (first.status_code, again.status_code, batch.status_code) == (201, 200, 200)
    kept = listening.get(first["Location"])
    assert kept.status_code == 200
    assert kept.json() == first.json() == again.json()
    assert batch.json() == {"resultaten": [{"status": 200, "handeling": kept.json()}]}


def test_it_takes_the_batch_of_the_example(listening: Machine, anna: Party, bram: Party) -> None:
    batch = listening.post("/v1/handelingreeksen", of_this_portal(REPORTS, {ANNA: anna, BRAM: bram}, asking=listening))
    assert [one["status"] for one in batch.json()["resultaten"]] == [201]


def reported(asking: Machine, anna: Party, bram: Party) -> Answer:
    """Report the act of the example."""
    return asking.post("/v1/handelingen", of_this_portal(REPORT, {ANNA: anna, BRAM: bram}, asking=asking))


def of_this_portal(example: Mapping[str, Any], people: Mapping[str, Party], *, asking: Machine) -> Any:  # noqa: ANN401 - JSON
    """Give an example with the ids that this portal has for the people in it."""
    text = json.dumps(example)
    for invented, party in people.items():
        text = text.replace(invented, asking.id_of(party))
    return json.loads(text)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_it_has_examples_that_fit(operation: Operation) -> None:
    if operation.asked is not None:
        assert operation.example, "an example of the body"
        msgspec.convert(operation.example, operation.asked)
    for status, form in operation.given.items():
        assert status in operation.shown, "an example of the answer"
        msgspec.convert(operation.shown[status], form)


def test_it_says_in_dutch_what_each_form_is() -> None:
    named = {word.name for word in FORMS.values()}
    assert set(DOCUMENT["components"]["schemas"]) <= named
    assert len(named) == len(FORMS), "a name twice"
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert schema["title"] == name
        assert schema["description"]


def test_it_explains_each_tag_and_each_status() -> None:
    assert {tag["name"] for tag in DOCUMENT["tags"]} <= set(TAGS)
    statuses = {int(status) for part in every_operation() for status in part["responses"]}
    assert statuses <= set(STATUSES)


def test_it_says_what_to_do_about_each_problem() -> None:
    assert set(ADVICE) == set(ApiProblem)
    assert set(DOCUMENT["x-problemen"]) == {code.value for code in ApiProblem}
    assert all(part["titel"] and part["watTeDoen"] for part in DOCUMENT["x-problemen"].values())


def test_it_refers_to_nothing_that_is_not_there() -> None:
    text = json.dumps(DOCUMENT)
    names = {place.partition('"')[0] for place in text.split('"#/')[1:]}
    for name in names:
        part: Any = DOCUMENT
        for step in name.split("/"):
            part = part[step]
        assert part


def test_it_names_nobody_in_the_description() -> None:
    assert not any(bsn.digits in json.dumps(DOCUMENT) for bsn in BSNS.values())


def test_it_names_each_operation_once() -> None:
    names = [part["operationId"] for part in every_operation()]
    assert len(names) == len(set(names)) == len(OPERATIONS)


def every_operation() -> list[dict[str, Any]]:
    return [part for path in DOCUMENT["paths"].values() for part in path.values()]
