"""A BSN for a portal of a strict profile: with a legal basis, asked for by name, and encrypted; else nowhere."""

import json
from collections.abc import Mapping

import pytest

from namens.grants.models import AuthorizationRequest, Family
from namens.grants.pairwise import pairwise_id
from namens.journal.models import JournalEntry
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import Portal
from tests.openid.relying import Claims, RelyingParty, compat_terms, header_of, read, registered
from tests.openid.renewing import introspect, refresh
from tests.openid.sealed import BOTH_PLACES, BSN, encryption_key, opened, sealing, unsigned
from tests.people import BSNS, active

pytestmark = pytest.mark.usefixtures("catalogue", "signing_keys")
ALL = [bsn.digits for bsn in BSNS.values()]
RSA = [encryption_key("RSA-OAEP")]


def asked_tokens(
    portal: RelyingParty, who: Party, *, whom: Party | None = None, asks: Mapping[str, object] = BOTH_PLACES
) -> dict[str, str]:
    """Do a whole login of a portal that asks for these claims."""
    code = portal.code(who, whom=whom, claims=json.dumps(dict(asks)))
    response = portal.exchange(code)
    assert response.status_code == 200, response.content
    return dict(response.json())


def userinfo_of(portal: RelyingParty, tokens: dict[str, str]) -> str:
    response = portal.userinfo(tokens["access_token"])
    assert response.status_code == 200
    return response.content.decode()


def numbers_in(*texts: object) -> list[str]:
    return [bsn for bsn in ALL if bsn in "".join(map(str, texts))]


def test_it_gives_a_bsn_beside_the_subject(bram: Party) -> None:
    portal = sealing("gerechtigd", userinfo_algorithm="ES256")
    tokens = asked_tokens(portal, bram)
    expected = [{"sub": BSNS["bram"].digits, "sub_id_type": BSN, "aud": "gerechtigd"}]
    for claims in (opened(tokens["id_token"]), opened(userinfo_of(portal, tokens))):
        assert claims["alt_sub"] == expected
        assert claims["sub"] == pairwise_id(bram.id, sector="gerechtigd")


def test_it_gives_the_bsn_of_the_client_in_the_deepest_represents(anna: Party, bram: Party) -> None:
    active(anna, bram)
    portal = sealing("gerechtigd")
    claims = opened(asked_tokens(portal, bram, whom=anna)["id_token"])
    assert claims["alt_sub"][0]["sub"] == BSNS["bram"].digits
    assert claims["represents"]["alt_sub"] == [{"sub": BSNS["anna"].digits, "sub_id_type": BSN}]
    assert claims["represents"]["sub"] == pairwise_id(anna.id, sector="gerechtigd")
    assert not {"exp", "nbf", "aud"} & claims["represents"].keys()


def test_it_gives_no_bsn_of_a_member(sam: Member, anna: Party) -> None:
    claims = opened(asked_tokens(sealing("gerechtigd"), sam.party, whom=anna)["id_token"])
    assert "alt_sub" not in claims
    through = claims["represents"]
    assert BSN not in str(through["alt_sub"])
    assert through["represents"]["alt_sub"] == [{"sub": BSNS["anna"].digits, "sub_id_type": BSN}]
    assert numbers_in(claims) == [BSNS["anna"].digits]


def test_it_gives_no_bsn_that_was_not_asked_for(anna: Party, bram: Party) -> None:
    active(anna, bram)
    portal = sealing("zwijgt")
    nothing: list[dict[str, object]] = [{}, {"id_token": {}}, {"id_token": {"name": None}, "userinfo": {}}]
    for asks in nothing:
        tokens = asked_tokens(portal, bram, whom=anna, asks=asks)
        assert numbers_in(opened(tokens["id_token"])) == []


@pytest.mark.parametrize(("place", "elsewhere"), [("id_token", "userinfo"), ("userinfo", "id_token")])
def test_it_gives_a_bsn_only_in_the_place_where_it_was_asked(bram: Party, place: str, elsewhere: str) -> None:
    portal = sealing("ergens", userinfo_algorithm="ES256")
    tokens = asked_tokens(portal, bram, asks={place: {BSN: None}, elsewhere: {}})
    said = {"id_token": opened(tokens["id_token"]), "userinfo": opened(userinfo_of(portal, tokens))}
    assert numbers_in(said[place]) == [BSNS["bram"].digits]
    assert numbers_in(said[elsewhere]) == []


def test_it_names_people_only_where_a_portal_that_sends_claims_asks_for_it(anna: Party, bram: Party) -> None:
    active(anna, bram)
    portal = sealing("namen", userinfo_algorithm="ES256")
    tokens = asked_tokens(portal, bram, whom=anna, asks={"id_token": {}, "userinfo": {"name": None}})
    id_token, userinfo = opened(tokens["id_token"]), opened(userinfo_of(portal, tokens))
    assert "name" not in {*id_token, *id_token["represents"]}
    assert (userinfo["name"], userinfo["represents"]["name"]) == ("Bram Bakker", "Anna de Vries")


def test_it_gives_dirks_portal_without_a_legal_basis_none(dirk: Party) -> None:
    portal = sealing("zonder-grondslag", bsn_legal_basis="", userinfo_algorithm="ES256")
    tokens = asked_tokens(portal, dirk)
    assert numbers_in(opened(tokens["id_token"]), opened(userinfo_of(portal, tokens))) == []


def test_it_puts_no_bsn_in_what_is_not_encrypted(anna: Party, dirk: Party) -> None:
    active(anna, dirk)
    plain = sealing("alleen-id-token", keys=RSA, userinfo_encryption="")
    tokens = asked_tokens(plain, dirk, whom=anna)
    assert numbers_in(opened(tokens["id_token"])) != []
    assert numbers_in(userinfo_of(plain, tokens)) == []
    signed = sealing("alleen-userinfo", keys=RSA, id_token_encryption="", userinfo_algorithm="ES256")
    tokens = asked_tokens(signed, dirk, whom=anna)
    assert numbers_in(read(tokens["id_token"])) == []
    assert numbers_in(opened(userinfo_of(signed, tokens))) != []


def test_it_puts_no_bsn_in_userinfo_that_is_signed_only(bram: Party) -> None:
    portal = sealing("alleen-getekend", keys=RSA, userinfo_encryption="", userinfo_algorithm="ES256")
    tokens = asked_tokens(portal, bram)
    assert numbers_in(read(userinfo_of(portal, tokens))) == []


def test_it_puts_no_bsn_in_an_access_token(anna: Party, bram: Party) -> None:
    active(anna, bram)
    tokens = asked_tokens(sealing("gerechtigd"), bram, whom=anna)
    assert numbers_in(read(tokens["access_token"]), header_of(tokens["access_token"])) == []


def test_it_gives_the_same_at_a_refresh_and_encrypted_too(anna: Party, bram: Party) -> None:
    active(anna, bram)
    portal = sealing("gaat-door", refresh_tokens=True)
    tokens = asked_tokens(portal, bram, whom=anna)
    again = refresh(portal, tokens["refresh_token"]).json()
    before, after = opened(tokens["id_token"]), opened(again["id_token"])
    assert (after["alt_sub"], after["represents"]) == (before["alt_sub"], before["represents"])
    assert numbers_in(read(again["access_token"])) == []


def test_it_tells_no_bsn_at_introspection(anna: Party, bram: Party) -> None:
    active(anna, bram)
    portal = sealing("vraagt-na")
    tokens = asked_tokens(portal, bram, whom=anna)
    answer = introspect(portal, tokens["access_token"])
    assert answer.json()["active"] is True
    assert numbers_in(answer.content.decode()) == []


def test_it_stops_with_the_encryption_of_the_portal(bram: Party) -> None:
    """A family that asked while the portal was registered to receive encrypted tokens."""
    portal = sealing("minder-dan-eerst")
    tokens = asked_tokens(portal, bram)
    Portal.objects.update(userinfo_encryption="")
    assert numbers_in(userinfo_of(portal, tokens)) == []
    Portal.objects.update(userinfo_encryption="RSA-OAEP", bsn_legal_basis="")
    assert numbers_in(opened_json(userinfo_of(portal, tokens))) == []


def opened_json(text: str) -> Claims:
    return unsigned(text.encode())


def test_it_leaves_flat_claims_as_they_are(bram: Party) -> None:
    """The claims parameter is not for `compat`: what it gets stands in its registration."""
    stock = registered(compat_terms("formulieren-zonder"))
    code = stock.code(bram, claims=json.dumps(BOTH_PLACES))
    assert numbers_in(read(stock.exchange(code).json()["id_token"])) == []


def test_it_keeps_bsns_out_of_log_journal_and_tables(
    anna: Party, bram: Party, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    active(anna, bram)
    portal = sealing("gerechtigd")
    userinfo_of(portal, asked_tokens(portal, bram, whom=anna))
    kept = [list(kind.objects.values()) for kind in (JournalEntry, AuthorizationRequest, Family)]
    assert numbers_in(kept, caplog.text, *capsys.readouterr()) == []


def test_it_says_beforehand_that_a_site_gets_the_bsn(bram: Party) -> None:
    portal = sealing("gerechtigd")
    assert "De site krijgt geen BSN." in page_of(portal, bram, asks=None)
    assert "Deze site krijgt uw naam en uw BSN" in page_of(portal, bram, asks={"id_token": {BSN: None, "name": None}})
    assert "Deze site krijgt uw BSN" in page_of(portal, bram, asks=BOTH_PLACES)
    Portal.objects.update(receives_names=False)
    Portal.objects.update(bsn_legal_basis="")
    assert "Deze site krijgt van ons geen naam en geen BSN" in page_of(portal, bram, asks=BOTH_PLACES)


def page_of(portal: RelyingParty, who: Party, *, asks: Mapping[str, object] | None) -> str:
    address = portal.ask(claims=json.dumps(dict(asks)) if asks is not None else None)
    portal.log_in(who)
    return portal.browser.get(address).content.decode()
