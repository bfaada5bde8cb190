"""How many statements a page costs before it does anything of its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from namens.lib import clock
from namens.parties.models import Party
from tests.counting import statements
from tests.pages.visiting import Register, arrive
from tests.people import NOW, told
from tests.signin.lying import LyingBroker
from tests.signin.walking import Person, asked, callback_url, start_url

Counting = DjangoAssertNumQueries


@pytest.fixture
def browser(anna: Party, liar: object) -> Client:  # noqa: ARG001 - asked for its effect
    with clock.frozen(NOW):
        return arrive(anna)


@pytest.fixture
def visit(browser: Client) -> Callable[[timedelta], None]:
    def get(later: timedelta) -> None:
        with clock.frozen(NOW + later):
            assert browser.get(reverse("pages:lessons")).status_code == 200

    return get


def test_it_reads_session_and_person(visit: Callable[[timedelta], None], django_assert_num_queries: Counting) -> None:
    with django_assert_num_queries(2):
        visit(timedelta(seconds=9))


def test_it_notes_every_ten_seconds_that_somebody_is_there(
    visit: Callable[[timedelta], None], django_assert_num_queries: Counting
) -> None:
    # Session and person, and one UPDATE in a savepoint (outside tests: in a transaction) of its own.
    with django_assert_num_queries(5):
        visit(timedelta(seconds=10))


def test_it_reads_nothing_for_who_is_not_logged_in(db: None, django_assert_num_queries: Counting) -> None:  # noqa: ARG001 - asked for its effect
    with django_assert_num_queries(0):
        assert Client().get(reverse("pages:lessons")).status_code == 200


@pytest.mark.usefixtures("liar")
def test_it_begins_a_login_in_four_statements_and_the_fourth_one_too(visitor: Person) -> None:
    assert max(statements(lambda: visitor.get(start_url())) for _ in range(4)) <= 4


def test_it_lets_somebody_in_whose_name_it_knows_in_13_statements(
    visitor: Person, liar: LyingBroker, anna: Party
) -> None:
    told(anna, now=clock.now())
    assert statements(returning(visitor, liar)) <= 13


@pytest.mark.usefixtures("anna")
def test_it_lets_somebody_in_about_whom_the_register_is_asked_in_21_statements(
    visitor: Person, liar: LyingBroker, register: Register
) -> None:
    assert statements(returning(visitor, liar)) <= 21
    assert register.asked == 1


@pytest.mark.usefixtures("liar")
def test_it_takes_back_somebody_who_broke_off_in_seven_statements(visitor: Person) -> None:
    answer = {"state": asked(visitor.leave_for_broker())["state"], "error": "access_denied"}
    assert statements(lambda: visitor.get(callback_url(), answer)) <= 7


@pytest.mark.usefixtures("liar")
def test_it_asks_nothing_to_say_that_a_new_login_is_needed(visitor: Person) -> None:
    assert statements(lambda: visitor.get(reverse("signin:again", args=["digid"]))) == 0


def returning(visitor: Person, liar: LyingBroker) -> Callable[[], HttpResponse]:
    """Log in at the broker, and give the way back to us."""
    question = asked(visitor.leave_for_broker())
    liar.nonce = question["nonce"]
    return lambda: visitor.get(callback_url(), {"state": question["state"], "code": "the code"})
