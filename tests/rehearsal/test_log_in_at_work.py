import pytest

from rehearsal.eherkenning.means import ESTABLISHMENT, KVK, NAME_QUALIFIER, PSEUDONYM
from tests.rehearsal.playing import (
    ANNA,
    BASE,
    CALLBACK,
    DE_BRUG,
    MARIJKE,
    SAMEN_STERK,
    THEA_AND_BILAL,
    ZONDERDAM,
    MovableClock,
    Visitor,
    returned,
)

GERARD_IN_ZEIST, PIET_WITH_EH2 = f"{SAMEN_STERK}:SST-0B7F42", f"{SAMEN_STERK}:SST-58C9F3"
CLASS = "urn:etoegang:core:assurance-class:"


def test_it_says_where_everything_is(member: Visitor) -> None:
    found = member.http.get("/eherkenning/.well-known/openid-configuration").json()
    assert (found["issuer"], found["scopes_supported"]) == (f"{BASE}/eherkenning", ["openid", "kvk"])
    assert found["token_endpoint"] == f"{BASE}/eherkenning/token"
    assert {NAME_QUALIFIER, KVK, PSEUDONYM, ESTABLISHMENT} <= set(found["claims_supported"])
    assert "bsn" not in found["claims_supported"]


def test_it_shows_everybody_under_their_organisation(member: Visitor) -> None:
    page = member.arrive().text
    assert "eHerkenning (oefenomgeving)" in page
    assert page.index("Stichting Samen Sterk") < page.index("Marijke Blom") < page.index("Schuldhulp De Brug")
    assert page.index("Schuldhulp De Brug") < page.index("Carla Mulder") < page.index("Gemeente Zonderdam")


def test_it_writes_a_hostile_name_as_text(member: Visitor) -> None:
    page = member.arrive().text
    assert "Frits &lt;i&gt;Bakker&lt;/i&gt;" in page
    assert "<i>" not in page


def test_it_gives_a_signed_token_that_says_who_logged_in_for_whom(member: Visitor, clock: MovableClock) -> None:
    claims = member.claims_in(member.exchange(member.log_in_at_work()))
    expected = {
        "iss": f"{BASE}/eherkenning",
        "aud": "namens",
        "nonce": "the nonce",
        "namequalifier": "urn:etoegang:1.9:EntityConcernedID:KvKnr",
        "urn:etoegang:core:LegalSubjectID": SAMEN_STERK,
        "urn:etoegang:core:ActingSubjectID": MARIJKE,
        "acr": f"{CLASS}loa3",
        "auth_time": int(clock.now.timestamp()),
    }
    assert expected.items() <= claims.items()
    assert not {"bsn", "name", ESTABLISHMENT} & claims.keys()


def test_it_says_for_which_establishment_a_means_works(member: Visitor) -> None:
    code = returned(member.answer(member.arrive(), person=GERARD_IN_ZEIST))["code"]
    assert member.claims_in(member.exchange(code))[ESTABLISHMENT] == "000011001902"


@pytest.mark.parametrize("level", ["loa2", "loa2plus", "loa3", "loa4"])
def test_it_says_how_strong_the_login_was(member: Visitor, level: str) -> None:
    claims = member.claims_in(member.exchange(member.log_in_at_work(level=level)))
    assert claims["acr"] == f"{CLASS}{level}"


@pytest.mark.parametrize(
    ("asked", "proposed"),
    [(f"{CLASS}loa4", "loa4"), (f"{CLASS}loa4 {CLASS}loa3", "loa3"), ("http://eidas.europa.eu/LoA/high", "loa2plus")],
)
def test_it_proposes_the_lowest_level_that_was_asked(member: Visitor, asked: str, proposed: str) -> None:
    assert f'name="level" value="{proposed}" checked' in member.arrive(acr_values=asked).text


def test_it_knows_one_pseudonym_at_two_organisations_as_two_people(member: Visitor) -> None:
    places = (DE_BRUG, ZONDERDAM, DE_BRUG)
    said = [member.claims_in(member.exchange(member.log_in_at_work(kvk, THEA_AND_BILAL))) for kvk in places]
    assert [claims[PSEUDONYM] for claims in said] == [THEA_AND_BILAL] * 3
    assert said[0]["sub"] == said[2]["sub"] != said[1]["sub"]
    assert THEA_AND_BILAL not in said[0]["sub"]


@pytest.mark.parametrize(
    ("kvk", "pseudonym"),
    [("00110019", "NEW-1"), ("0011 00 19", " NEW-1 "), ("99.999.999", "x" * 256), ("12345678", "é")],
)
def test_it_takes_what_people_type(member: Visitor, kvk: str, pseudonym: str) -> None:
    code = returned(member.answer(member.arrive(), kvk=kvk, pseudonym=pseudonym))["code"]
    claims = member.claims_in(member.exchange(code))
    assert claims[KVK] == kvk.replace(" ", "").replace(".", "")
    assert claims[PSEUDONYM] == pseudonym.strip()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Kies een persoon, of typ een KvK-nummer en een pseudoniem."),
        ({"kvk": "1234567", "pseudonym": "P-1"}, "Dit is geen KvK-nummer."),
        ({"kvk": "٠٠١١٠٠١٩", "pseudonym": "P-1"}, "Dit is geen KvK-nummer."),
        ({"kvk": "<script>", "pseudonym": "P-1"}, "Dit is geen KvK-nummer."),
        ({"pseudonym": "P-1"}, "Dit is geen KvK-nummer."),
        ({"kvk": SAMEN_STERK}, "Typ een pseudoniem van 1 tot 256 tekens, zonder spaties."),
        ({"kvk": SAMEN_STERK, "pseudonym": "two words"}, "Typ een pseudoniem"),
        ({"kvk": SAMEN_STERK, "pseudonym": "P-1\u0000"}, "Typ een pseudoniem"),
        ({"kvk": SAMEN_STERK, "pseudonym": "P-\u202e1"}, "Typ een pseudoniem"),
        ({"kvk": SAMEN_STERK, "pseudonym": "x" * 257}, "Typ een pseudoniem"),
        ({"person": "nobody"}, "Dit is geen KvK-nummer."),
        ({"person": f"{SAMEN_STERK}:"}, "Typ een pseudoniem"),
        ({"person": ANNA}, "Dit is geen KvK-nummer."),
        ({"person": GERARD_IN_ZEIST, "level": "low"}, "Kies hoe sterk u inlogt."),
        ({"person": PIET_WITH_EH2}, "Het middel van deze persoon gaat tot EH2. Kies EH2."),
        ({"kvk": SAMEN_STERK, "pseudonym": "SST-58C9F3"}, "Het middel van deze persoon gaat tot EH2. Kies EH2."),
    ],
)
def test_it_says_what_is_wrong_and_keeps_the_form(member: Visitor, form: dict[str, str], sentence: str) -> None:
    page = member.answer(member.arrive(), **form)
    assert page.status_code == 400
    assert page.text.count(sentence) == 2
    assert "<title>Fout: " in page.text
    assert "<script>" not in page.text
    assert returned(member.answer(page, person=GERARD_IN_ZEIST))["code"]


def test_it_lets_a_weak_means_log_in_weakly(member: Visitor) -> None:
    code = returned(member.answer(member.arrive(), person=PIET_WITH_EH2, level="loa2"))["code"]
    assert member.claims_in(member.exchange(code))["acr"] == f"{CLASS}loa2"


def test_it_tells_the_client_of_a_cancel(member: Visitor) -> None:
    sent = returned(member.answer(member.arrive(), action="cancel"))
    assert sent == {"error": "access_denied", "state": "the state", "iss": f"{BASE}/eherkenning"}


def test_it_says_goodbye_under_its_own_name(member: Visitor) -> None:
    assert "eHerkenning (oefenomgeving) onthoudt niemand." in member.http.get("/eherkenning/logout").text


def test_it_stays_with_the_organisation_of_the_login_page(member: Visitor) -> None:
    page = member.arrive()
    codes = [returned(member.answer(page, person=f"{kvk}:{THEA_AND_BILAL}"))["code"] for kvk in (DE_BRUG, ZONDERDAM)]
    said = [member.claims_in(member.exchange(code, **{KVK: SAMEN_STERK, "kvk": SAMEN_STERK})) for code in codes]
    assert [claims[KVK] for claims in said] == [DE_BRUG, ZONDERDAM]


def test_it_does_not_know_what_digid_was_asked(visitor: Visitor, member: Visitor) -> None:
    assert visitor.answer(member.arrive(), person=ANNA).status_code == 400
    assert member.answer(visitor.arrive(), person=GERARD_IN_ZEIST).status_code == 400


def test_it_does_not_take_a_code_of_digid_nor_digid_one_of_it(visitor: Visitor, member: Visitor) -> None:
    refused = {"error": "invalid_grant"}
    assert member.exchange(visitor.log_in(), redirect_uri=CALLBACK).json() == refused
    assert visitor.exchange(member.log_in_at_work()).json() == refused


def test_it_signs_with_a_key_of_its_own(visitor: Visitor, member: Visitor) -> None:
    kids = {one.http.get(f"/{one.means}/jwks").json()["keys"][0]["kid"] for one in (visitor, member)}
    assert len(kids) == 2
