from typing import Any

import httpx2
import pytest

from rehearsal.stage import Stage
from tests.rehearsal.playing import ANNA, BRAM, HASSAN, MovableClock, Visitor

KIND = "RaadpleegMetBurgerservicenummer"


def ask(visitor: Visitor, bsn: str, *fields: str) -> dict[str, Any]:
    answer = visitor.ask_register(type=KIND, burgerservicenummer=[bsn], fields=list(fields))
    assert answer.status_code == 200, answer.text
    assert answer.json()["type"] == KIND
    (person,) = answer.json()["personen"]
    assert isinstance(person, dict)
    return person


def test_it_gives_what_was_asked_and_no_more(visitor: Visitor) -> None:
    person = ask(visitor, ANNA, "burgerservicenummer", "naam.geslachtsnaam", "naam.voorvoegsel")
    assert person == {"burgerservicenummer": ANNA, "naam": {"geslachtsnaam": "Vries", "voorvoegsel": "de"}}


def test_it_gives_a_whole_name(visitor: Visitor) -> None:
    assert ask(visitor, ANNA, "naam")["naam"] == {
        "voornamen": "Anna Maria",
        "voorvoegsel": "de",
        "geslachtsnaam": "Vries",
        "voorletters": "A.M.",
        "volledigeNaam": "Anna Maria de Vries",
    }


@pytest.mark.parametrize(
    ("bsn", "written"),
    [
        (ANNA, {"type": "Datum", "datum": "1951-03-27", "langFormaat": "27 maart 1951"}),
        ("999990330", {"type": "JaarMaandDatum", "jaar": 1962, "maand": 7, "langFormaat": "juli 1962"}),
        ("999990342", {"type": "JaarDatum", "jaar": 1957, "langFormaat": "1957"}),
        ("999990354", {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}),
    ],
)
def test_it_gives_a_birth_date_as_far_as_known(visitor: Visitor, bsn: str, written: dict[str, object]) -> None:
    assert ask(visitor, bsn, "geboorte.datum")["geboorte"] == {"datum": written}


def test_it_gives_a_date_whole_when_a_part_is_asked(visitor: Visitor) -> None:
    assert ask(visitor, ANNA, "geboorte.datum.jaar") == ask(visitor, ANNA, "geboorte.datum")


def test_it_says_unasked_that_somebody_died(visitor: Visitor) -> None:
    person = ask(visitor, "999990214", "burgerservicenummer")
    assert person["overlijden"] == {"indicatieOverleden": True}
    assert person["opschortingBijhouding"]["reden"] == {"code": "O", "omschrijving": "overlijden"}


def test_it_gives_the_day_of_death_when_asked(visitor: Visitor) -> None:
    died = ask(visitor, "999990214", "overlijden.datum")["overlijden"]
    assert (died["indicatieOverleden"], died["datum"]["datum"]) == (True, "2025-05-03")


def test_it_says_unasked_that_an_address_is_secret(visitor: Visitor) -> None:
    assert ask(visitor, "999990299", "burgerservicenummer")["geheimhoudingPersoonsgegevens"] is True


def test_it_says_of_one_person_only_that_a_guardian_decides(visitor: Visitor) -> None:
    assert ask(visitor, "999990263", "indicatieCurateleRegister") == {"indicatieCurateleRegister": True}
    assert ask(visitor, ANNA, "indicatieCurateleRegister") == {}


def test_it_gives_the_partner(visitor: Visitor) -> None:
    (partner,) = ask(visitor, ANNA, "partners.burgerservicenummer", "partners.naam.voornamen")["partners"]
    assert partner == {"burgerservicenummer": HASSAN, "naam": {"voornamen": "Hassan"}}


def test_it_gives_address_lines_for_a_letter(visitor: Visitor) -> None:
    lines = ask(visitor, ANNA, "adressering")["adressering"]
    assert lines["aanhef"] == "Geachte mevrouw De Vries"
    assert (lines["adresregel1"], lines["adresregel2"]) == ("Lindenhof 12", "3511AB UTRECHT")


def test_it_gives_a_place_abroad(visitor: Visitor) -> None:
    person = ask(visitor, "999990366", "verblijfplaats")
    assert person["verblijfplaats"]["type"] == "VerblijfplaatsBuitenland"
    assert person["opschortingBijhouding"]["reden"]["code"] == "E"


def test_it_can_give_everything_of_everybody_it_gives(visitor: Visitor, stage: Stage) -> None:
    wanted = ["naam", "geboorte", "adressering", "verblijfplaats", "partners", "overlijden", "geslacht"]
    numbers = [person.bsn for person in stage.people.everybody]
    answers = [
        visitor.ask_register(type=KIND, burgerservicenummer=numbers[start : start + 20], fields=wanted).json()[
            "personen"
        ]
        for start in (0, 20)
    ]
    assert len(answers[0]) + len(answers[1]) == len(numbers) - 2


@pytest.mark.parametrize("bsn", ["999990421", "999990408", "111222333"], ids=["unknown", "erroneous", "nobody"])
def test_it_gives_nobody_who_is_not_there(visitor: Visitor, bsn: str) -> None:
    answer = visitor.ask_register(type=KIND, burgerservicenummer=[bsn], fields=["burgerservicenummer"])
    assert answer.json() == {"type": KIND, "personen": []}


@pytest.mark.parametrize("key", ["", "wrong"])
def test_it_answers_nobody_without_the_key(visitor: Visitor, key: str) -> None:
    answer = visitor.ask_register(key=key, type=KIND, burgerservicenummer=[ANNA], fields=["naam"])
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["title"], answer.json()["code"]) == ("Niet correct geauthenticeerd.", "authentication")


@pytest.mark.parametrize(
    ("changes", "code", "wrong"),
    [
        ({"fields": None}, "paramsCombination", ("required", "fields")),
        ({"burgerservicenummer": None}, "paramsCombination", ("required", "burgerservicenummer")),
        ({"type": None}, "paramsCombination", ("required", "type")),
        ({"type": "ZoekMetNiets"}, "paramsValidation", ("value", "type")),
        ({"fields": []}, "paramsValidation", ("minItems", "fields")),
        ({"fields": "naam"}, "paramsValidation", ("array", "fields")),
        ({"fields": ["naam"] * 131}, "paramsValidation", ("maxItems", "fields")),
        ({"fields": ["naam", "bestaatNiet"]}, "paramsValidation", ("fields", "fields[1]")),
        ({"fields": ["na am"]}, "paramsValidation", ("pattern", "fields[0]")),
        ({"fields": ["opschortingBijhouding.reden"]}, "paramsValidation", ("fields", "fields[0]")),
        ({"burgerservicenummer": []}, "paramsValidation", ("minItems", "burgerservicenummer")),
        ({"burgerservicenummer": ANNA}, "paramsValidation", ("array", "burgerservicenummer")),
        ({"burgerservicenummer": [ANNA] * 21}, "paramsValidation", ("maxItems", "burgerservicenummer")),
        ({"burgerservicenummer": [ANNA, "12345678"]}, "paramsValidation", ("pattern", "burgerservicenummer[1]")),
        ({"voornamen": "Anna"}, "paramsValidation", ("unknownParam", "voornamen")),
    ],
)
def test_it_says_which_parameter_is_wrong(
    visitor: Visitor, changes: dict[str, Any], code: str, wrong: tuple[str, str]
) -> None:
    asked = {"type": KIND, "burgerservicenummer": [ANNA], "fields": ["naam"], **changes}
    answer = visitor.ask_register(**{name: value for name, value in asked.items() if value is not None})
    found = answer.json()
    assert (answer.status_code, found["status"], found["code"]) == (400, 400, code)
    assert [(one["code"], one["name"]) for one in found["invalidParams"]] == [wrong]
    assert found["detail"] == f"De foutieve parameter(s) zijn: {wrong[1]}."


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [("[]", "application/json", 400), ("{", "application/json", 400), ("{}", "text/plain", 415)],
)
def test_it_wants_a_json_object(visitor: Visitor, body: str, kind: str, status: int) -> None:
    headers = {"X-API-KEY": "rehearsal-key", "Content-Type": kind}
    assert visitor.http.post("/brp/personen", content=body, headers=headers).status_code == status


def token(visitor: Visitor, *, secret: str = "rehearsal-secret", grant: str = "client_credentials") -> httpx2.Response:
    form = {"grant_type": grant}
    return visitor.http.post("/brp/oauth/token", data=form, auth=("namens", secret))


def ask_with(visitor: Visitor, access_token: str) -> int:
    asked = {"type": KIND, "burgerservicenummer": [BRAM], "fields": ["naam"]}
    headers = {"Authorization": f"Bearer {access_token}"}
    return visitor.http.post("/brp/personen", json=asked, headers=headers).status_code


def test_it_takes_a_token_instead_of_the_key(visitor: Visitor) -> None:
    assert ask_with(visitor, token(visitor).json()["access_token"]) == 200


def test_it_refuses_a_token_that_ended(visitor: Visitor, clock: MovableClock) -> None:
    given = token(visitor).json()
    clock.move(seconds=given["expires_in"])
    assert ask_with(visitor, given["access_token"]) == 401


def test_it_refuses_a_token_that_it_never_gave(visitor: Visitor) -> None:
    assert ask_with(visitor, "made-up") == 401


def test_it_gives_no_token_for_a_wrong_secret_or_grant(visitor: Visitor) -> None:
    assert token(visitor, secret="wrong").status_code == 401
    assert token(visitor, grant="password").status_code == 400
