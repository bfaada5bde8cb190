"""How many statements each page about one mandate costs: as many for three services as for one."""

import pytest
from django.test import Client
from django.urls import reverse

from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.visiting import send
from tests.people import active, terms

# What a change may add before somebody has to look.
SLACK = 2
KEYS = [["mijn-toeslagen"], ["mijn-toeslagen", "inkomstenbelasting", "uitkering-aanvragen"]]
EARLIER = {"last_day_day": "27", "last_day_month": "3", "last_day_year": "2027"}


@pytest.fixture(params=KEYS, ids=["one service", "three services"])
def mandate(request: pytest.FixtureRequest, anna: Party, bram: Party, catalogue: None) -> Mandate:  # noqa: ARG001 - asked for its effect
    """A mandate that runs."""
    return active(anna, bram, what=terms(*request.param))


def on(mandate: Mandate, page: str) -> str:
    return reverse(f"pages:{page}", args=[mandate.id])


def test_it_asks_what_has_to_stop_in_five_statements(at_anna: Client, mandate: Mandate) -> None:
    assert statements(lambda: at_anna.get(on(mandate, "stop"))) <= 5 + SLACK


def test_it_stops_everything_in_18_statements(at_anna: Client, mandate: Mandate) -> None:
    assert statements(lambda: send(at_anna, on(mandate, "stop"), {"what": "everything"})) <= 18 + SLACK


def test_it_stops_one_service_in_19_statements(at_anna: Client, mandate: Mandate) -> None:
    # The last service ends the whole mandate, and costs the most.
    assert statements(lambda: send(at_anna, on(mandate, "stop"), {"what": "mijn-toeslagen"})) <= 19 + SLACK


def test_it_lets_the_helper_stop_in_18_statements(at_bram: Client, mandate: Mandate) -> None:
    assert statements(lambda: send(at_bram, on(mandate, "stop"))) <= 18 + SLACK


def test_it_says_that_it_stopped_in_four_statements(at_anna: Client, mandate: Mandate) -> None:
    send(at_anna, on(mandate, "stop"), {"what": "everything"})
    assert statements(lambda: at_anna.get(on(mandate, "stopped"))) <= 4 + SLACK


def test_it_asks_an_earlier_day_in_five_statements(at_anna: Client, mandate: Mandate) -> None:
    assert statements(lambda: at_anna.get(on(mandate, "shorten"))) <= 5


def test_it_keeps_an_earlier_day_in_14_statements(at_anna: Client, mandate: Mandate) -> None:
    assert statements(lambda: send(at_anna, on(mandate, "shorten"), EARLIER)) <= 14
