"""The endpoints for programs against a description of them: whatever is sent, they answer as it says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from namens.openid.urls import urlpatterns
from namens.wsgi import application
from tests.openid.relying import RelyingParty
from tests.openid.renewing import proof

Operation = Any  # The library does not name its own types in public.
DESCRIPTION = Path(__file__).with_name("door.openapi.yaml")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_path(DESCRIPTION)
schema.app = application
OPERATIONS = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Let the program keep the connection of the test, as Django's own client of tests does."""
    told = (request_started, request_finished)
    for moment in told:
        moment.disconnect(close_old_connections)
    yield
    for moment in told:
        moment.connect(close_old_connections)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
@FEW
@given(data=st.data())
def test_it_answers_as_described(portal: RelyingParty, operation: Operation, data: st.DataObject) -> None:
    case = data.draw(operation.as_strategy())
    if isinstance(case.body, dict) and data.draw(st.booleans()):
        case.body |= proof(portal)
    response = case.call(base_url="http://localhost:8000")
    case.validate_response(response, checks=CHECKS)


def test_it_describes_every_endpoint_for_programs() -> None:
    described = {operation.path.removeprefix("/") for operation in OPERATIONS}
    for_programs = {str(pattern.pattern) for pattern in urlpatterns if getattr(pattern.callback, "for_machines", False)}
    assert for_programs <= described
