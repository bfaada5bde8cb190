"""How often a login asks the database. Statements that begin and end a transaction count too."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from namens.parties.models import Party
from tests.openid.relying import RelyingParty, answer_in
from tests.people import BSNS, active, give, person, use_code


@pytest.mark.django_db(transaction=True)
def test_it_takes_at_most_24_statements_for_the_four_requests_of_a_login(portal: RelyingParty) -> None:
    anna, bram = person("anna"), person("bram")
    active(anna, bram)
    assert portal.scope  # read from the database once, before counting
    with CaptureQueriesContext(connection) as asking:
        address = portal.ask()
    portal.log_in(bram)
    with CaptureQueriesContext(connection) as choosing:
        code = answer_in(portal.choose(address, anna))["code"]
    form = portal.form(code)
    with CaptureQueriesContext(connection) as redeeming:
        tokens = portal.send(form).json()
    with CaptureQueriesContext(connection) as using:
        assert portal.userinfo(tokens["access_token"]).status_code == 200
    assert sum(map(len, (asking, choosing, redeeming, using))) <= 24


def test_it_takes_as_many_statements_for_three_clients_as_for_one(
    portal: RelyingParty, anna: Party, bram: Party, carla: Party, dirk: Party
) -> None:
    active(anna, bram)
    one = statements_of_the_question(portal, bram)
    for client in (carla, dirk):
        use_code(give(client, bram), bram, bsn=BSNS[{carla: "carla", dirk: "dirk"}[client]])
    assert statements_of_the_question(portal, bram) == one <= 9


def statements_of_the_question(portal: RelyingParty, helper: Party) -> int:
    address = portal.ask()
    portal.log_in(helper)
    with CaptureQueriesContext(connection) as showing:
        assert portal.browser.get(address).status_code == 200
    return len(showing)
