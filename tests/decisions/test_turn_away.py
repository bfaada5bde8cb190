"""Attackers at the decisions door: with the tokens, the ids, the pages and the services of others."""

import ipaddress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates.actions import stop
from namens.mandates.models import Mandate
from namens.parties.models import Party
from namens.services.actions import withdraw_portal
from namens.services.models import Portal
from namens.services.profiles import Authentication, Binding
from tests.decisions.machine import EVALUATION, EVALUATIONS, Heard, Machine, machine
from tests.decisions.searching import (
    ACTION,
    RESOURCE,
    SUBJECT,
    clients_of,
    each_search,
    entitled,
    for_whom,
    next_in,
    person,
    searcher,
)
from tests.openid.certifying import made
from tests.openid.relying import RelyingParty, fapi_terms, forged, key, parsed, registered
from tests.openid.renewing import DECISIONS, PORTALS, machine_token
from tests.people import BSNS, NOW, active, terms

PATHS = [EVALUATION, EVALUATIONS, SUBJECT, RESOURCE, ACTION]
NOTHING = {"decision": False, "context": {"reason": "no_mandate"}}
ready = pytest.mark.usefixtures("catalogue", "signing_keys")


def test_it_gives_dirk_nothing(asking: Machine, running: Mandate, anna: Party, bram: Party, dirk: Party) -> None:
    assert running.id is not None
    for helper, client in ((dirk, anna), (dirk, bram), (dirk, dirk), (anna, dirk), (bram, dirk), (anna, bram)):
        assert asking.ask(asking.question(helper, client)).json == NOTHING


@ready
def test_it_says_nothing_about_services_of_other_portals(anna: Party, bram: Party) -> None:
    mandate = active(anna, bram, what=terms("inkomstenbelasting"))
    asking = machine()
    question = asking.question(bram, anna, action={"name": "inkomstenbelasting"})
    unknown = asking.question(bram, anna, action={"name": "does-not-exist"})
    assert asking.ask(question).json == asking.ask(unknown).json == NOTHING
    # Not even that there is a mandate for something else: `wrong_service` would say so.
    assert asking.ask(asking.question(bram, anna)).json == NOTHING
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert asking.ask(question).json == NOTHING


@ready
def test_it_knows_nobody_by_the_ids_of_another_sector(anna: Party, bram: Party) -> None:
    active(anna, bram)
    asking, other = machine("een"), machine("twee")
    assert asking.ask(asking.question(bram, anna)).decision is True
    assert asking.ask(other.question(bram, anna)).json == NOTHING
    half = asking.question(bram, anna, resource=other.question(bram, anna)["resource"])
    assert asking.ask(half).json == NOTHING
    assert asking.ask(asking.question(bram, anna, subject={"type": "person", "id": str(bram.id)})).json == NOTHING


@ready
def test_it_takes_no_page_of_another_portal(bram: Party) -> None:
    clients_of(bram, 3)
    mine, theirs = searcher("mijn-zoeker", sector="samen"), searcher("hun-zoeker", sector="samen")
    question = for_whom(person(mine, bram))
    token = next_in(mine.ask({**question, "page": {"limit": 1}}, path=RESOURCE))
    assert mine.ask({**question, "page": {"token": token}}, path=RESOURCE).status == 200
    heard = theirs.ask({**question, "page": {"token": token}}, path=RESOURCE)
    assert (heard.status, "results" in heard.json) == (400, False)


@ready
@pytest.mark.parametrize("path", PATHS)
def test_it_takes_no_token_that_is_not_for_this_door(path: str, anna: Party, bram: Party) -> None:
    both = machine("beide", machine_scopes=(DECISIONS, PORTALS))
    active(anna, bram)
    of_other_door = machine_token(both.portal, PORTALS).json()["access_token"]
    of_person = both.portal.tokens(bram, whom=anna)
    good = machine_token(both.portal).json()["access_token"]
    header = {"alg": "none", "typ": "at+jwt", "kid": "x"}
    for token in (
        of_other_door,
        of_person["access_token"],
        of_person["id_token"],
        forged(header, parsed(good)),
        good[:-4] + ("AAAA" if not good.endswith("AAAA") else "BBBB"),
        good.rpartition(".")[0] + ".",
        "x",
        "a.b.c",
        "é",
        "x" * 10_000,
    ):
        turned_away(shown(both, token, path))


@ready
@pytest.mark.parametrize("path", PATHS)
def test_it_takes_nobody_without_a_token(asking: Machine, path: str) -> None:
    for header in ("", "Bearer", "Bearer ", "Basic bWFjaGluZTp4", "DPoP x", "x"):
        heard = asking.send(path, b"{}", authorization=header)
        assert (heard.status, heard.headers["www-authenticate"]) == (401, 'Bearer realm="namens"')
    assert asking.send(path, b"{}").status == 401
    assert asking.send(f"{path}?access_token=x", b"{}").status in {400, 401}


def test_it_takes_no_token_that_is_over(asking: Machine, running: Mandate, anna: Party, bram: Party) -> None:
    assert running.id is not None
    asking.log_in()
    with clock.frozen(NOW + timedelta(minutes=4, seconds=59)):
        assert shown(asking, asking.token, EVALUATION).status == 400
    with clock.frozen(NOW + timedelta(minutes=5)):
        turned_away(shown(asking, asking.token, EVALUATION))
        fresh = replace(asking)
        turned_away(shown(fresh, asking.token, EVALUATION))
    assert asking.ask(asking.question(bram, anna)).decision is True


@ready
def test_it_takes_no_bound_token_from_who_shows_another_certificate(
    settings: Settings, tmp_path: Path, anna: Party, bram: Party
) -> None:
    mine, other = made(), made()
    settings.CLIENT_CERTIFICATE_PROXIES = [ipaddress.ip_network("127.0.0.0/8")]
    settings.CLIENT_CERTIFICATE_ROOTS = tmp_path / "none.pem"
    keys = {"keys": [{**key().as_dict(private=False), "x5c": [mine.header.strip(":")]}]}
    strict = replace(fapi_terms("streng"), authentication=Authentication.OWN_CERTIFICATE, jwks=keys)
    strict = replace(strict, token_binding=Binding.CERTIFICATE, machine_scopes=(DECISIONS,))
    asking = Machine(registered(strict))
    active(anna, bram)
    token = certified_token(asking.portal, mine.header)
    for _ in range(2):  # The second time the token is known.
        for header in ({}, {"clientcert": other.header}, {"clientcert": "x"}, {"clientcert": ""}):
            turned_away(shown(asking, token, EVALUATION, **header))
        asking.token = token
        assert asking.ask(asking.question(bram, anna), clientcert=mine.header).decision is True
    settings.CLIENT_CERTIFICATE_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    turned_away(shown(asking, token, EVALUATION, clientcert=mine.header))


@ready
def test_it_lets_in_no_portal_that_is_withdrawn_or_not_registered_for_this(anna: Party, bram: Party) -> None:
    active(anna, bram)
    asking = machine()
    question = asking.question(bram, anna)
    assert asking.ask(question).decision is True
    Portal.objects.update(machine_scopes=[PORTALS])
    assert asking.ask(question).status == 403
    withdraw_portal(portal=asking.portal.portal.id, by="olga", channel=Channel.COMMAND, now=NOW)
    turned_away(asking.ask(question))


def test_it_says_the_same_of_every_bsn_to_who_is_not_entitled(
    asking: Machine, running: Mandate, anna: Party, bram: Party
) -> None:
    assert running.id is not None
    heard = []
    for digits in (BSNS["anna"].digits, BSNS["dirk"].digits, "999990184", "123456789", "x"):
        by_bsn = {"type": "person", "id": digits, "properties": {"id_type": "bsn"}}
        heard += [asking.ask(asking.question(bram, anna, **{name: by_bsn})) for name in ("subject", "resource")]
    assert {(one.status, one.body) for one in heard} == {(403, heard[0].body)}


@ready
def test_it_says_no_more_of_a_bsn_that_exists_than_of_one_that_does_not(anna: Party, bram: Party, dirk: Party) -> None:
    active(anna, bram)
    asking = entitled()
    heard = []
    for digits in (BSNS["dirk"].digits, "999990184", "123456789"):
        by_bsn = {"type": "person", "id": digits, "properties": {"id_type": "bsn"}}
        heard.append(asking.ask(asking.question(dirk, anna, subject=by_bsn)))
    assert {one.body for one in heard} == {heard[0].body}
    assert heard[0].json == NOTHING


@ready
def test_it_keeps_its_reasons_where_they_are_off(anna: Party, bram: Party, dirk: Party) -> None:
    mandate = active(anna, bram)
    silent = machine("stil", gives_reasons=False)
    assert silent.ask(silent.question(bram, anna)).decision is True
    stop(mandate=mandate.id, by=anna, now=NOW)
    bodies = {
        silent.ask(silent.question(bram, anna)).body,
        silent.ask(silent.question(dirk, anna)).body,
        silent.ask(silent.question(bram, anna, context={})).body,
    }
    assert bodies == {b'{"decision":false}'}
    many = silent.ask({"evaluations": [silent.question(bram, anna)]}, path=EVALUATIONS)
    assert many.json == {"evaluations": [{"decision": False}]}


def test_it_tells_nobody_anything_before_it_knows_who_asks(asking: Machine, anna: Party, bram: Party) -> None:
    asking.token = "x"
    for question, path in each_search(asking, anna, bram):
        assert b"search" not in asking.ask(question, path=path).body
    for body in (b"{", b"[" * 1000, b"{}" * 1_000_000):
        turned_away(asking.send(EVALUATION, body, authorization="Bearer x"))


def certified_token(portal: RelyingParty, header: str) -> str:
    """Get a token through a proxy that vouches for this certificate."""
    asked = {"grant_type": "client_credentials", "scope": DECISIONS, "client_id": portal.portal.client_id}
    response = Client(REMOTE_ADDR="127.0.0.1").post("/openid/token", asked, headers={"ClientCert": header})
    assert response.status_code == 200, response.content
    return str(response.json()["access_token"])


def shown(asking: Machine, token: str, path: str, **headers: str) -> Heard:
    """Show this token with an empty question."""
    return asking.send(path, b"{}", authorization=f"Bearer {token}", **headers)


def turned_away(heard: Heard) -> None:
    """See that nobody was let in, and nothing was told."""
    assert (heard.status, heard.headers["content-type"]) == (401, "application/problem+json"), heard.body
    assert heard.headers["www-authenticate"] == 'Bearer realm="namens", error="invalid_token"'
    assert heard.json["detail"] == "the access token is not valid (any more)"
