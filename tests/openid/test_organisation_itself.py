"""An organisation comes for itself: where the portal takes those, and through a manager; everybody else is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from namens.grants.models import Family
from namens.grants.pairwise import pairwise_id
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import Representation
from tests.openid.conftest import BASIS, BROKERS
from tests.openid.relying import RelyingParty, answer_in, compat_terms, read, registered, terms_of
from tests.openid.renewing import introspect
from tests.openid.sealed import BOTH_PLACES, opened, sealing
from tests.openid.test_statements import counted
from tests.openid.test_which import AT_WORK
from tests.people import BSNS
from tests.working import licence, mandate_of, member, organisation

pytestmark = pytest.mark.usefixtures("catalogue", "signing_keys")
KVK = "urn:nl-eid-gdi:1.0:id:KvKnr"


def page_of(portal: RelyingParty, who: Member | Party) -> str:
    """Give the page For whom do you log in, as this visitor sees it."""
    portal.ask()
    portal.log_in(who.party if isinstance(who, Member) else who)
    response = portal.browser.get(portal.asked_at)
    assert response.status_code == 200
    return response.content.decode()


def is_let_in(portal: RelyingParty, who: Member) -> bool:
    """Let this member choose the organisation itself, whatever the page offers."""
    address = portal.ask()
    portal.log_in(who.party)
    answer = portal.choose(address, None)
    assert answer.status_code in {303, 400}
    return answer.status_code == 303


def test_it_lets_a_manager_in_for_the_organisation_itself(kvk: RelyingParty, mia: Member) -> None:
    page = page_of(kvk, mia)
    assert "Voor Samen Sterk zelf" in page
    assert "KvK-nummer 90000011" in page
    assert "checked" not in page
    claims = read(kvk.tokens(mia.party)["id_token"])
    sector = kvk.portal.sector
    assert (claims["sub"], claims["name"]) == (pairwise_id(mia.party_id, sector=sector), "Mia d.")
    assert claims["represents"] == {
        "iss": claims["iss"],
        "sub": "90000011",
        "sub_id_type": KVK,
        "name": "Samen Sterk",
        "alt_sub": [
            {"sub": pairwise_id(mia.organisation_id, sector=sector), "sub_id_type": "urn:nl-eid-gdi:1.0:id:Pseudonym"}
        ],
    }
    assert not [name for name in claims if name.startswith("urn:namens")]


def test_it_says_the_same_at_userinfo(kvk: RelyingParty, mia: Member) -> None:
    tokens = kvk.tokens(mia.party)
    claims = read(tokens["id_token"])
    told = kvk.userinfo(tokens["access_token"]).json()
    assert (told["sub"], told["represents"]) == (claims["sub"], claims["represents"])


def test_it_tells_the_organisation_at_introspection(kvk: RelyingParty, mia: Member) -> None:
    answer = introspect(kvk, kvk.tokens(mia.party)["access_token"]).json()
    issuer = answer["iss"]
    assert answer["active"] is True
    assert answer["represents"] == {"iss": issuer, "sub": "90000011", "sub_id_type": KVK}


def test_it_names_the_establishment_of_the_means(kvk: RelyingParty, mia: Member) -> None:
    Member.objects.filter(party=mia.party).update(establishment="000012345678")
    through = read(kvk.tokens(mia.party)["id_token"])["represents"]
    assert through["alt_sub"][1]["sub"] == "000012345678"


def test_it_gives_a_stock_portal_what_eherkenning_says_of_an_organisation(mia: Member) -> None:
    terms = replace(compat_terms("formulieren"), organisations_themselves=True, bsn_legal_basis=BASIS)
    stock = registered(terms)
    Member.objects.filter(party=mia.party).update(establishment="000012345678")
    claims = read(stock.tokens(mia.party)["id_token"])
    flat = {name: value for name, value in claims.items() if name.startswith("urn:etoegang") or name == "namequalifier"}
    assert flat == {
        "namequalifier": "urn:etoegang:1.9:EntityConcernedID:KvKnr",
        "urn:etoegang:core:LegalSubjectID": "90000011",
        "urn:etoegang:core:ActingSubjectID": pairwise_id(mia.party_id, sector=stock.portal.sector),
        "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr": "000012345678",
    }
    assert not {"bsn", "sel_uid"} & claims.keys()


def test_it_gives_no_bsn_of_anybody(mia: Member) -> None:
    portal = sealing("gerechtigd", organisations_themselves=True)
    code = portal.code(mia.party, claims=json.dumps(BOTH_PLACES))
    claims = opened(portal.exchange(code).json()["id_token"])
    assert claims["represents"]["sub"] == "90000011"
    assert not [bsn for bsn in BSNS.values() if bsn.digits in str(claims)]


def test_it_notes_that_the_manager_came_for_the_organisation(kvk: RelyingParty, mia: Member) -> None:
    kvk.code(mia.party)
    entry = JournalEntry.objects.get(event=Event.PORTAL_SIGNED_IN)
    assert (entry.actor, entry.subject, entry.mandate) == (mia.party_id, mia.organisation_id, None)
    family = Family.objects.get()
    assert (family.organisation_id, family.representee_id) == (mia.organisation_id, None)
    assert not JournalEntry.objects.filter(event=Event.MANDATE_USED).exists()


def test_it_asks_the_manager_as_much_for_a_client_as_anybody(
    kvk: RelyingParty, mia: Member, anna: Party, fatima: Member
) -> None:
    mandate_of(anna, mia.organisation)
    assert "Anna" not in page_of(kvk, mia)
    assert kvk.choose(kvk.asked_at, anna).status_code == 400
    assert "Anna" in page_of(kvk, fatima)


def test_it_refuses_fatima_a_volunteer_and_sam_of_the_staff(kvk: RelyingParty, mia: Member, fatima: Member) -> None:
    sam = member(mia.organisation)
    licence(sam)
    for colleague in (fatima, sam):
        page = page_of(kvk, colleague)
        assert 'value="self"' not in page
        assert "Alleen beheerders van Samen Sterk loggen hier in voor Samen Sterk zelf." in page
        assert not is_let_in(kvk, colleague)
    assert not Family.objects.exists()
    refused = JournalEntry.objects.filter(event=Event.USE_REFUSED)
    assert {(entry.actor, entry.subject) for entry in refused} == {(fatima.party_id, None), (sam.party_id, None)}


def test_it_lets_a_manager_elsewhere_in_for_that_organisation_only(kvk: RelyingParty, mia: Member) -> None:
    carla = member(organisation("De Brug"), "Carla", is_manager=True)
    page = page_of(kvk, carla)
    assert "Voor De Brug zelf" in page
    assert mia.organisation.name not in page
    assert kvk.choose(kvk.asked_at, mia.organisation.party).status_code == 400
    assert read(kvk.tokens(carla.party)["id_token"])["represents"]["sub"] == "90000022"


def test_it_refuses_dirk_an_organisation(kvk: RelyingParty, mia: Member, dirk: Party) -> None:
    assert "Samen Sterk" not in page_of(kvk, dirk)
    assert kvk.choose(kvk.asked_at, mia.organisation.party).status_code == 400
    claims = read(kvk.tokens(dirk)["id_token"])
    assert "represents" not in claims


def test_it_refuses_a_manager_at_a_portal_that_takes_no_organisations(portal: RelyingParty, mia: Member) -> None:
    page = page_of(portal, mia)
    assert 'value="self"' not in page
    assert "Alleen beheerders" not in page
    assert not is_let_in(portal, mia)


def test_it_refuses_a_manager_where_people_come_for_others_only(mia: Member) -> None:
    terms = replace(terms_of("alleen-anderen"), organisations_themselves=True, representation=Representation.OTHERS)
    others = registered(terms)
    assert 'value="self"' not in page_of(others, mia)
    assert not is_let_in(others, mia)


def test_it_refuses_a_login_that_is_too_weak(kvk: RelyingParty, mia: Member) -> None:
    address = kvk.ask()
    kvk.log_in(mia.party, level=AssuranceLevel.BASIC)
    assert 'value="self"' not in kvk.browser.get(address).content.decode()
    assert kvk.choose(address, None).status_code == 400


def test_it_gives_the_code_of_one_manager_to_no_other(kvk: RelyingParty, mia: Member) -> None:
    other = member(mia.organisation, "Noor", is_manager=True)
    address = kvk.ask()
    kvk.log_in(mia.party)
    first, second = (answer_in(kvk.choose(address, None))["code"] for _ in range(2))
    assert first == second
    kvk.log_in(other.party)
    assert kvk.choose(address, None).status_code == 400


def test_it_offers_the_organisation_once_and_not_among_what_was_sought(kvk: RelyingParty, mia: Member) -> None:
    assert page_of(kvk, mia).count('value="self"') == 1
    kvk.browser.post(kvk.asked_at, {"words": "Samen"})
    assert 'value="self"' not in kvk.browser.get(kvk.asked_at).content.decode()
    kvk.browser.post(kvk.asked_at, {"words": ""})
    assert 'value="self"' not in kvk.browser.get(f"{kvk.asked_at}?page=2").content.decode()


@pytest.fixture
def own(mia: Member) -> RelyingParty:  # noqa: ARG001 - asked for its effect
    """A portal where people and organisations come for themselves only."""
    terms = replace(terms_of("eigen"), organisations_themselves=True, representation=Representation.SELF)
    return registered(replace(terms, receives_names=True))


def test_it_shows_nothing_of_clients_where_everybody_comes_for_themselves(own: RelyingParty, mia: Member) -> None:
    page = page_of(own, mia)
    assert "Voor Samen Sterk zelf" in page
    assert "Zij krijgt uw naam (Mia d.)." in page
    assert not [word for word in ("cliënt", "Zoeken", "geboortejaar") if word in page]
    assert is_let_in(own, mia)


def test_it_tells_a_volunteer_there_who_can_log_in(own: RelyingParty, fatima: Member) -> None:
    page = page_of(own, fatima)
    assert "Er is niemand voor wie u hier nu kunt inloggen." in page
    assert "Alleen beheerders van Samen Sterk" in page
    assert not is_let_in(own, fatima)


def test_it_offers_eherkenning_where_everybody_comes_for_themselves(
    own: RelyingParty, settings: Settings, tmp_path: Path
) -> None:
    settings.BROKERS_FILE = tmp_path / "brokers.yaml"
    settings.BROKERS_FILE.write_text(f"{BROKERS.rstrip()}{AT_WORK}", encoding="utf-8")
    assert own.authorize()["Location"].startswith("/signin/which?")


@pytest.mark.django_db(transaction=True)
def test_it_takes_at_most_35_statements_for_the_five_requests_of_a_manager(kvk: RelyingParty, mia: Member) -> None:
    assert kvk.scope  # read from the database once, before counting
    statements: list[str] = []
    with counted(statements):
        address = kvk.ask()
    kvk.log_in(mia.party)
    with counted(statements):
        assert kvk.browser.get(address).status_code == 200
        code = answer_in(kvk.choose(address, None))["code"]
    form = kvk.form(code)
    with counted(statements):
        tokens = kvk.send(form).json()
        assert kvk.userinfo(tokens["access_token"]).status_code == 200
    assert len(statements) <= 35
