"""The description of the decisions door (OpenAPI 3.1): whatever is sent, it answers as it says."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from namens.decisions import description
from namens.parties.models import Party
from tests.decisions.machine import Machine
from tests.decisions.searching import entitled, for_whom, person, what, who
from tests.people import BSNS, active
from tests.working import licence, mandate_of, member, organisation

pytestmark = pytest.mark.one_database
Operation = Any  # The library does not name its own types in public.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_dict(json.loads(description.document()))
OPERATIONS = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
ASKED = [operation for operation in OPERATIONS if operation.method == "post"]
FEW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
MANY = settings(FEW, max_examples=1000)
Questions = Mapping[str, dict[str, object]]


@pytest.fixture
def portal(catalogue: None, signing_keys: None, anna: Party, bram: Party) -> Machine:  # noqa: ARG001 - for their effect
    """A portal that may ask everything, where Bram and Sam may act for Anna."""
    active(anna, bram)
    mandate_of(anna, organisation())
    licence(member(organisation()))
    asking = entitled()
    asking.log_in()
    return asking


@pytest.fixture
def good(portal: Machine, anna: Party, bram: Party) -> Questions:
    """Good questions, by where they are asked."""
    question = portal.question(bram, anna)
    return {
        "/access/v1/evaluation": question,
        "/access/v1/evaluations": {**question, "evaluations": [{}, {"context": {}}]},
        "/access/v1/search/subject": who(portal.id_of(anna), kind="member"),
        "/access/v1/search/resource": for_whom(person(portal, bram)),
        "/access/v1/search/action": what(person(portal, bram), portal.id_of(anna)),
    }


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_it_describes_every_good_answer(portal: Machine, good: Questions, operation: Operation) -> None:
    question = good.get(operation.path)
    case = operation.Case(body=question) if question else operation.Case()
    heard = called(portal, case)
    assert heard.status_code == 200
    case.validate_response(heard, checks=CHECKS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
@FEW
@given(data=st.data())
def test_it_answers_as_described(portal: Machine, good: Questions, operation: Operation, data: st.DataObject) -> None:
    answers_as_described(portal, good, operation, data)


@pytest.mark.slow
@pytest.mark.parametrize("operation", ASKED, ids=lambda operation: operation.label)
@MANY
@given(data=st.data())
def test_it_answers_a_thousand_times_as_described(
    portal: Machine, good: Questions, operation: Operation, data: st.DataObject
) -> None:
    answers_as_described(portal, good, operation, data)


def answers_as_described(portal: Machine, good: Questions, operation: Operation, data: st.DataObject) -> None:
    """Send what fits the description, often with parts of a good question in it; and see that the answer fits too."""
    case = data.draw(operation.as_strategy())
    question = good.get(operation.path)
    if question and isinstance(case.body, dict):
        names = data.draw(st.sets(st.sampled_from(sorted(question))))
        case.body |= {name: question[name] for name in sorted(names)}
    case.validate_response(called(portal, case), checks=CHECKS)


def called(portal: Machine, case: Any) -> Response:  # noqa: ANN401 - as above
    """Send what the library drew to the door, with a good token, and give what came as the library knows it."""
    wanted = requests.Request(**case.as_transport_kwargs(base_url="http://localhost:8000")).prepare()
    headers = {
        name.replace("-", "_").lower(): value if isinstance(value, str) else value.decode("latin-1")
        for name, value in wanted.headers.items()
    }
    kind = headers.pop("content_type", "")
    headers["authorization"] = f"Bearer {portal.token}"
    body: Any = wanted.body or b""
    sent = body.encode() if isinstance(body, str) else body
    heard = portal.send(urlsplit(str(wanted.url)).path, sent, method=str(wanted.method), kind=kind, **headers)
    got = {name: [value] for name, value in heard.headers.items()}
    return Response(heard.status, got, heard.body, wanted, elapsed=0.0, verify=False)


def test_it_describes_every_address(portal: Machine) -> None:
    described = {operation.path for operation in OPERATIONS}
    own = {*portal.door._door._questions, *portal.door._door._pages}
    assert own - described == {"/health", "/metrics"}


def test_it_is_there_for_everybody(portal: Machine) -> None:
    heard = portal.send("/access/v1/openapi.json", method="GET", kind="")
    assert (heard.status, heard.headers["content-type"]) == (200, "application/json")
    assert heard.body == description.document()
    assert heard.headers["access-control-allow-origin"] == "*"
    assert heard.headers["api-version"] == heard.json["info"]["version"]
    assert heard.json["openapi"].startswith("3.1")


def test_it_names_nobody_in_the_description() -> None:
    text = description.document().decode()
    assert not any(bsn.digits in text for bsn in BSNS.values())
