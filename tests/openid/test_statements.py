"""How often a login asks the database. What only begins or ends a transaction is no question, and does not count."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from namens.parties.models import Party
from tests.openid.relying import RelyingParty, answer_in
from tests.people import BSNS, active, give, person, use_code
from tests.working import licence, mandate_of, member, organisation

NO_QUESTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@contextmanager
def counted(statements: list[str]) -> Iterator[None]:
    """Add the statements of what happens meanwhile."""
    with CaptureQueriesContext(connection) as captured:
        yield
    sent = [query["sql"].lstrip() for query in captured.captured_queries]
    statements += [sql for sql in sent if not sql.startswith(NO_QUESTION)]


@pytest.mark.django_db(transaction=True)
def test_it_takes_at_most_25_statements_for_the_five_requests_of_a_login(portal: RelyingParty) -> None:
    anna, bram = person("anna"), person("bram")
    active(anna, bram)
    assert portal.scope  # read from the database once, before counting
    statements: list[str] = []
    with counted(statements):
        address = portal.ask()
    portal.log_in(bram)
    with counted(statements):
        assert portal.browser.get(address).status_code == 200
        code = answer_in(portal.choose(address, anna))["code"]
    form = portal.form(code)
    with counted(statements):
        tokens = portal.send(form).json()
        assert portal.userinfo(tokens["access_token"]).status_code == 200
    assert len(statements) <= 25


@pytest.mark.django_db(transaction=True)
def test_it_takes_at_most_27_statements_for_the_six_requests_of_a_pushed_login(portal: RelyingParty) -> None:
    anna, bram = person("anna"), person("bram")
    active(anna, bram)
    assert portal.scope  # read from the database once, before counting
    statements: list[str] = []
    with counted(statements):
        portal.come(portal.pushed())
    portal.log_in(bram)
    with counted(statements):
        assert portal.browser.get(portal.asked_at).status_code == 200
        code = answer_in(portal.choose(portal.asked_at, anna))["code"]
    form = portal.form(code)
    with counted(statements):
        tokens = portal.send(form).json()
        assert portal.userinfo(tokens["access_token"]).status_code == 200
    assert len(statements) <= 27


def test_it_takes_as_many_statements_for_three_clients_as_for_one(
    portal: RelyingParty, anna: Party, bram: Party, carla: Party, dirk: Party
) -> None:
    active(anna, bram)
    one = statements_of_the_question(portal, bram)
    for client in (carla, dirk):
        use_code(give(client, bram), bram, bsn=BSNS[{carla: "carla", dirk: "dirk"}[client]])
    assert statements_of_the_question(portal, bram) == one <= 6


def statements_of_the_question(portal: RelyingParty, helper: Party) -> int:
    address = portal.ask()
    portal.log_in(helper)
    statements: list[str] = []
    with counted(statements):
        assert portal.browser.get(address).status_code == 200
    return len(statements)


@pytest.mark.django_db(transaction=True)
def test_it_takes_at_most_29_statements_for_the_five_requests_of_a_member(portal: RelyingParty) -> None:
    anna, sam = person("anna"), member(organisation())
    licence(sam)
    mandate_of(anna, sam.organisation)
    assert portal.scope  # read from the database once, before counting
    statements: list[str] = []
    with counted(statements):
        address = portal.ask()
    portal.log_in(sam.party)
    with counted(statements):
        assert portal.browser.get(address).status_code == 200
        code = answer_in(portal.choose(address, anna))["code"]
    form = portal.form(code)
    with counted(statements):
        tokens = portal.send(form).json()
        assert portal.userinfo(tokens["access_token"]).status_code == 200
    assert len(statements) <= 29
