"""The portal by the profile `fapi`: every request brings a proof, and what it signs is PS256."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from mijn_toeslagen import keys
from mijn_toeslagen.app import create_app
from mijn_toeslagen.settings import Kind, Profile, Settings
from mijn_toeslagen.tests.conftest import ANNA, BRAM, Browser, Watch
from mijn_toeslagen.tests.provider import Provider, new_key
from mijn_toeslagen.tests.test_changes import change_income


@pytest.fixture(scope="session")
def private_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal's key for the other algorithm."""
    path = tmp_path_factory.mktemp("strict") / "portal.pem"
    keys.make(path, algorithm="PS256")
    return path


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The same settings, for the other profile."""
    return replace(settings, profile=Profile.FAPI, kind=Kind.PENSION)


@pytest.fixture
def app(settings: Settings, watch: Watch, provider: Provider) -> Flask:
    """The portal, at a provider that wants a proof with a nonce."""
    provider.nonce, provider.key = "the-first-nonce", new_key("PS256")
    return create_app(settings, clock=watch)


def test_it_logs_in_with_a_proof_and_the_nonce_that_is_asked(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    assert "AOW van Anna de Vries" in browser.get("/overzicht").text
    assert [proof["nonce"] for proof in provider.proofs] == ["the-first-nonce"] * 2


def test_it_follows_when_the_nonce_changes(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    provider.nonce = "the-second-nonce"
    assert "Het inkomen is gewijzigd" in change_income(browser)
    assert provider.proofs[-1]["nonce"] == "the-second-nonce"
    assert provider.proofs[-1]["ath"]


def test_it_makes_each_proof_once(browser: Browser, provider: Provider) -> None:
    browser.log_in(ANNA)
    assert len({proof["jti"] for proof in provider.proofs}) == len(provider.proofs)


@pytest.mark.usefixtures("app")
def test_it_keeps_the_key_that_tokens_are_bound_to(settings: Settings, watch: Watch) -> None:
    first = (settings.data / "proof.pem").read_bytes()
    create_app(settings, clock=watch)
    assert (settings.data / "proof.pem").read_bytes() == first
    assert (settings.data / "proof.pem").stat().st_mode & 0o077 == 0


def test_it_signs_with_the_algorithm_of_the_profile(settings: Settings, tmp_path: Path) -> None:
    assert settings.algorithm == "PS256"
    assert '"PS256"' in keys.make(tmp_path / "strict.pem", algorithm="PS256").read_text(encoding="utf-8")


def test_it_hears_of_a_stop_by_the_algorithm_of_the_profile_only(browser: Browser, provider: Provider) -> None:
    browser.log_in(BRAM, for_client=ANNA)
    strict, provider.key = provider.key, new_key("RS256")
    assert browser.client.post("/uitloggen/melding", data={"logout_token": provider.logout_token()}).status_code == 400
    provider.key = strict
    assert browser.client.post("/uitloggen/melding", data={"logout_token": provider.logout_token()}).status_code == 200
    assert "uitgelogd" in browser.get("/overzicht").text
