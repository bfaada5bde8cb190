"""The attacks of RFC 9700 (OAuth 2.0 Security Best Current Practice) on the browser, each by its section."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from namens import openid
from namens.grants.models import AuthorizationCode, AuthorizationRequest
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.parties.models import Party
from tests.openid.relying import STATE, Answer, Changes, RelyingParty, answer_in, registered, terms_of
from tests.people import NOW, active

pytestmark = pytest.mark.one_database

SCRIPTS = Path(__file__).parents[2] / "assets" / "src"
ISSUER = "http://localhost:8000"
AFTER = "https://mijn-overheid.example/uitgelogd"
OTHERS = [
    "http://mijn-overheid.example/inloggen/terug?taal=nl",
    "HTTPS://mijn-overheid.example/inloggen/terug?taal=nl",
    "https://MIJN-overheid.example/inloggen/terug?taal=nl",
    "https://mijn-overheid.example:443/inloggen/terug?taal=nl",
    "https://mijn-overheid.example./inloggen/terug?taal=nl",
    "https://mijn-overheid.example/inloggen/terug/?taal=nl",
    "https://mijn-overheid.example/inloggen/../inloggen/terug?taal=nl",
    "https://mijn-overheid.example/inloggen/terug%3Ftaal=nl",
    "https://mijn-overheid.example/inloggen/terug?taal=nl#",
    "https://mijn-overheid.example/inloggen/terug?taal=nl&",
    "https://mijn-overheid.example/inloggen/terug?taal=nl ",
    "https://mijn-overheid.example/inloggen/terug?taal=en",
    "https://mijn-overheid.example@attacker.example/inloggen/terug?taal=nl",
    "https://attacker.example\\@mijn-overheid.example/inloggen/terug?taal=nl",
    "https://mijn-overheid.example.attacker.example/inloggen/terug?taal=nl",
    "https://attacker.example/#https://mijn-overheid.example/inloggen/terug?taal=nl",
    "https://mijn\N{HYPHEN}overheid.example/inloggen/terug?taal=nl",
    "//mijn-overheid.example/inloggen/terug?taal=nl",
    "javascript:alert(1)//mijn-overheid.example",
    "https://ander.example/inloggen/terug?taal=nl",
    "https://mijn-overheid.example",
    "https://*.example/inloggen/terug?taal=nl",
    "urn:ietf:wg:oauth:2.0:oob",
    "http://127.0.0.1/inloggen/terug",
]


def pages_of(portal: RelyingParty, person: Party) -> Iterator[tuple[str, Answer]]:
    """Give every page of the door that a browser can come to, by name."""
    browser = portal.browser
    yield "no portal", browser.get("/openid/authorize")
    address = portal.ask()
    portal.log_in(person)
    yield "choose", browser.get(address)
    yield "missing", browser.get(f"{address}/missing")
    yield "no answer", browser.post(address, {"person": ""})
    portal.choose(address, None)
    yield "spent", browser.get(address)
    yield "spent, and broken off", browser.get(f"{address}/abandoned")
    yield "once more", Client().post(portal.ask(), {"person": "self"})
    yield "log out?", browser.get("/openid/logout")
    yield "logged out", browser.get("/openid/logout/gone")
    yield "no ticket", browser.get("/openid/logout/done")
    yield "unknown question", browser.get("/openid/choose/01a20bbb-f7aa-7000-8000-000000000000")
    yield "wrong method", browser.put("/openid/authorize")
    yield "forged form", Client(enforce_csrf_checks=True).post(address, {"person": "self"})


def redirects_of(portal: RelyingParty, person: Party) -> Iterator[tuple[str, Answer]]:
    """Give every redirect of the door, by name."""
    browser = portal.browser
    yield "authorize", browser.post("/openid/authorize", portal.question())
    yield "wrong question", browser.post("/openid/authorize", portal.question(scope=None))
    yield "broken off", browser.get(f"{portal.ask()}/abandoned")
    address = portal.ask()
    yield "not logged in", Client().get(address)
    portal.log_in(person)
    yield "cancelled", browser.post(address, {"cancel": "1"})
    address = portal.ask(acr_values=AssuranceLevel.HIGH.uri)
    portal.log_in(person)
    yield "too low", browser.post(address, {"person": "self"})
    address = portal.ask()
    portal.log_in(person)
    yield "code", portal.choose(address, None)
    hint = portal.tokens(person)["id_token"]
    leaving = browser.post("/openid/logout", {"id_token_hint": hint, "post_logout_redirect_uri": AFTER})
    yield "logout", leaving
    yield "logged out", browser.get(leaving["Location"])
    yield "logout by yes", browser.post("/openid/logout/confirm", {})


# 4.1 Insufficient redirection URI validation


def test_it_sends_no_code_to_an_address_that_only_looks_registered(portal: RelyingParty) -> None:
    registered(terms_of("ander"))
    answers = {address: portal.authorize(redirect_uri=address) for address in OTHERS}
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(OTHERS, 400)
    assert not [address for address, answer in answers.items() if "Location" in answer]
    assert not AuthorizationRequest.objects.exists()


def test_it_changes_no_code_for_another_address(portal: RelyingParty, bram: Party) -> None:
    code = portal.code(bram)
    errors = {address: portal.exchange(code, redirect_uri=address).json()["error"] for address in OTHERS}
    assert errors == dict.fromkeys(OTHERS, "invalid_grant")
    assert portal.exchange(code).status_code == 200


def test_it_puts_no_answer_after_a_hash(portal: RelyingParty, bram: Party) -> None:
    assert not [name for name, response in redirects_of(portal, bram) if "#" in response["Location"]]


# 4.2 Credential leakage via referer headers


def test_it_lets_no_page_tell_another_site_where_it_was(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    told = {name: page.headers.get("Referrer-Policy") for name, page in pages_of(portal, bram)}
    assert set(told.values()) == {"same-origin"}, told


def test_it_lets_no_page_fetch_anything_from_elsewhere(portal: RelyingParty, bram: Party) -> None:
    rules = {name: page["Content-Security-Policy"] for name, page in pages_of(portal, bram)}
    assert all("default-src 'none'" in rule and "img-src 'self' data:" in rule for rule in rules.values()), rules


def test_it_puts_no_code_and_no_state_on_a_page(portal: RelyingParty, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(bram)
    code = answer_in(portal.choose(address, None))["code"]
    pages = [page.content.decode() for page in (portal.browser.get(address), portal.choose(address, bram))]
    assert not [secret for secret in (code, STATE) for page in pages if secret in page]


# 4.3 Credential leakage via browser history


def test_it_lets_no_browser_keep_a_page_or_a_redirect(portal: RelyingParty, bram: Party) -> None:
    answers = {**dict(pages_of(portal, bram)), **dict(redirects_of(portal, bram))}
    kept = {name: answer.headers.get("Cache-Control") for name, answer in answers.items()}
    assert {name for name, how in kept.items() if how != "no-store"} <= {"forged form"}, kept


def test_it_takes_no_code_out_of_the_history(portal: RelyingParty, bram: Party) -> None:
    used, late = portal.code(bram), portal.code(bram)
    portal.exchange(used)
    assert portal.exchange(used).json()["error"] == "invalid_grant"
    with clock.frozen(NOW + timedelta(seconds=60)):
        assert portal.exchange(late).json()["error"] == "invalid_grant"


def test_it_puts_no_token_in_an_address(portal: RelyingParty, bram: Party) -> None:
    tokens = portal.tokens(bram)
    asked = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": AFTER}
    first = portal.browser.post("/openid/logout", asked)["Location"]
    second = portal.browser.get(first)["Location"]
    assert not [token for token in tokens.values() for place in (first, second) if str(token) in place]


# 4.4 Mix-up attacks


def test_it_names_itself_in_every_answer_to_a_portal(portal: RelyingParty, bram: Party) -> None:
    answers = {name: answer_in(response) for name, response in redirects_of(portal, bram)}
    to_portal = {name: answer for name, answer in answers.items() if "error" in answer or "code" in answer}
    assert len(to_portal) == 5, to_portal
    assert {answer["iss"] for answer in to_portal.values()} == {ISSUER}
    assert Client().get("/.well-known/openid-configuration").json()["issuer"] == ISSUER


# 4.7 Cross-site request forgery


def test_it_takes_no_choice_from_another_site(portal: RelyingParty, bram: Party) -> None:
    portal.browser = Client(enforce_csrf_checks=True)
    address = portal.ask()
    portal.log_in(bram)
    for form in ({"person": "self"}, {"cancel": "1"}, {"words": "x"}):
        assert portal.browser.post(address, form).status_code == 403
    assert AuthorizationRequest.objects.get().used_at is None


def test_it_logs_nobody_out_at_the_wish_of_another_site(portal: RelyingParty, bram: Party, dirk: Party) -> None:
    hint = portal.tokens(dirk)["id_token"]
    portal.browser = Client(enforce_csrf_checks=True)
    portal.log_in(bram)
    assert portal.browser.post("/openid/logout/confirm").status_code == 403
    for asked in ({}, {"client_id": "mijn-overheid"}, {"id_token_hint": hint}):
        response = portal.browser.post("/openid/logout", asked)
        if response.status_code == 303:
            portal.browser.get(response["Location"])
    assert str(bram.id) in portal.browser.session.values()


def test_it_takes_no_login_that_was_made_for_another_question(portal: RelyingParty, bram: Party) -> None:
    first = portal.ask()
    portal.log_in(bram)
    second = portal.ask()
    for made_for in (first, "/", "", f"{second}/missing"):
        portal.log_in(bram, made_for=made_for)
        assert portal.browser.get(second)["Location"].startswith("/signin/")
        assert portal.choose(second, None).status_code == 403
    assert not AuthorizationCode.objects.exists()


def test_it_takes_no_login_of_another_browser(portal: RelyingParty, dirk: Party, bram: Party) -> None:
    address = portal.ask()
    portal.log_in(dirk)
    victim = Client()
    assert victim.get(address)["Location"].startswith("/signin/")
    portal.asked_at, portal.browser = "/", victim
    portal.log_in(bram)
    assert victim.get(address)["Location"].startswith("/signin/")


# 4.11 Open redirection


@pytest.mark.parametrize("changes", [{"prompt": "none"}, {"scope": "x"}, {"response_type": "x"}, {"max_age": "x"}])
def test_it_carries_nobody_to_an_attacker_with_an_error(portal: RelyingParty, changes: dict[str, Changes]) -> None:
    response = portal.authorize(**{**changes, "redirect_uri": "https://attacker.example/"})
    assert (response.status_code, "Location" in response) == (400, False)


@pytest.mark.parametrize("place", ["https://attacker.example/", "//attacker.example", "/\\attacker.example", "\t//x.y"])
def test_it_carries_nobody_to_an_attacker_after_a_login(portal: RelyingParty, bram: Party, place: str) -> None:
    portal.asked_at = place
    portal.log_in(bram)
    asks = portal.browser.get("/signin/which", {"next": place})
    assert "attacker" not in asks.headers.get("Location", "") + asks.content.decode()
    done = portal.browser.get("/openid/logout/done", {"ticket": place, "post_logout_redirect_uri": place})
    assert (done.status_code, "Location" in done) == (400, False)


# 4.12 307 redirect


def test_it_lets_no_browser_send_a_form_on(portal: RelyingParty, bram: Party) -> None:
    statuses = {name: response.status_code for name, response in redirects_of(portal, bram)}
    assert set(statuses.values()) == {303}, statuses


def test_it_knows_one_way_to_redirect() -> None:
    folder = Path(openid.__file__).parent
    others = {"redirect", "HttpResponseRedirect", "HttpResponsePermanentRedirect", "HttpResponseRedirectBase"}
    named = {
        (path.name, node.id)
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id in others
    }
    assert named == {("answers.py", "HttpResponseRedirect")}


# 4.16 Clickjacking


def test_it_lets_no_site_frame_a_page(portal: RelyingParty, anna: Party, bram: Party) -> None:
    active(anna, bram)
    for name, page in pages_of(portal, bram):
        assert page.headers.get("X-Frame-Options") == "DENY", name
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"], name


# 4.17 Attacks on in-browser communication flows


def test_it_answers_in_no_other_mode(portal: RelyingParty) -> None:
    for mode in ("web_message", "form_post", "fragment", "jwt", "query.jwt", "QUERY"):
        response = portal.authorize(response_mode=mode)
        assert (response.status_code, "Location" in response) == (400, False)
    assert not AuthorizationRequest.objects.exists()


def test_it_speaks_to_no_other_window(portal: RelyingParty, bram: Party) -> None:
    pages = [page.content.decode() for _, page in pages_of(portal, bram)]
    scripts = [path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")]
    assert scripts
    # Tabs of ours tell each other that the session goes on; that reaches no other site.
    said = [line for text in (*pages, *scripts) for line in text.splitlines() if "postMessage" in line]
    assert [line.strip().removesuffix(";") for line in said] == [
        'tabs.postMessage("extended")',
        'tabs.postMessage("loaded")',
    ]
    assert not [text for text in (*pages, *scripts) if "window.opener" in text or "window.parent" in text]
