"""The named cases of tests/decisions.yaml, as a helper meets them who logs in at a portal of each profile.

A `compat` portal names no service: it is registered for the one of the case, and what asks for another is left out.
"""

from collections.abc import Iterator
from functools import partial
from uuid import uuid4

import pytest

from namens.grants.models import SigningKey
from namens.grants.pairwise import pairwise_id
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates.decision import Permit
from namens.parties.models import Party
from namens.services.models import Portal, Service
from namens.services.profiles import RULES, Profile
from tests.decision_cases import Case, through
from tests.decision_rows import OFFERED_AT, Stage, put_in_database
from tests.openid.relying import Claims, RelyingParty, answer_in, compat_terms, fapi_terms, read, registered, terms_of

MANDATE, SERVICES, LAST_DAY, LEFT_OUT = (
    f"urn:namens:1.0:{name}" for name in ("mandate", "services", "last-day", "left-out")
)
CASES = through("openid")
ONCE = [pytest.mark.one_database]
OF_FEW = [pytest.mark.one_database, pytest.mark.slow]
MARKS: dict[Profile, list[pytest.MarkDecorator]] = {Profile.NLGOV: [], Profile.FAPI: ONCE, Profile.COMPAT: OF_FEW}
TERMS = {Profile.NLGOV: terms_of, Profile.FAPI: fapi_terms, Profile.COMPAT: compat_terms}


def that(expected: str) -> list[Case]:
    """Give the cases that end so here: `error`, `page`, `self`, `left_out`, `login`, else `permit` or `refusal`."""
    return [case for case in CASES if ending(case) == expected]


def ending(case: Case) -> str:
    """Give the word for how a case ends at this door."""
    return next(iter(case.at_the_door), "permit" if isinstance(case.expect, Permit) else "refusal")


def is_asked_by(profile: Profile, case: Case) -> bool:
    """Say whether a portal of this profile can ask what the case asks."""
    return RULES[profile].services_by_scope or case.asked.get("service", "mijn-toeslagen") in case.offers


def named(expected: str) -> pytest.MarkDecorator:
    """Give each case that ends so, for each profile; the others than `nlgov` say the same on any database."""
    found = [
        pytest.param(case, profile, id=f"{profile}-{case.name}", marks=MARKS[profile])
        for profile in Profile
        for case in that(expected)
        if is_asked_by(profile, case)
    ]
    return pytest.mark.parametrize(("case", "profile"), found)


@pytest.fixture
def staged(case: Case, profile: Profile, signing_keys: None) -> Iterator[tuple[Stage, RelyingParty]]:  # noqa: ARG001 - asked for its effect
    """Put the case in the database and let the clock stand still at its instant, with keys that sign by then."""
    SigningKey.objects.update(published_from=OFFERED_AT, active_from=OFFERED_AT)
    with clock.frozen(case.at):
        stage = put_in_database(case, register=partial(register, case, profile))
        yield stage, RelyingParty(portal=stage.portal)


def register(case: Case, profile: Profile, client_id: str, *keys: str) -> Portal:
    offered = keys if RULES[profile].services_by_scope else (case.asked.get("service", "mijn-toeslagen"),)
    return registered(TERMS[profile](client_id, *offered)).portal


def wanted(case: Case) -> dict[str, str | None]:
    """Give what the portal asks: the service of the case, and a level when the case names one that does not exist."""
    service = Service.objects.filter(key=case.asked.get("service", "mijn-toeslagen")).first()
    level = case.asked.get("assurance", "low")
    acr = None if level in list(AssuranceLevel) else f"http://eidas.europa.eu/LoA/{level}"
    return {"scope": f"openid urn:uuid:{service.id if service else uuid4()}", "acr_values": acr}


def error_of(case: Case, portal: RelyingParty) -> str:
    """Ask, and give the error that the portal hears: where it pushes, or else by way of the browser."""
    if portal.portal.rules.must_push:
        return str(portal.push(**wanted(case)).json()["error"])
    return answer_in(portal.authorize(**wanted(case)))["error"]


def logged_in(case: Case, stage: Stage, portal: RelyingParty) -> str:
    """Ask, let the helper log in at the level of the case, and give the address of the choice."""
    address = portal.ask(**wanted(case))
    level = case.question.assurance
    assert level is not None
    portal.log_in(stage.people[case.who], level=level)
    return address


def is_offered(portal: RelyingParty, address: str, client: Party) -> bool:
    page = portal.browser.get(address)
    assert page.status_code == 200
    return f'value="{client.id}"' in page.content.decode()


def claims_after(portal: RelyingParty, address: str, client: Party | None) -> tuple[Claims, Claims]:
    """Choose, and give the claims of the ID token and of UserInfo."""
    tokens = portal.exchange(answer_in(portal.choose(address, client))["code"]).json()
    return read(tokens["id_token"]), portal.userinfo(tokens["access_token"]).json()


def client_in(case: Case, claims: Claims) -> object:
    """Give the client, whom the deepest `represents` is about: one deeper when somebody works for an organisation."""
    first = claims["represents"]
    return first["represents"]["sub"] if case.names_a_member else first["sub"]


@named("permit")
def test_it_lets_a_helper_in_who_may(case: Case, staged: tuple[Stage, RelyingParty]) -> None:
    stage, portal = staged
    address = logged_in(case, stage, portal)
    client = stage.people[case.client]
    assert is_offered(portal, address, client)
    assert isinstance(case.expect, Permit)
    for claims in claims_after(portal, address, client):
        assert client_in(case, claims) == pairwise_id(client.id, sector=stage.portal.sector)
        assert claims["sub"] == pairwise_id(stage.people[case.who].id, sector=stage.portal.sector)
        assert (claims[MANDATE], claims[SERVICES]) == (str(case.expect.mandate), [case.expect.service])
        assert (claims[LAST_DAY], claims[LEFT_OUT]) == (str(case.expect.last_day), sorted(case.expect.left_out))


@named("left_out")
def test_it_tells_the_portal_what_is_left_out(case: Case, staged: tuple[Stage, RelyingParty]) -> None:
    stage, portal = staged
    address = logged_in(case, stage, portal)
    for claims in claims_after(portal, address, stage.people[case.client]):
        assert case.asked["action"] in claims[LEFT_OUT]


@named("refusal")
def test_it_lets_nobody_in_who_may_not(case: Case, staged: tuple[Stage, RelyingParty]) -> None:
    stage, portal = staged
    address = logged_in(case, stage, portal)
    client = stage.people[case.client]
    assert not is_offered(portal, address, client)
    refused = portal.choose(address, client)
    assert (refused.status_code, "Location" in refused) == (400, False)


@named("login")
def test_it_lets_nobody_in_who_is_nobody_there_any_more(case: Case, staged: tuple[Stage, RelyingParty]) -> None:
    stage, portal = staged
    address = logged_in(case, stage, portal)
    assert portal.browser.get(address)["Location"].startswith("/signin/")
    assert portal.choose(address, stage.people[case.client]).status_code == 403


@named("self")
def test_it_lets_somebody_in_for_themselves_without_a_mandate(case: Case, staged: tuple[Stage, RelyingParty]) -> None:
    stage, portal = staged
    address = logged_in(case, stage, portal)
    assert not is_offered(portal, address, stage.people[case.client])
    assert portal.choose(address, stage.people[case.client]).status_code == 400
    for claims in claims_after(portal, address, None):
        assert not {"represents", MANDATE} & claims.keys()


@named("error")
def test_it_gives_the_portal_the_error_of_the_norm(case: Case, staged: tuple[Stage, RelyingParty]) -> None:
    _, portal = staged
    assert error_of(case, portal) == case.at_the_door["error"]


@named("page")
def test_it_sends_nobody_back_to_a_portal_that_is_not_let_in(case: Case, staged: tuple[Stage, RelyingParty]) -> None:
    _, portal = staged
    answer = portal.authorize(**wanted(case))
    assert (answer.status_code, "Location" in answer) == (case.at_the_door["page"], False)


def test_it_runs_every_case_once() -> None:
    endings = {ending(case) for case in CASES}
    assert endings == {"permit", "left_out", "refusal", "login", "self", "error", "page"}


def test_it_leaves_out_for_compat_only_what_asks_for_another_service() -> None:
    left_out = [case for case in CASES if not is_asked_by(Profile.COMPAT, case)]
    assert left_out
    assert {ending(case) for case in left_out} == {"error"}
    assert all(is_asked_by(profile, case) for profile in (Profile.NLGOV, Profile.FAPI) for case in CASES)
