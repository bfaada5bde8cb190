"""Many look-ups of one agent at one moment."""

from functools import partial

import pytest

from namens.helpdesk.models import LookUp
from namens.helpdesk.refusals import CallerRefusal
from namens.signin.models import Staff
from tests.helpdesk.calling import Addresses, call
from tests.parallel import at_once
from tests.people import person
from tests.staff import make_agent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def racer() -> Staff:
    """An agent in a database that really commits."""
    person("anna")
    return make_agent("Racer")


def test_it_asks_the_register_three_times_at_most_when_ten_wrong_tries_come_at_once(
    racer: Staff, register: Addresses
) -> None:
    answers = at_once([partial(call, racer, postcode="3511AC")] * 10)
    assert (answers.count(CallerRefusal.NO_MATCH), answers.count(CallerRefusal.PAUSED)) == (3, 7)
    assert register.asked == 3
    assert LookUp.objects.filter(staff=racer).count() == 3


def test_it_lets_no_right_guess_through_among_wrong_ones_beyond_three(racer: Staff, register: Addresses) -> None:
    guesses = [partial(call, racer, postcode=f"3511A{letter}") for letter in "CDEFGHJK"]
    at_once([*guesses, partial(call, racer)])
    assert register.asked <= 4
