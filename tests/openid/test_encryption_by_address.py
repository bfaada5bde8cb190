"""A portal whose key to encrypt with stands at an address: fetched at need, also where nothing is signed with it."""

from datetime import timedelta

import pytest

from namens.grants.models import FetchedKeys
from namens.lib import clock
from namens.parties.models import Party
from tests.grants.test_fetch_keys import Site, site
from tests.openid.relying import Claims, RelyingParty, header_of, key
from tests.openid.sealed import encryption_key, opened, sealing
from tests.people import NOW

__all__ = ["site"]

pytestmark = pytest.mark.usefixtures("catalogue", "signing_keys")
SIGNS: Claims = {**key("EC").as_dict(private=False), "use": "sig"}


@pytest.fixture
def far(site: Site) -> RelyingParty:
    """A portal that registered the address of its keys."""
    site.publish(SIGNS, encryption_key("RSA-OAEP"))
    return sealing("ver-weg", jwks_uri=site.address)


def test_it_encrypts_with_a_key_that_it_fetched(far: RelyingParty, bram: Party, site: Site) -> None:
    tokens = far.tokens(bram)
    assert opened(tokens["id_token"])["aud"] == "ver-weg"
    assert far.userinfo(tokens["access_token"]).status_code == 200
    assert len(site.paths) == 1


def test_it_fetches_for_userinfo_when_an_hour_has_gone(far: RelyingParty, bram: Party, site: Site) -> None:
    token = far.tokens(bram)["access_token"]
    FetchedKeys.objects.update(fetched_at=NOW - timedelta(hours=1), tried_at=NOW - timedelta(hours=1))
    site.publish(SIGNS, {**encryption_key("RSA-OAEP"), "kid": "another"})
    answer = far.userinfo(token)
    assert header_of(answer.content.decode())["kid"] == "another"


def test_it_fetches_when_no_key_fits(far: RelyingParty, bram: Party, site: Site) -> None:
    site.publish(SIGNS)
    code = far.code(bram)
    assert far.exchange(code).json()["error_description"] == "this portal has no key to encrypt with"
    site.publish(SIGNS, encryption_key("RSA-OAEP"))
    with clock.frozen(NOW + timedelta(seconds=59)):
        assert far.exchange(code).status_code == 400
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert opened(far.tokens(bram)["id_token"])["aud"] == "ver-weg"


def test_it_gives_nothing_when_the_keys_are_gone(far: RelyingParty, bram: Party, site: Site) -> None:
    token = far.tokens(bram)["access_token"]
    FetchedKeys.objects.update(fetched_at=NOW - timedelta(hours=24), tried_at=NOW - timedelta(hours=1))
    site.status = 500
    answer = far.userinfo(token)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
