"""The list of replicas as PostgreSQL reads it, and which names can stand there."""

import dataclasses
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connection
from pytest_django import Settings

from namens.decisions.config import DecisionSettings
from namens.lib import env, variables
from namens.replicas import listing
from namens.replicas.checks import replicas_can_be_kept

NAMES = ("r1", "r2", "amsterdam-3")


@pytest.mark.parametrize("names", [[], ["r1"], ["r1", "amsterdam-3"], list(NAMES)], ids=len)
def test_it_reads_what_it_wrote(names: list[str]) -> None:
    assert listing.read(listing.write(names), names=NAMES) == frozenset(names)


def test_it_waits_for_all_of_them() -> None:
    assert listing.write(["r1", "r2"]) == 'FIRST 2 ("r1", "r2")'
    assert listing.write([]) == ""


def test_it_reads_what_an_administrator_wrote() -> None:
    assert listing.read("ANY 1 (R1, \"other\", 'r2')", names=NAMES) == {"r1", "r2"}
    assert listing.read("*", names=NAMES) == frozenset()


@pytest.mark.parametrize("text", ["*", "", "R1", "r 1", 'r"1', "r'1", "1r", "any", "first", "r;1", "é", "r" * 64])
def test_it_takes_no_other_names(text: str) -> None:
    assert not listing.is_name(text)


@pytest.mark.parametrize("text", ["r1,*", "r1,r1", "R1", "a b"])
def test_it_refuses_to_start_with_such_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    monkeypatch.setenv("NAMENS_REPLICAS", text)
    with pytest.raises(env.WrongVariable, match="NAMENS_REPLICAS"):
        DecisionSettings.read(folder=tmp_path)


def test_it_costs_nothing_without_replicas() -> None:
    """No name, no driver of ours: a commit is Django's."""
    url = "postgresql://namens@localhost/namens"
    assert variables.database(url)["ENGINE"] == "django.db.backends.postgresql"
    assert variables.database(url, has_replicas=True)["ENGINE"] == "namens.replicas"
    assert variables.database("sqlite:////tmp/x", has_replicas=True)["ENGINE"] == "django.db.backends.sqlite3"


@pytest.mark.django_db
def test_it_starts_without_the_rights_that_only_a_worker_needs(settings: Settings) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("rights are PostgreSQL's")
    settings.DECISIONS = dataclasses.replace(settings.DECISIONS, replicas=("r1",))
    assert "namens.W053" not in {message.id for message in replicas_can_be_kept()}
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE only_pages")
        cursor.execute("SET LOCAL ROLE only_pages")
    told = replicas_can_be_kept()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert "namens.W053" in {message.id for message in told}
    assert not [message.id for message in told if message.is_serious()]


@pytest.mark.django_db
def test_it_tells_what_the_database_cannot_do(settings: Settings) -> None:
    assert not [one for one in run_checks() if "replica" in one.msg or "synchronous" in one.msg]
    settings.DECISIONS = dataclasses.replace(settings.DECISIONS, replicas=("r1",))
    told = {message.id for message in run_checks()}
    assert ("namens.E050" in told) == (connection.vendor == "sqlite")
    assert ("namens.W054" in told) == (connection.vendor == "postgresql")
