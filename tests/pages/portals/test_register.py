"""An operator proposes a portal on the pages; another lets it in, or not."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from namens.journal.events import Channel
from namens.journal.models import JournalEntry
from namens.services.actions.portals import secret_digests
from namens.services.models import Portal, Status
from namens.signin.models import Staff
from tests.openid.relying import key
from tests.pages.portals.registering import COMPAT, FILLED_IN, KEYS, NEW, does, page_of, proposes, secret_on
from tests.pages.visiting import shown, title

pytestmark = pytest.mark.usefixtures("catalogue")


def test_it_proposes_what_was_filled_in(at_olga: Client) -> None:
    extra = {"switches": ["receives_names"], "acts": "gezien=Gezien\r\n\r\n", "search_basis": "Awir 1"}
    page = shown(proposes(at_olga, **extra))
    made = Portal.objects.get()
    assert (made.client_id, made.sector, made.status) == ("gemeente-voorbeeld", "gemeente-voorbeeld", Status.PROPOSED)
    assert made.redirect_uris == ["https://gemeente.example/terug", "https://gemeente.example/ook-terug"]
    assert (made.jwks, made.id_token_algorithm) == (json.loads(KEYS), "ES256")
    assert (made.receives_names, made.refresh_tokens, made.search_basis) == (True, False, "Awir 1")
    assert made.acts == [{"key": "gezien", "name": "Gezien"}]
    assert made.proposed_by == str(Staff.objects.get(name="Olga").id)
    assert "Wacht op een tweede beheerder" in page
    assert "U stelde dit voor" in page
    assert JournalEntry.objects.get(portal=made.id).channel == Channel.PAGES


def test_it_shows_the_second_operator_everything_in_words(at_olga: Client, at_oscar: Client) -> None:
    proposes(at_olga)
    page = shown(at_oscar.get(page_of(Portal.objects.get())))
    assert "Mijn toeslagen (mijn-toeslagen)" in page
    assert "NL GOV: de Nederlandse standaard voor nieuwe portalen" in page
    assert key("EC").thumbprint() in page
    assert "Voorgesteld Olga" in page


def test_it_lets_a_portal_in_with_a_second_operator_only(at_olga: Client, at_oscar: Client) -> None:
    proposes(at_olga)
    made = Portal.objects.get()
    assert "laat dit portaal toe" not in shown(at_olga.get(page_of(made)))
    answer = does(at_olga, "approve", made)
    assert (answer.status_code, Portal.objects.get().status) == (409, Status.PROPOSED)
    assert "In gebruik" in shown(does(at_oscar, "approve", made))
    assert Portal.objects.get().approved_by == str(Staff.objects.get(name="Oscar").id)


@pytest.mark.parametrize("who", ["own", "other"])
def test_it_takes_a_proposal_away_after_a_question(at_olga: Client, at_oscar: Client, who: str) -> None:
    proposes(at_olga)
    browser, made = at_olga if who == "own" else at_oscar, Portal.objects.get()
    assert "Dit voorstel weghalen?" in shown(browser.get(f"{page_of(made)}/niet-akkoord"))
    does(browser, "refuse", made)
    assert not Portal.objects.exists()
    assert "In gebruik" not in shown(proposes(at_olga))


def test_it_makes_a_shared_secret_and_shows_it_once(at_olga: Client) -> None:
    page = proposes(at_olga, **COMPAT)
    secret, made = secret_on(page), Portal.objects.get()
    assert made.secret_digest in secret_digests(secret)
    assert len(secret) == 43
    again = at_olga.get(f"{page_of(made)}/geheim")
    assert "U hebt het geheim al gezien" in shown(again)
    assert secret_on(again) == ""
    assert secret not in str(dict(at_olga.session))


def test_it_shows_another_operator_no_secret(at_olga: Client, at_oscar: Client) -> None:
    at_olga.post(NEW, {**FILLED_IN, **COMPAT})
    made = Portal.objects.get()
    assert at_oscar.get(f"{page_of(made)}/geheim").status_code == 404
    assert made.secret_digest not in at_oscar.get(page_of(made)).content.decode()


def test_it_warns_the_second_operator_of_what_is_dangerous(at_olga: Client, at_oscar: Client) -> None:
    proposes(at_olga, **COMPAT, bsn_legal_basis="Awir artikel 1", search_basis="Awir artikel 2")
    page = shown(at_oscar.get(page_of(Portal.objects.get())))
    assert "Kan dit portaal echt niet beter?" in page
    assert "Geeft deze wet die taak: Awir artikel 1?" in page
    assert "Staat deze wet dat toe: Awir artikel 2?" in page


def test_it_warns_of_nothing_when_nothing_is_dangerous(at_olga: Client) -> None:
    assert "Kijk hier twee keer naar" not in shown(proposes(at_olga))


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"client_id": ""}, "Vul dit in"),
    ({"client_id": "twee woorden"}, "Hier ontbreekt iets"),
    ({"name": "a\u202eb"}, "gewone letters"),
    ({"name": "x" * 65}, "hoogstens 64 tekens"),
    ({"services": []}, "Kies een of meer"),
    ({"redirect_uris": ""}, "Vul dit in"),
    ({"redirect_uris": "https://a.example/\nhttp://a.example/"}, "Regel 2: vul een heel adres in"),
    ({"back_channel_logout_uri": "gemeente.example"}, "Vul een heel adres in"),
    ({"jwks_uri": "https://user@a.example/jwks"}, "Vul een heel adres in"),
    ({"jwks": "{"}, "Plak de hele sleutelset"),
    ({"jwks": '{"keys": [{"kty": "EC", "kid": "\\u0000"}]}'}, "Plak de hele sleutelset"),
    ({"jwks": '{"keys": [{"kty": "EC", "kid": "\\ud800"}]}'}, "Plak de hele sleutelset"),
    ({"jwks": "[" * 50_000}, "Plak de hele sleutelset"),
    ({"jwks": json.dumps({"keys": [key("EC").as_dict(private=True)]})}, "Plak alleen publieke sleutels"),
    ({"jwks": ""}, "Geef de publieke sleutels op één manier"),
    ({"jwks_uri": "https://a.example/jwks"}, "Geef de publieke sleutels op één manier"),
    ({"profile": "compat"}, "Kies een andere manier, of een ander profiel"),
    ({"profile": "fapi"}, "FAPI bindt wel"),
    ({"profile": "fapi", "token_binding": "dpop", "id_token_algorithm": "RS256"}, "FAPI: PS256 of ES256"),
    ({"authentication": "tls_client_auth"}, "certificaat van een autoriteit"),
    ({**COMPAT, "id_token_encryption": "RSA-OAEP"}, "Compat versleutelt niets"),
    ({"bsn_legal_basis": "Awir"}, "in een versleuteld token"),
    ({"acts": "gezien"}, "Schrijf elke handeling als sleutel=naam"),
    ({"acts": "Gezien=Gezien"}, "Schrijf elke handeling als sleutel=naam"),
    ({"claim_names": "bsm=x"}, "Deze sleutels zijn er"),
    ({"machine_scopes": ["alles"]}, "Kies een of meer"),
]


@pytest.mark.parametrize(("typed", "told"), WRONG)
def test_it_says_what_to_do_with_what_cannot_be(at_olga: Client, typed: dict[str, Any], told: str) -> None:
    page = proposes(at_olga, **typed)
    assert told in shown(page)
    assert title(page).startswith("Fout:")
    assert not Portal.objects.exists()


def test_it_refuses_a_client_id_that_is_taken_at_its_question(at_olga: Client) -> None:
    proposes(at_olga)
    page = proposes(at_olga)
    assert "Een ander portaal heeft dit client-id" in shown(page)
    assert 'href="#id_client_id"' in page.content.decode()
    assert Portal.objects.count() == 1


def test_it_loses_nothing_that_was_typed_nor_the_file_with_keys(at_olga: Client) -> None:
    file = SimpleUploadedFile("jwks.json", KEYS.encode(), content_type="application/json")
    typed = {**FILLED_IN, "jwks": "", "jwks_file": file, "redirect_uris": "x", "search_basis": "Awir 1"}
    page = at_olga.post(NEW, typed).content.decode()
    assert 'value="Awir 1"' in page
    assert str(key("EC").as_dict(private=False)["x"]) in page


def test_it_takes_keys_from_a_file(at_olga: Client) -> None:
    file = SimpleUploadedFile("jwks.json", KEYS.encode(), content_type="application/json")
    proposes(at_olga, jwks="", jwks_file=file)
    assert Portal.objects.get().jwks == json.loads(KEYS)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{", b" " * 200_000])
def test_it_says_what_to_do_with_a_file_that_holds_no_keys(at_olga: Client, content: bytes) -> None:
    file = SimpleUploadedFile("jwks.json", content)
    page = proposes(at_olga, jwks="", jwks_file=file)
    assert title(page).startswith("Fout:")
    assert not Portal.objects.exists()
