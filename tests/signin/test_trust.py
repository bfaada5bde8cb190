"""What an ID token must say before it is believed (OpenID Connect Core 3.1.3.7)."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from joserfc.jwk import OctKey

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from tests.people import NOW
from tests.signin.lying import Claims, LyingBroker, key
from tests.signin.walking import Person, asked, callback_url

pytestmark = pytest.mark.usefixtures("anna", "register")
AT = int(NOW.timestamp())


def log_in(visitor: Person, liar: LyingBroker, **changes: str) -> HttpResponse:
    """Go to the broker and back, all at one moment."""
    with clock.frozen(NOW):
        return visitor.log_in_through(liar, **changes)


def reason(response: HttpResponse) -> str:
    assert response.status_code in {403, 503}
    return JournalEntry.objects.get(event=Event.SIGN_IN_REFUSED).result


def test_it_believes_an_honest_broker(visitor: Person, liar: LyingBroker) -> None:
    assert log_in(visitor, liar).status_code == 302
    assert visitor.browser.session["auth_time"] == NOW.isoformat()


def test_it_sends_the_verifier_and_its_secret(visitor: Person, liar: LyingBroker) -> None:
    log_in(visitor, liar)
    sent = liar.exchanged[0]
    assert (sent["grant_type"], sent["code"]) == ("authorization_code", "the code")
    assert len(sent["code_verifier"]) >= 43
    assert sent["redirect_uri"].endswith(callback_url())


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": None},
        {"aud": ["namens", "another"], "azp": "another"},
        {"exp": AT - 61},
        {"exp": None},
        {"exp": "tomorrow"},
        {"nbf": AT + 61},
        {"iat": None},
        {"iat": AT + 3600},
        {"sub": None},
        {"nonce": "another"},
        {"nonce": None},
        {"bsn": None},
        {"bsn": "999990018"},
        {"bsn": 999990019.0},
        {"bsn": ["999990019"]},
    ],
    ids=str,
)
def test_it_does_not_trust_a_token_that(visitor: Person, liar: LyingBroker, claims: Claims) -> None:
    liar.claims = claims
    assert reason(log_in(visitor, liar)) == "not-trusted"
    assert "party" not in visitor.browser.session


def test_it_refuses_a_signature_of_another_key(visitor: Person, liar: LyingBroker) -> None:
    liar.signed_with = key(1)
    assert reason(log_in(visitor, liar)) == "not-trusted"


def test_it_asks_for_the_keys_again_when_the_broker_has_a_new_one(visitor: Person, liar: LyingBroker) -> None:
    log_in(visitor, liar)
    liar.signed_with = liar.published = key(2)
    assert log_in(visitor, liar).status_code == 302


def test_it_refuses_a_signature_made_with_the_shared_secret(visitor: Person, liar: LyingBroker) -> None:
    liar.signed_with = OctKey.import_key("rehearsal-secret-that-is-long-enough", {"kid": key().kid or ""})
    liar.algorithm = "HS256"
    assert reason(log_in(visitor, liar)) == "not-trusted"


def test_it_refuses_a_token_without_signature(visitor: Person, liar: LyingBroker) -> None:
    token = b"eyJhbGciOiJub25lIn0.eyJic24iOiI5OTk5OTAwMTkifQ."
    liar.raw["/token"] = (200, b'{"access_token": "x", "token_type": "Bearer", "id_token": "%s"}' % token)
    assert reason(log_in(visitor, liar)) == "not-trusted"


@pytest.mark.parametrize("seconds", [-61, -3600, 61, 10**18, -(10**18)])
def test_it_refuses_a_login_of_another_time(visitor: Person, liar: LyingBroker, seconds: int) -> None:
    liar.claims = {"auth_time": AT + seconds}
    assert reason(log_in(visitor, liar)) == "stale"


@pytest.mark.parametrize("auth_time", [None, "now", True, [], {}], ids=str)
def test_it_refuses_a_login_of_which_the_time_is_not_known(
    visitor: Person, liar: LyingBroker, auth_time: object
) -> None:
    liar.claims = {"auth_time": auth_time}
    assert reason(log_in(visitor, liar)) == "stale"


@pytest.mark.parametrize("seconds", [-59, 0, 59])
def test_it_forgives_a_clock_that_is_a_minute_off(visitor: Person, liar: LyingBroker, seconds: int) -> None:
    liar.claims = {"auth_time": AT + seconds}
    assert log_in(visitor, liar).status_code == 302
    assert visitor.browser.session["auth_time"] == NOW.isoformat()


def test_it_refuses_a_login_from_before_this_one_began(visitor: Person, liar: LyingBroker) -> None:
    with clock.frozen(NOW):
        question = asked(visitor.leave_for_broker())
    liar.nonce, liar.claims = question["nonce"], {"auth_time": AT - 120}
    with clock.frozen(NOW + timedelta(minutes=5)):
        answer = {"state": question["state"], "code": "the code"}
        assert reason(visitor.get(callback_url(), answer)) == "stale"


@pytest.mark.parametrize("acr", [None, "", "unknown", 3, ["midden"]], ids=str)
def test_it_counts_a_level_that_is_missing_as_none(visitor: Person, liar: LyingBroker, acr: object) -> None:
    liar.claims = {"acr": acr}
    assert reason(log_in(visitor, liar)) == "no-level"


def test_it_refuses_the_answer_of_another_issuer(visitor: Person, liar: LyingBroker) -> None:
    assert reason(log_in(visitor, liar, iss="https://evil.example")) == "not-trusted"
    assert liar.exchanged == []


def test_it_misses_the_issuer_of_a_broker_that_always_names_itself(visitor: Person, liar: LyingBroker) -> None:
    liar.metadata = {"authorization_response_iss_parameter_supported": True}
    assert reason(log_in(visitor, liar)) == "not-trusted"
    assert log_in(visitor, liar, iss=liar.issuer).status_code == 302


def test_it_does_not_trust_a_code_that_the_broker_refuses(visitor: Person, liar: LyingBroker) -> None:
    liar.raw["/token"] = (400, b'{"error": "invalid_grant"}')
    assert reason(log_in(visitor, liar)) == "not-trusted"
