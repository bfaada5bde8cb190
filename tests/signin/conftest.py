"""The rehearsal as a real broker and register, and a broker of our own that can lie."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from django.test import Client
from pytest_django import Settings

from namens.population import actions as population
from namens.population.config import BrpSettings
from namens.signin import discovery
from tests.pages.visiting import Register
from tests.rehearsal.serving import rehearsal
from tests.signin.lying import LyingBroker
from tests.signin.walking import Person

Switch = Callable[..., None]
BROKERS = """
brokers:
  - key: digid
    name: DigiD
    issuer: {issuer}
    client_id: namens
    client_secret: rehearsal-secret
    scopes: [openid, bsn]
    claims: {{bsn: bsn, assurance: acr}}
    levels: {{midden: low}}
    practice: true
  - key: eherkenning
    kind: member
    name: eHerkenning
    issuer: {member_issuer}
    client_id: namens
    client_secret: rehearsal-secret
    scopes: [openid, kvk]
    levels: {{"urn:etoegang:core:assurance-class:loa3": substantial}}
    practice: true
"""


@pytest.fixture(autouse=True)
def brokers_that_nobody_asked_yet() -> None:
    """Let no test use what another one heard from a broker."""
    discovery.forget()


@pytest.fixture(scope="session")
def rehearsal_address() -> Iterator[str]:
    """A rehearsal that runs as a program of its own."""
    with rehearsal() as address:
        yield address


@pytest.fixture
def digid(rehearsal_address: str, settings: Settings, tmp_path: Path) -> str:
    """The rehearsal as our brokers and as our register."""
    settings.BROKERS_FILE = brokers_file(
        tmp_path, issuer=f"{rehearsal_address}/digid", member_issuer=f"{rehearsal_address}/eherkenning"
    )
    settings.BRP = BrpSettings(url=f"{rehearsal_address}/brp", api_key="rehearsal-key", attempts=1)
    return rehearsal_address


@pytest.fixture
def switch(digid: str) -> Iterator[Switch]:
    """The switch that lets DigiD, eHerkenning or the register of the rehearsal be slow, down or broken."""

    def turn(**moods: str | float) -> None:
        httpx2.post(f"{digid}/control", json=moods, trust_env=False).raise_for_status()

    yield turn
    turn(digid="ok", eherkenning="ok", brp="ok")


@pytest.fixture(scope="session")
def running_liar() -> Iterator[LyingBroker]:
    """A broker of our own, once for all tests."""
    with LyingBroker() as broker:
        yield broker


@pytest.fixture
def liar(running_liar: LyingBroker, settings: Settings, tmp_path: Path) -> LyingBroker:
    """A broker of our own that says what a test wants, about persons and about members."""
    settings.BROKERS_FILE = brokers_file(tmp_path, issuer=running_liar.issuer, member_issuer=running_liar.issuer)
    running_liar.be_honest()
    return running_liar


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """A population register that says what we know already, unless told otherwise."""
    register = Register()
    monkeypatch.setattr(population, "ask", register.ask)
    return register


@pytest.fixture
def visitor(db: None) -> Person:  # noqa: ARG001 - asked for its effect
    """Somebody with a browser."""
    return Person(Client())


def brokers_file(folder: Path, *, issuer: str, member_issuer: str) -> Path:
    """Give a file with a broker for persons and one for members."""
    path = folder / "brokers.yaml"
    path.write_text(BROKERS.format(issuer=issuer, member_issuer=member_issuer), encoding="utf-8")
    return path
