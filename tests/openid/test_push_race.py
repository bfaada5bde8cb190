"""What counts once is taken once, also when it is shown by many at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from namens.grants.models import AuthorizationCode, AuthorizationRequest
from tests.openid.relying import Answer, RelyingParty, answer_in
from tests.openid.test_request_objects import JTI, signed
from tests.people import person

AT_ONCE = 6
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(ask: Callable[[], Answer]) -> list[Answer]:
    """Ask the same at one moment, each with a connection of its own."""
    together = threading.Barrier(AT_ONCE)

    def one(_: int) -> Answer:
        together.wait()
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, range(AT_ONCE)))


def statuses(answers: list[Answer]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_it_keeps_one_question_for_one_assertion(portal: RelyingParty) -> None:
    assertion, asked = portal.assertion(), portal.scope
    answers = at_once(lambda: portal.push(client_assertion=assertion, scope=asked))
    assert statuses(answers) == [201] + [401] * (AT_ONCE - 1)
    assert AuthorizationRequest.objects.count() == 1


def test_it_keeps_one_question_for_one_signed_object(portal: RelyingParty) -> None:
    text = signed(portal, {"jti": JTI})
    answers = at_once(lambda: portal.push(request=text))
    assert statuses(answers) == [201] + [400] * (AT_ONCE - 1)
    assert AuthorizationRequest.objects.count() == 1


def test_it_answers_a_pushed_question_with_one_code_to_many_tabs(portal: RelyingParty) -> None:
    asked = portal.pushed()
    portal.come(asked)
    portal.log_in(person("bram"))
    codes = {answer_in(answer)["code"] for answer in at_once(lambda: portal.choose(portal.asked_at, None))}
    assert len(codes) == 1
    assert AuthorizationCode.objects.count() == 1
    assert portal.come(asked).status_code == 400
