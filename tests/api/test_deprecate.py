"""An operation that will go says so in every answer and in the description, long before it is gone."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import RequestFactory

from namens.api import door
from namens.api.calls import Operation
from namens.api.deprecation import Deprecation
from namens.api.description import describe
from namens.api.operations import OPERATIONS
from tests.api.machine import Machine

GOING = Deprecation(
    since=date(2027, 1, 1), sunset=date(2028, 6, 30), successor="https://machtigen.example.nl/v2/portaal"
)


@pytest.fixture
def going() -> Operation:
    """An operation that will go."""
    return replace(OPERATIONS[0], deprecated=GOING)


def test_it_says_since_when_until_when_and_what_instead(going: Operation, portal: Machine) -> None:
    view = door.at_address({"GET": going})
    request = RequestFactory().get("/v1/portaal", headers={"Authorization": f"Bearer {portal.log_in()}"})
    answer = view(request)
    assert answer.status_code == 200
    assert answer["Deprecation"] == "@1798758000"  # 1 January 2027 in Amsterdam
    assert answer["Sunset"] == "Fri, 30 Jun 2028 22:00:00 GMT"
    assert answer["Link"] == '<https://machtigen.example.nl/v2/portaal>; rel="successor-version"'


def test_it_says_so_to_who_is_refused_too(going: Operation) -> None:
    answer = door.at_address({"GET": going})(RequestFactory().get("/v1/portaal"))
    assert answer.status_code == 401
    assert answer["Deprecation"] == "@1798758000"


def test_it_stands_in_the_description(going: Operation) -> None:
    part = describe([going])["paths"]["/portaal"]["get"]
    assert part["deprecated"] is True
    assert "2028-06-30" in part["description"]
    assert {"Deprecation", "Sunset", "Link"} <= set(part["responses"]["200"]["headers"])
    assert {"Deprecation", "Sunset", "Link"} <= set(part["responses"]["401"]["headers"])


def test_it_says_nothing_of_what_stays(portal: Machine) -> None:
    answer = portal.get("/v1/portaal")
    assert not {"Deprecation", "Sunset", "Link"} & set(answer.headers)
    assert "deprecated" not in describe(OPERATIONS[:1])["paths"]["/portaal"]["get"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_it_gives_at_least_a_year(operation: Operation) -> None:
    going = operation.deprecated
    assert going is None or (going.sunset - going.since).days >= 365
