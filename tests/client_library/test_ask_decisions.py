"""The library asks the real decisions door, and hears what the rules say."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from namens_client import Namens, NotTaken, Person, Question, Reason

from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.parties.models import Party
from tests.api.machine import Machine, machine
from tests.client_library.doors import library
from tests.openid.renewing import PORTALS

SERVICE, ACCOUNT = "mijn-toeslagen", "rekeningnummer-wijzigen"


@pytest.fixture
def question(portal: Machine, anna: Party, bram: Party) -> Question:
    """May Bram still, for Anna?"""
    subject, client = Person(portal.id_of(bram)), Person(portal.id_of(anna))
    return Question(subject, service=SERVICE, on_behalf_of=client, assurance="low")


def test_it_hears_a_yes_with_its_mandate_and_its_last_day(namens: Namens, question: Question, running: Mandate) -> None:
    (decision,) = namens.may_all([question])
    single = namens.may(question.subject, service=SERVICE, on_behalf_of=question.on_behalf_of, assurance="low")
    for one in (decision, single):
        assert one.allowed
        assert one.mandate == running.id
        assert one.valid_until is not None
    assert single.request_id


def test_it_hears_no_from_the_first_question_after_a_stop(
    namens: Namens, question: Question, running: Mandate, anna: Party, today: datetime
) -> None:
    stop(mandate=running.id, by=anna, now=today)
    (decision,) = namens.may_all([question])
    assert (decision.allowed, decision.reason) == (False, Reason.STOPPED)


def test_it_hears_no_about_dirk(namens: Namens, question: Question, portal: Machine, dirk: Party) -> None:
    decision = namens.may(Person(portal.id_of(dirk)), service=SERVICE, on_behalf_of=question.on_behalf_of)
    assert (decision.allowed, decision.reason) == (False, Reason.NO_MANDATE)


@pytest.mark.usefixtures("running")
def test_it_hears_why_each_of_many_is_no(namens: Namens, question: Question, today: datetime) -> None:
    asked = [
        question,
        replace(question, action=ACCOUNT),
        replace(question, assurance=""),
        replace(question, at=today - timedelta(days=1)),
        replace(question, assurance="very"),
    ]
    heard = namens.may_all(asked)
    assert [one.allowed for one in heard] == [True, False, False, False, False]
    assert [one.reason for one in heard[1:3]] == [Reason.ACTION_LEFT_OUT, Reason.ASSURANCE_TOO_LOW]
    assert heard[3].as_of == today - timedelta(days=1)
    assert heard[4].error


def test_it_is_not_taken_from_a_portal_that_is_not_registered_for_it(question: Question, portal: Machine) -> None:
    other = machine("ander-portaal", machine_scopes=(PORTALS,))
    assert other.portal != portal.portal
    with library(other) as namens, pytest.raises(NotTaken) as raised:
        namens.may_all([question])
    assert 400 <= (raised.value.status or 0) < 500


def test_it_takes_another_token_when_namens_does_not_know_its_own(
    namens: Namens, question: Question, running: Mandate
) -> None:
    assert running is not None
    namens.may_all([question])
    tokens = namens._tokens.kept
    tokens.update({scope: replace(token, text="of other keys") for scope, token in tokens.items()})
    assert namens.may_all([question])[0].allowed
