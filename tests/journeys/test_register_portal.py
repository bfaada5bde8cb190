"""A portal is registered by two operators, is used, changes and is stopped; its team hears what went wrong."""

import base64
import json
import secrets
import time
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.journeys.agents import is_at_work
from tests.journeys.conftest import Sit
from tests.journeys.person import Person
from tests.journeys.stories import has_mandate, opens_mandate
from tools.practice import Practice

pytestmark = [pytest.mark.journey, pytest.mark.slow]
CLIENT_ID, NAME = "gemeente-voorbeeld", "Gemeente Voorbeeld"
LAW = "Wet op de voorbeelden, artikel 1"
KEY = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
MIJN_TOESLAGEN = "6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01"
VERIFIER = secrets.token_urlsafe(48)


@pytest.fixture
def operators(sit: Sit, practice: Practice) -> tuple[Person, Person]:
    """Olga and Oscar, operators."""
    both = sit("Olga", bsn=""), sit("Oscar", bsn="")
    for operator in both:
        is_at_work(operator, practice, role="operator")
    return both


def home(practice: Practice) -> str:
    """Give the address to which this portal sends people back: a page that is there."""
    return f"{practice.pages_address}/uitleg"


def proposes(olga: Person, practice: Practice) -> None:
    """Let an operator fill in the form, first with a mistake, of which nothing is lost."""
    olga.opens("/beheer/portalen")
    olga.clicks("Een portaal aanmelden")
    olga.fills("Client-id", CLIENT_ID)
    olga.fills("Sector", CLIENT_ID)
    olga.fills("Naam", NAME)
    olga.ticks("Mijn toeslagen")
    olga.fills("Adressen na het inloggen", "gemeente.example")
    olga.fills("Publieke sleutels", json.dumps({"keys": [KEY.as_dict(private=False)]}))
    olga.ticks("Vragen of iemand nu iets mag", "Handelingen melden")
    olga.fills("Waar hoort het wat er met machtigingen gebeurt?", home(practice))
    olga.fills("Welke handelingen mag het melden?", "aanvraag-gedaan=Aanvraag gedaan")
    olga.fills("Volgens welke wet mag het zoeken over wie machtigingen gaan?", LAW)
    olga.clicks("Voorstellen")
    olga.sees_error("Regel 1: vul een heel adres in dat begint met https://, zonder hekje, spatie of sterretje")
    olga.fills("Adressen na het inloggen", home(practice))
    olga.clicks("Voorstellen")
    olga.sees_heading(NAME)
    olga.sees("U stelde dit voor. Een collega van het beheer moet akkoord gaan.", KEY.thumbprint())


def finds(operator: Person) -> None:
    """Let an operator open the page about the portal."""
    operator.opens("/beheer/portalen")
    operator.clicks(NAME)


def question(practice: Practice) -> str:
    """Give where the portal sends somebody to log in."""
    challenge = base64.urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "client_id": CLIENT_ID,
        "redirect_uri": home(practice),
        "response_type": "code",
        "scope": f"openid urn:uuid:{MIJN_TOESLAGEN}",
        "state": "s" * 20,
        "nonce": "n" * 20,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{practice.pages_address}/openid/authorize?{urlencode(asked)}"


def logs_in(anna: Person, practice: Practice) -> str:
    """Let Anna log in at the portal for herself, and give the code that the portal gets."""
    anna.opens(question(practice))
    anna.comes_with_digid()
    anna.sees_heading(f"Inloggen bij {NAME}")
    anna.chooses("Voor mijzelf")
    anna.clicks(f"Inloggen bij {NAME}")
    return parse_qs(urlsplit(anna.page.url).query)["code"][0]


def exchanges(practice: Practice, code: str, *, audience: str = "") -> httpx2.Response:
    """Turn the code into tokens, as the portal does."""
    now, issuer = int(time.time()), practice.pages_address
    claims = {"iss": CLIENT_ID, "sub": CLIENT_ID, "aud": audience or issuer, "iat": now, "exp": now + 60}
    assertion = jwt.encode({"alg": "ES256", "kid": KEY.kid}, {**claims, "jti": secrets.token_urlsafe(24)}, KEY)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": home(practice),
        "code_verifier": VERIFIER,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
    }
    return httpx2.post(f"{issuer}/openid/token", data=form, trust_env=False)


def may_search(olga: Person, anna: Person, bram: Person) -> None:
    """Let an operator read what its machines may ask; and a client and a helper that it may look them up."""
    finds(olga)
    olga.clicks("Wat de computers van het portaal mogen vragen")
    olga.sees_heading("Wat de computers van het portaal mogen vragen")
    olga.sees(f"Dat mag het, volgens deze wet: {LAW}.", "Het hoort waarom.", "Geen enkele beslissing.")
    has_mandate(anna, bram)
    opens_mandate(anna, of=bram.name)
    anna.sees(f"{NAME} mag opzoeken wie uw helpers zijn en wat zij mogen. Dat mag volgens deze wet: {LAW}.")
    opens_mandate(bram, of=anna.name)
    bram.sees(f"{NAME} mag opzoeken welke mensen u helpt en waarmee. Dat mag volgens deze wet: {LAW}.")


def gets_a_secret(operator: Person) -> None:
    """Let an operator make the secret that signs what the portal hears, and see it once."""
    finds(operator)
    operator.sees("Gebeurtenissen en handelingen", "Aanvraag gedaan", "Nog geen. Zonder geheim gaat er niets heen.")
    operator.clicks("Nieuw geheim maken")
    operator.sees_heading("Een nieuw geheim voor de gebeurtenissen maken?")
    operator.clicks("Nieuw geheim maken")
    operator.sees_heading("Het geheim voor de gebeurtenissen")
    secret = operator.page.locator("main code").inner_text()
    assert secret.startswith("whsec_")
    operator.clicks("Verder gaan")
    operator.sees_heading(NAME)
    operator.sees("Gemaakt op")
    operator.does_not_see(secret)


def test_it_is_registered_used_changed_and_stopped(
    operators: tuple[Person, Person], anna: Person, bram: Person, practice: Practice
) -> None:
    olga, oscar = operators
    proposes(olga, practice)
    finds(oscar)
    oscar.clicks("Akkoord: laat dit portaal toe")
    oscar.sees("In gebruik")
    gets_a_secret(oscar)
    may_search(olga, anna, bram)
    code = logs_in(anna, practice)
    assert exchanges(practice, code, audience="https://elders.example").status_code == 401
    answer = exchanges(practice, code)
    assert answer.status_code == 200, answer.text
    finds(olga)
    olga.clicks("Wat is geweigerd")
    olga.sees("invalid_client", "De aud van de verklaring moet onze issuer zijn")
    olga.does_not_see(code)
    finds(olga)
    olga.clicks("Wat dit portaal krijgt")
    olga.sees("Wie achter het toetsenbord zit")
    olga.clicks("Een helper komt voor een cliënt")
    olga.sees("De machtiging waarop dit rust.", "Niet verstuurd: dit portaal is niet aangemeld om namen te krijgen.")
    finds(oscar)
    oscar.clicks("Dit portaal wijzigen")
    oscar.ticks("Het krijgt namen")
    oscar.clicks("Voorstellen")
    oscar.sees("Er is een wijziging voorgesteld", "Krijgt namen van mensen")
    finds(olga)
    olga.clicks("Akkoord: laat dit gelden")
    olga.sees("voorgesteld door Oscar", "Krijgt namen van mensen", "Ja")
    olga.clicks("Dit portaal stoppen")
    olga.sees_heading("Dit portaal stoppen?")
    olga.clicks("Ja, stop dit portaal")
    olga.sees("Gestopt")
    bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert httpx2.get(f"{practice.pages_address}/openid/userinfo", headers=bearer, trust_env=False).status_code == 401
    assert httpx2.get(question(practice), trust_env=False).status_code == 400
