"""What the decisions door says of itself: metadata, plain and signed (AuthZEN 1.0, 9), and OpenAPI."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet
from pytest_django import Settings

from namens.decisions import metadata
from namens.grants.addresses import issuer
from namens.grants.models import SigningKey
from namens.grants.signing import NoSigningKey
from namens.lib import clock
from tests.decisions.machine import Machine
from tests.openid.conftest import fields, made_keys
from tests.people import NOW

METADATA, DESCRIPTION = "/.well-known/authzen-configuration", "/access/v1/openapi.json"
pytestmark = pytest.mark.one_database


@pytest.fixture
def committed_keys(transactional_db: None) -> None:  # noqa: ARG001 - asked for its effect
    """Have our signing keys where other connections see them."""
    for key in made_keys():
        SigningKey.objects.get_or_create(kid=key.kid, defaults=fields(key))


@pytest.fixture
def door() -> Machine:
    """A door that nobody logs in at."""
    return Machine(portal=None)  # type: ignore[arg-type]  # no portal asks for what is open to all


@pytest.mark.usefixtures("committed_keys")
def test_it_names_each_address_by_the_names_of_the_norm(door: Machine) -> None:
    heard = door.send(METADATA, method="GET", kind="")
    assert (heard.status, heard.headers["content-type"]) == (200, "application/json")
    read = heard.json
    assert read.pop("signed_metadata")
    base = issuer()
    assert read == {
        "policy_decision_point": base,
        "access_evaluation_endpoint": f"{base}/access/v1/evaluation",
        "access_evaluations_endpoint": f"{base}/access/v1/evaluations",
        "search_subject_endpoint": f"{base}/access/v1/search/subject",
        "search_resource_endpoint": f"{base}/access/v1/search/resource",
        "search_action_endpoint": f"{base}/access/v1/search/action",
    }
    assert None not in read.values()


@pytest.mark.usefixtures("committed_keys")
def test_it_signs_what_it_says_with_a_published_key(door: Machine) -> None:
    read = door.send(METADATA, method="GET", kind="").json
    keys = KeySet.import_key_set(Client().get("/openid/jwks").json())
    claims = jwt.decode(read.pop("signed_metadata"), keys, algorithms=["RS256", "PS256", "ES256"]).claims
    assert claims.pop("iss") == issuer()
    assert claims.pop("iat") == int(NOW.timestamp())
    assert claims == read
    assert "signed_metadata" not in claims


@pytest.mark.usefixtures("committed_keys")
def test_it_can_be_kept_by_whoever_reads_it(door: Machine) -> None:
    for path in (METADATA, DESCRIPTION):
        heard = door.send(path, method="GET", kind="")
        assert heard.headers["cache-control"] == "public, max-age=300"
        assert heard.headers["access-control-allow-origin"] == "*"
        assert heard.headers["api-version"] == "1.0.0"
        head = door.send(path, method="HEAD", kind="")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-length"] == heard.headers["content-length"]
        assert door.send(path).status == 405


@pytest.mark.usefixtures("committed_keys")
def test_it_signs_once_in_some_minutes(door: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    first = door.send(METADATA, method="GET", kind="").body
    monkeypatch.setattr(metadata, "signed", broken)
    for minutes in (0, 1, 4.9):
        with clock.frozen(NOW + timedelta(minutes=minutes)):
            assert door.send(METADATA, method="GET", kind="").body == first
    monkeypatch.undo()
    with clock.frozen(NOW + timedelta(minutes=5)):
        assert door.send(METADATA, method="GET", kind="").body != first
    # A clock that was set back keeps nothing for longer.
    assert door.send(METADATA, method="GET", kind="").body == first


@pytest.mark.usefixtures("committed_keys")
def test_it_gives_the_last_signed_one_while_nothing_can_be_signed(
    door: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = door.send(METADATA, method="GET", kind="").body
    monkeypatch.setattr(metadata, "signed", broken)
    for hours in (1, 24):
        with clock.frozen(NOW + timedelta(hours=hours)):
            heard = door.send(METADATA, method="GET", kind="")
            assert (heard.status, heard.body) == (200, first)


@pytest.mark.usefixtures("transactional_db")
def test_it_gives_a_plain_one_where_nothing_was_ever_signed(door: Machine) -> None:
    heard = door.send(METADATA, method="GET", kind="")
    assert heard.status == 200
    assert "signed_metadata" not in heard.json
    assert heard.json["policy_decision_point"] == issuer()
    for key in made_keys():
        SigningKey.objects.get_or_create(kid=key.kid, defaults=fields(key))
    with clock.frozen(NOW + timedelta(seconds=10)):
        assert "signed_metadata" in door.send(METADATA, method="GET", kind="").json


@pytest.mark.usefixtures("committed_keys")
def test_it_names_the_address_where_portals_reach_it(door: Machine, settings: Settings) -> None:
    settings.DECISIONS = replace(settings.DECISIONS, url="https://beslissingen.example")
    read = door.send(METADATA, method="GET", kind="").json
    assert read["policy_decision_point"] == "https://beslissingen.example"
    assert read["search_action_endpoint"] == "https://beslissingen.example/access/v1/search/action"


def broken(**_: object) -> None:
    """Have no key."""
    raise NoSigningKey("RS256")
