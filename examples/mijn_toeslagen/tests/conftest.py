"""The portal with a provider of our own behind it, and the people: Anna is helped, Bram helps, Dirk is nobody here."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mijn_toeslagen import keys
from mijn_toeslagen.app import create_app
from mijn_toeslagen.settings import Kind, Profile, Settings
from mijn_toeslagen.tests.provider import CLIENT, Provider

ANNA = {"sub": "pairwise-anna", "name": "Anna de Vries"}
BRAM = {"sub": "pairwise-bram", "name": "Bram Bakker"}
DIRK = {"sub": "pairwise-dirk", "name": "Dirk Smit"}
ACCOUNT = "rekeningnummer-wijzigen"


@dataclass
class Watch:
    """A clock that the test can put forward."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC) + self.ahead


@dataclass
class Browser:
    """A person with a browser at the portal."""

    client: FlaskClient
    provider: Provider

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def post(self, path: str, *, page: str, **typed: str) -> TestResponse:
        """Send the form that stands on `page`."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(page).text)
        return self.client.post(path, data={**typed, "csrf": found.group(1) if found else ""})

    def come_back(self) -> TestResponse:
        """Go through login and come back; gives the portal's answer to that."""
        started = self.get("/inloggen")
        return self.get(self.provider.answer_login(started.headers["Location"]))

    def log_in(
        self, person: dict[str, str], *, for_client: dict[str, str] | None = None, left_out: str = ACCOUNT
    ) -> None:
        """Log in, perhaps on behalf of somebody."""
        self.provider.identity = identity(person, for_client, left_out, issuer=self.provider.issuer)
        answer = self.come_back()
        assert answer.status_code == 303, answer.text


def identity(person: dict[str, str], client: dict[str, str] | None, left_out: str, *, issuer: str) -> dict[str, Any]:
    """Give the claims about who acts for whom."""
    if client is None:
        return dict(person)
    return {
        **person,
        "represents": {"iss": issuer, "sub_id_type": "urn:nl-eid-gdi:1.0:id:Pseudonym", **client},
        "urn:namens:1.0:mandate": "01890a5d-ac96-774b-bcce-b302099a8057",
        "urn:namens:1.0:services": ["mijn-toeslagen"],
        "urn:namens:1.0:last-day": "2026-12-22",
        "urn:namens:1.0:left-out": [left_out] if left_out else [],
    }


@pytest.fixture(scope="session")
def private_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal's key; making one takes a moment."""
    path = tmp_path_factory.mktemp("key") / "portal.pem"
    keys.make(path)
    return path


@pytest.fixture
def provider(private_key: Path) -> Iterator[Provider]:
    """The provider behind the portal."""
    public = private_key.with_suffix(".jwks.json")
    provider = Provider(portal_keys=json.loads(public.read_text(encoding="utf-8")))
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def watch() -> Watch:
    """The portal's clock."""
    return Watch()


@pytest.fixture
def settings(provider: Provider, private_key: Path, tmp_path: Path) -> Settings:
    """The settings of the portal under test."""
    return Settings(
        name="Mijn toeslagen",
        port=8103,
        host="127.0.0.1",
        base_url="http://localhost:8103",
        issuer=provider.issuer,
        client_id=CLIENT,
        key=private_key,
        service=UUID("6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01"),
        service_key="mijn-toeslagen",
        kind=Kind.ALLOWANCES,
        profile=Profile.NLGOV,
        decisions="",
        exchanges=False,
        data=tmp_path,
        longest_login=timedelta(minutes=15),
    )


@pytest.fixture
def app(settings: Settings, watch: Watch) -> Iterator[Flask]:
    """The portal."""
    app = create_app(settings, clock=watch)
    yield app
    machine = app.extensions["portal"].machine
    if machine is not None:
        machine.close()


@pytest.fixture
def browser(app: Flask, provider: Provider) -> Browser:
    """Somebody's browser."""
    return Browser(client=app.test_client(), provider=provider)


@pytest.fixture
def other_browser(app: Flask, provider: Provider) -> Browser:
    """Somebody else's browser."""
    return Browser(client=app.test_client(), provider=provider)
