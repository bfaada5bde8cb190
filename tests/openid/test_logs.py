"""A whole run of the door, and every kind of no: what is logged, and what the journal keeps, holds no secret."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from namens.grants.assertions import TYPE
from namens.grants.pairwise import pairwise_id
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.logs import LOGGING
from namens.parties.models import Party
from tests.openid.proving import proof
from tests.openid.relying import (
    NONCE,
    SECRET,
    STATE,
    VERIFIER,
    Answer,
    RelyingParty,
    answer_in,
    challenge,
    fapi_terms,
    parsed,
    registered,
)
from tests.openid.renewing import DECISIONS, introspect, lasting_terms, machine_terms, machine_token, refresh, revoke
from tests.openid.test_request_objects import signed
from tests.people import BSNS, NAMES, NOW, active, person

AFTER = "https://mijn-overheid.example/uitgelogd"


@dataclass
class Secrets:
    """What may stand nowhere, by what it is."""

    known: dict[str, str] = field(default_factory=dict)

    def add(self, **named: object) -> None:
        """Remember secrets; the name of one that comes again gets a number."""
        self.known |= {f"{name} {len(self.known)}": str(value) for name, value in named.items() if value}

    def in_text(self, text: str) -> list[str]:
        """Give what each secret is that stands in a text, never the secret itself."""
        assert len(self.known) > 10
        return [name for name, value in self.known.items() if value in text]


@pytest.fixture
def secrets(portal: RelyingParty, anna: Party, bram: Party, dirk: Party) -> Secrets:
    """What is secret before anything happens: numbers, names and ids of people, and what a portal makes up."""
    found = Secrets()
    found.add(state=STATE, nonce=NONCE, verifier=VERIFIER, challenge=challenge(VERIFIER), secret=SECRET)
    for bsn in BSNS.values():
        found.add(bsn=bsn.digits)
    for name in NAMES.values():
        found.add(given_name=name.given_names, family_name=name.family_name)
    for sector in (portal.portal.sector, "formulieren", "duurzaam", "streng"):
        for one in (anna, bram, dirk):
            found.add(pairwise=pairwise_id(one.id, sector=sector))
    return found


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Everything that is logged, also what is too fine to be written usually; and what is printed."""
    loud = ["", *(name for name in LOGGING["loggers"] if name.startswith("django"))]  # type: ignore[attr-defined]  # a plain dict
    for name in loud:
        caplog.set_level(logging.DEBUG, logger=name)

    def everything() -> str:
        printed = capsys.readouterr()
        records = [f"{record.getMessage()} {record.args} {record.exc_info}" for record in caplog.records]
        return "\n".join([caplog.text, printed.out, printed.err, *records])

    return everything


def logged_in(portal: RelyingParty, person: Party, whom: Party | None, secrets: Secrets) -> Mapping[str, str]:
    """Do a whole login with everything after it, and remember what was secret in it."""
    question = portal.question()
    address = portal.ask()
    portal.log_in(person)
    portal.browser.get(address)
    portal.browser.get(f"{address}/missing")
    answer = portal.choose(address, whom)
    code = answer_in(answer)["code"]
    form = portal.form(code)
    tokens: dict[str, str] = dict(portal.send(form).json())
    portal.userinfo(tokens["access_token"])
    secrets.add(
        code=code, question=urlencode(question), answer=urlsplit(answer["Location"]).query, **form_secrets(form)
    )
    secrets.add(**{name: token for name, token in tokens.items() if name.endswith("_token")})
    secrets.add(**{name: parsed(tokens[name])["jti"] for name in ("id_token", "access_token")})
    return tokens


def form_secrets(form: Mapping[str, str]) -> dict[str, str]:
    """Give what is secret in a token request."""
    return {name: form[name] for name in ("client_assertion", "client_secret", "code_verifier") if name in form}


def strictly(portal: RelyingParty, person: Party, secrets: Secrets) -> Mapping[str, str]:
    """Do a whole login by FAPI 2.0, with all that a portal asks afterwards, and remember what was secret in it."""
    address = portal.pushed()
    portal.come(address)
    portal.log_in(person)
    answer = portal.choose(portal.asked_at, None)
    form, shown = portal.form(answer_in(answer)["code"]), proof(portal.proof_key)
    tokens: dict[str, str] = dict(portal.send(form, proof=shown).json())
    portal.userinfo(tokens["access_token"])
    again: dict[str, str] = dict(refresh(portal, tokens["refresh_token"]).json())
    for token in (tokens["access_token"], again["access_token"], tokens["refresh_token"], "no-token"):
        introspect(portal, token)
    secrets.add(address=address, reference=address.rpartition(":")[2], proof=shown, code=form["code"])
    secrets.add(answer=urlsplit(answer["Location"]).query, nonce=parsed(shown)["nonce"], jti=parsed(shown)["jti"])
    secrets.add(thumbprint=parsed(tokens["access_token"])["cnf"]["jkt"], **form_secrets(form))
    secrets.add(**{name: token for name, token in tokens.items() if name.endswith("_token")})
    secrets.add(**{name: token for name, token in again.items() if name.endswith("_token")})
    revoke(portal, tokens["refresh_token"])
    return again


def logged_out(portal: RelyingParty, tokens: Mapping[str, str], secrets: Secrets) -> None:
    """Log out at the wish of the portal, and remember what was secret in it."""
    asked = {"id_token_hint": tokens["id_token"], "state": STATE}
    step = portal.browser.get("/openid/logout", asked)
    portal.browser.get(step["Location"])
    secrets.add(ticket=answer_in(step)["ticket"])


def test_it_logs_nothing_secret_of_a_login(
    portal: RelyingParty,
    stock: RelyingParty,
    anna: Party,
    bram: Party,
    secrets: Secrets,
    heard: Callable[[], str],
) -> None:
    active(anna, bram)
    lasting = registered(lasting_terms("duurzaam"))
    for one in (portal, stock, lasting):
        for whom in (anna, None):
            tokens = logged_in(one, bram, whom, secrets)
            logged_out(one, tokens, secrets)
    strict = registered(replace(fapi_terms("streng"), refresh_tokens=True))
    logged_out(strict, strictly(strict, bram, secrets), secrets)
    machine = registered(machine_terms("machine", DECISIONS))
    secrets.add(machine=machine_token(machine).json()["access_token"])
    tokens = logged_in(lasting, bram, None, secrets)
    again = refresh(lasting, tokens["refresh_token"]).json()
    secrets.add(again=again["refresh_token"], access=again["access_token"])
    logged = heard()
    assert "answered" in logged
    assert secrets.in_text(logged) == []


def refusals(portal: RelyingParty, stock: RelyingParty, dirk: Party, secrets: Secrets) -> Iterator[Answer]:
    """Give one answer of each kind of no."""
    yield Client().get("/openid/authorize", portal.question(redirect_uri="https://attacker.example/"))
    yield Client().get("/openid/authorize", portal.question(scope="x", login_hint=BSNS["anna"].digits))
    yield Client().get("/openid/authorize/" + STATE, portal.question())
    yield Client().put("/openid/authorize?" + urlencode(portal.question()))
    forged = portal.ask()
    secrets.add(request=forged.rpartition("/")[2])
    yield Client(enforce_csrf_checks=True).post(f"{forged}?{urlencode({'state': STATE})}", {"person": "self"})
    address = portal.ask(acr_values=AssuranceLevel.HIGH.uri)
    portal.log_in(dirk)
    yield portal.browser.get(address)
    code = portal.code(dirk)
    secrets.add(code=code)
    yield portal.exchange(code, code_verifier=VERIFIER + "x")
    yield portal.exchange(code, redirect_uri="https://attacker.example/")
    yield stock.exchange(code)
    tokens = portal.exchange(code).json()
    secrets.add(**{name: token for name, token in tokens.items() if name.endswith("_token")})
    yield portal.exchange(code)
    yield portal.userinfo(tokens["access_token"])
    yield portal.userinfo(tokens["id_token"])
    yield Client().get("/openid/userinfo", {"access_token": tokens["access_token"]})
    proof = portal.assertion()
    secrets.add(assertion=proof)
    form = portal.form("x", client_assertion=proof, client_assertion_type=TYPE)
    yield portal.send({**form, "client_assertion": proof[:-4]})
    portal.send(form)
    yield portal.send(form)
    yield Client().post("/openid/token?" + urlencode(form), {})
    yield stock.exchange("x", client_secret=SECRET + "x")
    yield from strict_refusals(portal, dirk, secrets)
    yield Client().post("/openid/token", {**form, "code": [code, code]})
    yield Client().post("/openid/token", json.dumps(form), content_type="application/json")
    yield Client().post("/openid/token", {"code": code + "x" * 300_000})
    yield Client().get("/openid/logout", {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": "x"})
    yield Client().get("/openid/logout/done", {"ticket": tokens["id_token"]})
    with clock.frozen(NOW + timedelta(minutes=20)):
        yield portal.userinfo(tokens["access_token"])
        yield portal.browser.get(address)


def strict_refusals(portal: RelyingParty, dirk: Party, secrets: Secrets) -> Iterator[Answer]:
    """Give answers of the endpoints that a strict portal uses."""
    shown, question = proof(portal.proof_key), signed(portal, {"aud": "https://attacker.example"})
    secrets.add(proof=shown, question=question)
    yield portal.push(request=question)
    yield portal.push(id_token_hint=question, login_hint=BSNS["anna"].digits, scope="x")
    yield portal.authorize(request=question)
    yield portal.come("urn:ietf:params:oauth:request_uri:" + STATE)
    yield portal.send(portal.form("x"), proof=shown[:-4])
    portal.send(portal.form("x"), proof=shown)
    yield portal.send(portal.form("x"), proof=shown)
    bound = portal.send(portal.form(portal.code(dirk)), proof=proof(portal.proof_key)).json()
    secrets.add(bound=bound["access_token"])
    yield portal.userinfo(bound["access_token"])
    yield refresh(portal, STATE)
    yield machine_token(portal)
    yield Client().post("/openid/introspect", {"token": bound["access_token"], "client_secret": SECRET})
    yield Client().post("/openid/revoke", {"token": bound["access_token"]}, headers={"ClientCert": f":{STATE}:"})


def test_it_logs_nothing_secret_with_a_no(
    portal: RelyingParty, stock: RelyingParty, dirk: Party, secrets: Secrets, heard: Callable[[], str]
) -> None:
    answers = list(refusals(portal, stock, dirk, secrets))
    assert len(answers) >= 15
    assert not [answer.status_code for answer in answers if answer.status_code in {200, 500}]
    logged = heard()
    assert "client refused" in logged
    assert secrets.in_text(logged) == []


def test_it_keeps_nothing_secret_in_the_journal(
    portal: RelyingParty, stock: RelyingParty, anna: Party, bram: Party, dirk: Party, secrets: Secrets
) -> None:
    active(anna, bram)
    for one in (portal, stock):
        logged_out(one, logged_in(one, bram, anna, secrets), secrets)
    assert list(refusals(portal, stock, dirk, secrets))
    kept = json.dumps(list(JournalEntry.objects.values()), default=str)
    assert "use-refused" in kept or "mandate-used" in kept
    assert secrets.in_text(kept) == []


def test_it_would_notice(secrets: Secrets) -> None:
    secrets.add(code="the-code")
    assert [name.partition(" ")[0] for name in secrets.in_text(f"code refused the-code {person('carla')}")] == ["code"]
