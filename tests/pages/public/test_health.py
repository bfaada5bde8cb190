"""Whether the program can do its work."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client


def test_it_is_well_when_the_database_answers(db: None) -> None:  # noqa: ARG001 - asked for its effect
    response = Client().get("/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_it_says_so_when_the_database_does_not(db: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - asked for its effect
    def gone() -> None:
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        response = Client().get("/health")
    assert (response.status_code, response.json()) == (503, {"status": "no-database"})
