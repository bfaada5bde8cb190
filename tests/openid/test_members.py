"""A member of an organisation at a portal: what the token says, and that it says nothing any more once it may not."""

from dataclasses import replace

import pytest

from namens.grants.models import Family
from namens.grants.pairwise import pairwise_id
from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.organisations.models import Licence, Member
from namens.parties.models import Party
from namens.signin import session
from tests.openid.conftest import BASIS
from tests.openid.relying import Changes, Claims, RelyingParty, answer_in, compat_terms, read, registered, terms_of
from tests.people import BSNS, NOW, active
from tests.working import licence, member, organisation

PLAIN: dict[str, Changes] = {"code_challenge": None, "code_challenge_method": None}
EHERKENNING = "urn:etoegang:core"
TOESLAGEN = "6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01"


def claims_of(portal: RelyingParty, sam: Member, client: Party) -> Claims:
    return read(portal.tokens(sam.party, whom=client)["id_token"])


def claims_without_pkce(stock: RelyingParty, sam: Member, client: Party) -> Claims:
    code = stock.code(sam.party, whom=client, scope="openid kvk", **PLAIN)
    return read(stock.exchange(code, code_verifier=None).json()["id_token"])


def test_it_nests_the_client_in_the_organisation(portal: RelyingParty, anna: Party, sam: Member) -> None:
    sector = portal.portal.sector
    claims = claims_of(portal, sam, anna)
    assert (claims["sub"], claims["name"]) == (pairwise_id(sam.party_id, sector=sector), "Sam B.")
    through = claims["represents"]
    assert (through["sub"], through["sub_id_type"]) == ("90000011", "urn:nl-eid-gdi:1.0:id:KvKnr")
    assert (through["iss"], through["name"]) == (claims["iss"], "Samen Sterk")
    assert through["alt_sub"] == [
        {"sub": pairwise_id(sam.organisation_id, sector=sector), "sub_id_type": "urn:nl-eid-gdi:1.0:id:Pseudonym"}
    ]
    assert through["represents"] == {
        "iss": claims["iss"],
        "sub": pairwise_id(anna.id, sector=sector),
        "sub_id_type": "urn:nl-eid-gdi:1.0:id:Pseudonym",
        "name": "Anna de Vries",
    }
    assert claims["urn:namens:1.0:services"] == ["mijn-toeslagen"]


def test_it_puts_nothing_in_a_chain_that_the_norm_forbids(portal: RelyingParty, anna: Party, sam: Member) -> None:
    Member.objects.update(establishment="000012345678")
    through = claims_of(portal, sam, anna)["represents"]
    assert through["alt_sub"][1] == {
        "sub": "000012345678",
        "sub_id_type": "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr",
    }
    parts = [through, *through["alt_sub"], through["represents"]]
    assert not {"exp", "nbf", "aud"} & {name for part in parts for name in part}


def test_it_names_nobody_to_a_portal_that_receives_no_names(sam: Member, anna: Party) -> None:
    nameless = registered(terms_of("naamloos"))
    claims = claims_of(nameless, sam, anna)
    assert "name" not in claims
    assert "name" not in claims["represents"]
    assert "name" not in claims["represents"]["represents"]
    assert "Sam" not in str(claims)


def test_it_says_the_same_at_userinfo(portal: RelyingParty, anna: Party, sam: Member) -> None:
    tokens = portal.tokens(sam.party, whom=anna)
    claims = read(tokens["id_token"])
    told = portal.userinfo(tokens["access_token"]).json()
    assert (told["sub"], told["represents"]) == (claims["sub"], claims["represents"])


def test_it_gives_a_stock_portal_the_claims_of_eherkenning(stock: RelyingParty, anna: Party, sam: Member) -> None:
    claims = claims_without_pkce(stock, sam, anna)
    assert claims["namequalifier"] == "urn:etoegang:1.9:EntityConcernedID:KvKnr"
    assert claims[f"{EHERKENNING}:LegalSubjectID"] == "90000011"
    assert claims[f"{EHERKENNING}:ActingSubjectID"] == pairwise_id(sam.party_id, sector=stock.portal.sector)
    assert claims["sel_uid"] == BSNS["anna"].digits
    assert (claims[f"{EHERKENNING}:ServiceID"], claims[f"{EHERKENNING}:ServiceUUID"]) == ("mijn-toeslagen", TOESLAGEN)
    assert "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr" not in claims
    assert not {"bsn", "urn:nl-eid-gdi:1.0:LegalSubjectID", "urn:nl-eid-gdi:1.0:ActingSubjectID"} & claims.keys()
    assert sam.pseudonym_digest not in str(claims)


def test_it_gives_a_stock_portal_no_bsn_without_a_legal_basis(anna: Party, sam: Member) -> None:
    unentitled = registered(compat_terms("zonder-grondslag"))
    claims = claims_without_pkce(unentitled, sam, anna)
    assert claims[f"{EHERKENNING}:LegalSubjectID"] == "90000011"
    assert "sel_uid" not in claims
    assert BSNS["anna"].digits not in str(claims)


@pytest.mark.parametrize(
    ("level", "classic"),
    [(AssuranceLevel.LOW, "loa2plus"), (AssuranceLevel.SUBSTANTIAL, "loa3"), (AssuranceLevel.HIGH, "loa4")],
)
def test_it_uses_the_claim_names_of_the_registration(
    anna: Party, sam: Member, level: AssuranceLevel, classic: str
) -> None:
    Member.objects.update(establishment="000012345678")
    names = {"organisation": "kvk", "member": "wie", "client": "aanvrager.bsn", "level": "loa", "establishment": "waar"}
    renamed = registered(replace(compat_terms("eigen-namen"), bsn_legal_basis=BASIS, claim_names=names))
    address = renamed.ask(scope="openid", **PLAIN)
    renamed.log_in(sam.party, level=level)
    code = answer_in(renamed.choose(address, anna))["code"]
    claims = read(renamed.exchange(code, code_verifier=None).json()["id_token"])
    assert (claims["kvk"], claims["waar"]) == ("90000011", "000012345678")
    assert (claims["wie"], claims["aanvrager.bsn"]) == (claims["sub"], BSNS["anna"].digits)
    assert claims["loa"] == f"{EHERKENNING}:assurance-class:{classic}"


def test_it_notes_which_member_used_the_mandate(portal: RelyingParty, anna: Party, sam: Member) -> None:
    portal.code(sam.party, whom=anna)
    (entry,) = JournalEntry.objects.filter(event=Event.MANDATE_USED)
    assert (entry.actor, entry.subject) == (sam.party_id, anna.id)
    assert Family.objects.get().organisation_id == sam.organisation_id


def test_it_lets_a_member_in_for_nobody_but_clients(portal: RelyingParty, anna: Party, sam: Member) -> None:
    address = portal.ask()
    portal.log_in(sam.party)
    assert 'value="self"' not in portal.browser.get(address).content.decode()
    for whom in (None, sam.party, sam.organisation.party):
        assert portal.choose(address, whom).status_code == 400
    assert "code" in answer_in(portal.choose(address, anna))


def test_it_keeps_what_a_member_holds_at_home_out(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    at_work = member(organisation(), "Bram")
    licence(at_work)
    address = portal.ask()
    portal.log_in(at_work.party)
    assert "Anna" not in portal.browser.get(address).content.decode()
    assert portal.choose(address, anna).status_code == 400


def test_it_refuses_dirk_what_an_organisation_holds(
    portal: RelyingParty, anna: Party, dirk: Party, sam: Member
) -> None:
    elsewhere = member(organisation("De Brug"), "Carla")
    licence(elsewhere)
    address = portal.ask()
    for stranger in (dirk, elsewhere.party):
        portal.log_in(stranger)
        assert "Anna" not in portal.browser.get(address).content.decode()
        assert portal.choose(address, anna).status_code == 400
    assert not Family.objects.exists()
    assert sam.organisation.name not in portal.browser.get(f"{address}/missing").content.decode()


def test_it_logs_a_member_out_at_the_portal_and_here(portal: RelyingParty, anna: Party, sam: Member) -> None:
    tokens = portal.tokens(sam.party, whom=anna)
    step = portal.browser.get("/openid/logout", {"id_token_hint": tokens["id_token"], "client_id": "mijn-overheid"})
    assert portal.browser.get(step["Location"]).status_code in {200, 303}
    assert session.PARTY not in portal.browser.session
    assert portal.userinfo(tokens["access_token"]).status_code == 401
    assert Family.objects.get().ended_by == "logged-out"


def test_it_writes_down_a_refused_try_of_a_member_with_the_client(
    portal: RelyingParty, anna: Party, sam: Member
) -> None:
    address = portal.ask()
    portal.log_in(sam.party)
    Licence.objects.filter(member=sam).update(ended_at=NOW)
    assert portal.choose(address, anna).status_code == 400
    (entry,) = JournalEntry.objects.filter(event=Event.USE_REFUSED)
    assert (entry.actor, entry.subject, entry.result) == (sam.party_id, anna.id, "no_licence")


def test_it_gives_the_same_code_to_the_same_member_only(portal: RelyingParty, anna: Party, sam: Member) -> None:
    vera = member(sam.organisation, "Vera")
    licence(vera)
    address = portal.ask()
    portal.log_in(sam.party)
    first, second = (answer_in(portal.choose(address, anna))["code"] for _ in range(2))
    assert first == second
    portal.log_in(vera.party)
    assert portal.choose(address, anna).status_code == 400
