"""A code that is shown by many at once gives one set of tokens."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from namens.grants.models import AuthorizationCode, Family
from tests.openid.proving import proof
from tests.openid.relying import RelyingParty
from tests.people import person

AT_ONCE = 8


@pytest.mark.django_db(transaction=True)
def test_it_redeems_a_code_once_however_many_show_it_at_once(portal: RelyingParty) -> None:
    code = portal.code(person("bram"))
    forms = [portal.form(code) for _ in range(AT_ONCE)]
    together = threading.Barrier(AT_ONCE)

    def redeem(form: dict[str, str]) -> int:
        together.wait()
        try:
            return portal.send(form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = sorted(threads.map(redeem, forms))
    assert answers == [200] + [400] * (AT_ONCE - 1)
    assert Family.objects.get().ended_by == "code-replayed"


@pytest.mark.django_db(transaction=True)
def test_it_takes_an_assertion_once_however_many_show_it_at_once(portal: RelyingParty) -> None:
    bram = person("bram")
    proof = portal.form("x")
    forms = [{**proof, "code": portal.code(bram)} for _ in range(AT_ONCE)]
    together = threading.Barrier(AT_ONCE)

    def redeem(form: dict[str, str]) -> int:
        together.wait()
        try:
            return portal.send(form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = sorted(threads.map(redeem, forms))
    assert answers == [200] + [401] * (AT_ONCE - 1)
    assert AuthorizationCode.objects.filter(used_at__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_gives_one_code_however_often_the_button_is_pressed_at_once(portal: RelyingParty) -> None:
    address = portal.ask()
    portal.log_in(person("bram"))
    together = threading.Barrier(4)

    def press(_: int) -> str:
        together.wait()
        try:
            return portal.choose(address, None)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        places = set(threads.map(press, range(4)))
    assert len(places) == 1
    assert AuthorizationCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_takes_a_dpop_proof_once_however_many_show_it_at_once(bound: RelyingParty) -> None:
    token = bound.tokens(person("bram"))["access_token"]
    headers = {"Authorization": f"DPoP {token}", "DPoP": proof(bound.proof_key, token=token)}
    together = threading.Barrier(AT_ONCE)

    def ask(_: int) -> int:
        together.wait()
        try:
            return Client().get("/openid/userinfo", headers=headers).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = sorted(threads.map(ask, range(AT_ONCE)))
    assert answers == [200] + [401] * (AT_ONCE - 1)
