"""What holds for every page."""

from dataclasses import replace
from pathlib import Path

import pytest

from mijn_toeslagen import figures, keys, settings
from mijn_toeslagen.__main__ import main
from mijn_toeslagen.app import create_app
from mijn_toeslagen.fields import read_account
from mijn_toeslagen.settings import Kind, Settings, WrongSetting
from mijn_toeslagen.tests.conftest import ANNA, Browser


def test_it_answers_that_it_is_well(browser: Browser) -> None:
    assert browser.get("/gezond").json == {"status": "ok"}


def test_it_offers_the_login_on_the_front_page(browser: Browser) -> None:
    assert "Inloggen met DigiD of eHerkenning" in browser.get("/").text


@pytest.mark.parametrize("path", ["/", "/overzicht", "/uitgelogd", "/nergens"])
def test_it_guards_every_page_with_headers(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_it_has_a_page_for_an_address_that_is_not_there(browser: Browser) -> None:
    answer = browser.get("/nergens")
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.text


def test_it_shows_no_stack_trace_when_its_files_are_gone(browser: Browser, settings: Settings) -> None:
    browser.log_in(ANNA)
    (settings.data / "administration.sqlite3").unlink()
    answer = browser.get("/overzicht")
    assert answer.status_code == 503
    assert answer.headers["X-Request-ID"] in answer.text
    assert "Traceback" not in answer.text


def test_it_shows_no_stack_trace_when_its_sessions_are_gone(browser: Browser, settings: Settings) -> None:
    browser.log_in(ANNA)
    (settings.data / "sessions.sqlite3").unlink()
    answer = browser.get("/overzicht")
    assert answer.status_code == 503
    assert "Er ging iets mis" in answer.text
    assert len(answer.headers["X-Request-ID"]) == 16
    assert answer.headers["X-Request-ID"] in answer.text


def test_it_is_a_portal_for_income_tax_with_other_settings(settings: Settings) -> None:
    app = create_app(replace(settings, kind=Kind.INCOME_TAX, name="Inkomstenbelasting"))
    assert "inkomstenbelasting" in app.test_client().get("/").text


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("person", ["pairwise-anna", "pairwise-bram"])
def test_it_makes_up_figures_that_can_be(kind: Kind, person: str) -> None:
    file = figures.first_file(person)
    assert read_account(file.account) == file.account
    assert figures.lines(file, kind=kind) == figures.lines(figures.first_file(person), kind=kind)
    assert len(figures.lines(file, kind=kind)) == 4
    assert all(line.amount >= 0 for line in figures.lines(file, kind=kind))


def test_it_makes_a_key_only_once(tmp_path: Path) -> None:
    private = tmp_path / "portal.pem"
    assert main(["keys", str(private)]) == 0
    assert private.stat().st_mode & 0o077 == 0
    assert "PRIVATE" not in private.with_suffix(".jwks.json").read_text(encoding="utf-8")
    assert main(["keys", str(private)]) == 1
    assert keys.load(private).as_dict(private=False)["kty"] == "RSA"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_ISSUER", ""),
        ("PORTAL_KEY", ""),
        ("PORTAL_SERVICE", "mijn-toeslagen"),
        ("PORTAL_PORT", "many"),
        ("PORTAL_KIND", "another"),
        ("PORTAL_BASE_URL", "localhost"),
    ],
)
def test_it_names_the_setting_that_is_wrong(name: str, value: str) -> None:
    good = {
        "PORTAL_ISSUER": "http://localhost:8000",
        "PORTAL_CLIENT_ID": "portal",
        "PORTAL_KEY": "portal.pem",
        "PORTAL_SERVICE": "6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01",
        "PORTAL_SERVICE_KEY": "mijn-toeslagen",
        "PORTAL_DATA": "data",
    }
    assert settings.from_environment(good).port == 8003
    with pytest.raises(WrongSetting):
        settings.from_environment(good | {name: value})
