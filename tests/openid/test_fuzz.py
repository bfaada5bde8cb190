"""Odd requests to every address of the door: none breaks anything, or sends a browser away, or comes back in a page."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from namens.openid.urls import urlpatterns
from namens.parties.models import Party
from tests.openid.fuzzing import MARK, Sent, good_ones, requests
from tests.openid.relying import Answer, RelyingParty

HERE, PORTAL = {"", "localhost:8000"}, "mijn-overheid.example"
MACHINES = ("/openid/par", "/openid/token", "/openid/introspect", "/openid/revoke", "/openid/userinfo", "/openid/jwks")
WORDS_OF_A_BREAK = ("Traceback", "django.", "namens/", "psycopg", "sqlite3", "SECRET_KEY")
IN_THE_GATE = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LONG = settings(IN_THE_GATE, max_examples=3_000, derandomize=False, phases=[Phase.generate, Phase.shrink])


def look_at(sent: Sent, answer: Answer) -> None:
    """Fail on whatever an answer to an odd request may not have."""
    text = b"" if answer.streaming else answer.content
    written = text.decode(errors="replace")
    assert answer.status_code < 500
    assert not [word for word in WORDS_OF_A_BREAK if word in written]
    assert MARK not in written or sent.path.startswith(("/openid/choose", "/openid/logout", "/signin"))
    assert "<script>alert(1)" not in written
    assert "\n" not in str(answer.headers.get("Location", ""))
    assert urlsplit(answer.headers.get("Location", "")).netloc in {*HERE, PORTAL}
    if sent.path.startswith(MACHINES) and text and answer.status_code != 405:
        assert answer["Content-Type"].startswith("application/json")


def fuzz(data: st.DataObject, portal: RelyingParty, person: Party) -> None:
    """Send one odd request, with and without a session."""
    if not hasattr(portal, "good"):
        portal.__dict__["good"] = good_ones(portal, person)
    sent = data.draw(requests(portal.__dict__["good"]))
    for browser in (portal.browser, Client()):
        look_at(sent, sent.by(browser))


@IN_THE_GATE
@given(data=st.data())
def test_it_survives_odd_requests(portal: RelyingParty, bram: Party, data: st.DataObject) -> None:
    fuzz(data, portal, bram)


@pytest.mark.slow
@LONG
@given(data=st.data())
def test_it_survives_many_odd_requests(portal: RelyingParty, bram: Party, data: st.DataObject) -> None:
    fuzz(data, portal, bram)


def test_it_tries_every_address_of_the_door(portal: RelyingParty, bram: Party) -> None:
    tried = {path.strip("/").split("/")[0:2][-1] for path in good_ones(portal, bram)}
    names = {str(pattern.pattern).strip("/").split("/")[0:2][-1] for pattern in urlpatterns}
    assert names <= tried
    assert len(good_ones(portal, bram)) >= len(urlpatterns)
