"""How many statements each page for a helper costs: as many for a mandate of three services as for one."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from namens.mandates.actions.offer import GivenMandate
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.visiting import Answered, mark_on, send
from tests.people import BSNS, NOW, active, give, terms, use_code

# What a change may add before somebody has to look.
SLACK = 2
KEYS = [["mijn-toeslagen"], ["mijn-toeslagen", "inkomstenbelasting", "uitkering-aanvragen"]]


@pytest.fixture(params=KEYS, ids=["one service", "three services"])
def given(request: pytest.FixtureRequest, anna: Party, bram: Party, catalogue: None) -> GivenMandate:  # noqa: ARG001 - asked for its effect
    """A mandate from Anna that waits for Bram."""
    return give(anna, bram, what=terms(*request.param))


def entered(browser: Client, given: GivenMandate, **changes: str) -> Answered:
    form = {"code": given.code.reveal(), "bsn": BSNS["anna"].digits, **changes}
    return send(browser, reverse("pages:activate"), form)


def check(given: GivenMandate) -> str:
    return reverse("pages:activate-check", args=[given.mandate.id])


def test_it_shows_a_helper_number_in_three_statements(at_bram: Client) -> None:
    at_bram.get(reverse("pages:helper-number"))
    assert statements(lambda: at_bram.get(reverse("pages:helper-number"))) <= 3


def test_it_makes_a_helper_number_in_six_statements(at_bram: Client) -> None:
    assert statements(lambda: at_bram.get(reverse("pages:helper-number"))) <= 6


def test_it_replaces_a_helper_number_in_nine_statements(at_bram: Client) -> None:
    at_bram.get(reverse("pages:helper-number"))
    assert statements(lambda: send(at_bram, reverse("pages:helper-number-reset"))) <= 9


def test_it_asks_for_a_code_in_three_statements(at_bram: Client) -> None:
    assert statements(lambda: at_bram.get(reverse("pages:activate"))) <= 3


def test_it_finds_what_a_code_opens_in_eleven_statements(at_bram: Client, given: GivenMandate) -> None:
    assert statements(partial(entered, at_bram, given)) <= 11 + SLACK


def test_it_refuses_a_code_in_eleven_statements(at_bram: Client, given: GivenMandate) -> None:
    assert statements(partial(entered, at_bram, given, bsn=BSNS["carla"].digits)) <= 11 + SLACK


def test_it_shows_what_a_code_opens_in_six_statements(at_bram: Client, given: GivenMandate) -> None:
    entered(at_bram, given)
    assert statements(lambda: at_bram.get(check(given))) <= 6 + SLACK


def test_it_activates_in_28_statements(at_bram: Client, given: GivenMandate) -> None:
    entered(at_bram, given)
    form = mark_on(at_bram.get(check(given)))
    assert statements(lambda: send(at_bram, check(given), form)) <= 28 + SLACK


def test_it_takes_the_place_of_an_older_mandate_in_47_statements_and_one_for_each_service(
    at_bram: Client, given: GivenMandate, anna: Party, bram: Party
) -> None:
    keys = list(given.mandate.lines.values_list("service__key", flat=True))
    active(anna, bram, what=terms(*keys), now=NOW - timedelta(seconds=1))
    entered(at_bram, given)
    form = mark_on(at_bram.get(check(given)))
    assert statements(lambda: send(at_bram, check(given), form)) <= 47 + len(keys) + SLACK


def test_it_says_that_it_is_active_in_four_statements(at_bram: Client, given: GivenMandate, bram: Party) -> None:
    mandate = use_code(given, bram, now=NOW)
    assert statements(lambda: at_bram.get(reverse("pages:activated", args=[mandate.id]))) <= 4 + SLACK
