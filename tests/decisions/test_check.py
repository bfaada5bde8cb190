"""What stops a start whose decisions door would be read from, or reached at, the wrong place."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from namens.decisions.checks import address_is_plain
from namens.decisions.config import DecisionSettings
from namens.lib import env

pytestmark = pytest.mark.one_database

SQLITE, POSTGRESQL = "sqlite:////var/lib/namens/namens.sqlite3", "postgresql://namens:secret@db.example:5432/namens"
SOCKET = "postgresql://namens@/namens?host=/run/postgresql"
NAME = "NAMENS_DECISIONS_DATABASE_URLS"


@pytest.fixture
def production(settings: Settings) -> Settings:
    settings.IS_PRACTICE = False
    return settings


def found(settings: Settings, url: str) -> list[str | None]:
    settings.DECISIONS = replace(settings.DECISIONS, url=url)
    return [error.id for error in address_is_plain()]


def databases(monkeypatch: pytest.MonkeyPatch, named: str, *, own: str) -> tuple[str, ...]:
    monkeypatch.setenv("NAMENS_DATABASE_URL", own)
    monkeypatch.setenv(NAME, named)
    return DecisionSettings.read(folder=Path("/nowhere")).database_urls


@pytest.mark.parametrize("url", ["", "https://beslissen.example.nl", "https://beslissen.example.nl:8443"])
def test_it_starts_with_an_address_that_is_plain(production: Settings, url: str) -> None:
    assert found(production, url) == []


def test_it_lets_portals_ask_in_the_clear_in_practice_only(settings: Settings) -> None:
    settings.IS_PRACTICE = True
    assert found(settings, "http://localhost:8001") == []
    settings.IS_PRACTICE = False
    assert found(settings, "http://localhost:8001") == ["namens.E040"]


@pytest.mark.parametrize("more", ["/access/v1", "/x", "?a=b", "#a"])
def test_it_does_not_start_with_more_than_a_host(production: Settings, more: str) -> None:
    assert found(production, f"https://beslissen.example.nl{more}") == ["namens.E041"]


def test_it_does_not_start_with_a_name_and_a_secret_in_the_address(production: Settings) -> None:
    assert found(production, "https://namens:secret@beslissen.example.nl") == ["namens.E041"]


@pytest.mark.parametrize("own", [SQLITE, POSTGRESQL])
def test_it_reads_from_the_database_of_everything_else(monkeypatch: pytest.MonkeyPatch, own: str) -> None:
    assert databases(monkeypatch, "", own=own) == (own,)


def test_it_reads_from_every_server_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert databases(monkeypatch, f"{POSTGRESQL}, {SOCKET}", own=POSTGRESQL) == (POSTGRESQL, SOCKET)


@pytest.mark.parametrize(
    "wrong",
    [
        SQLITE,
        f"{POSTGRESQL},{SQLITE}",
        "mysql://db.example/namens",
        "db.example",
        "postgresql://db.example",
        "postgresql:///namens",
        "postgresql://db.example:port/namens",
        "postgresql://[db.example/namens",
    ],
)
def test_it_reads_from_nothing_that_is_no_postgresql(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    with pytest.raises(env.WrongVariable, match=NAME) as refused:
        databases(monkeypatch, wrong, own=POSTGRESQL)
    assert wrong not in str(refused.value)


def test_it_names_no_servers_beside_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(env.WrongVariable, match=NAME):
        databases(monkeypatch, POSTGRESQL, own=SQLITE)


@pytest.mark.parametrize("wrong", ["beslissen.example.nl", "ftp://beslissen.example.nl", "https://"])
def test_it_takes_no_address_that_is_none(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("NAMENS_DATABASE_URL", SQLITE)
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.setenv("NAMENS_DECISIONS_URL", wrong)
    with pytest.raises(env.WrongVariable, match="NAMENS_DECISIONS_URL"):
        DecisionSettings.read(folder=Path("/nowhere"))
