"""The door in its own process answers what is committed."""

import pytest

from namens.lib import clock
from namens.mandates.actions.stop import stop
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.decisions.machine import Machine
from tests.decisions.served.serving import Served
from tests.people import person

pytestmark = pytest.mark.slow


def test_it_says_yes_until_the_mandate_is_stopped(
    served: Served, portal: Machine, given: Mandate, anna: Party, bram: Party
) -> None:
    question = portal.question(bram, anna)
    assert served.ask(question, token=portal.token).decision is True
    stop(mandate=given.id, by=anna, now=clock.now())
    assert served.ask(question, token=portal.token).decision is False


def test_it_says_no_to_who_may_do_nothing(served: Served, portal: Machine, given: Mandate, anna: Party) -> None:
    dirk = person("dirk", now=clock.now())
    assert served.ask(portal.question(dirk, anna), token=portal.token).decision is False
    assert given.id is not None


def test_it_does_not_answer_without_a_token(served: Served, portal: Machine, anna: Party, bram: Party) -> None:
    assert served.ask(portal.question(bram, anna), token="x").status == 401
