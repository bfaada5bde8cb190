"""What stops a start that is only half configured."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from namens.lib.keyring import Keyring
from namens.population.config import BrpSettings
from namens.signin import checks
from namens.signin.brokers import BadBrokers, every, first
from namens.signin.claims import MemberClaims
from namens.signin.login import LoginKind

EXAMPLE = Path(__file__).parents[2] / "brokers.example.yaml"
GOOD = """
brokers:
  - {key: digid, name: DigiD, issuer: "https://broker.example/digid", client_id: namens, client_secret: secret}
"""
AT_WORK = """
  - {key: work, kind: member, name: eHerkenning, issuer: "https://broker.example/eh", client_id: n, client_secret: s}
"""
RANDOM = bytes(range(0, 256, 8))
Configure = Callable[[str], None]


@pytest.fixture
def brokers(settings: Settings, tmp_path: Path) -> Configure:
    def write(content: str) -> None:
        settings.BROKERS_FILE = tmp_path / f"brokers-{abs(hash(content))}.yaml"
        settings.BROKERS_FILE.write_text(content, encoding="utf-8")

    return write


@pytest.fixture
def production(settings: Settings, brokers: Configure) -> Settings:
    """A production deployment with everything in order."""
    settings.IS_PRACTICE, settings.DEBUG, settings.IS_HTTPS = False, False, True
    settings.HELPDESK_PHONE, settings.HELPDESK_NAME = "0800 0123", "Helpdesk"
    settings.KEYRING = Keyring.parse(f"k1:{base64.b64encode(RANDOM).decode()}")
    settings.PAIRWISE_KEY = RANDOM + RANDOM[::-1]
    settings.BRP = BrpSettings(url="https://brp.example")
    brokers(GOOD)
    return settings


def found() -> set[str]:
    errors = [*checks.production_is_complete(), *checks.brokers_are_usable()]
    return {str(error.id).removeprefix("namens.") for error in errors}


@pytest.mark.usefixtures("production")
def test_it_lets_a_complete_production_start() -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("DEBUG", True, "E001"),
        ("IS_HTTPS", False, "E002"),
        ("BASE_URL", "https://machtigen.example.nl/pad", "E008"),
        ("BASE_URL", "https://machtigen.example.nl?a=1", "E008"),
        ("BASE_URL", "https://machtigen.example.nl#a", "E008"),
        ("BASE_URL", "https://a@machtigen.example.nl", "E008"),
        ("BASE_URL", "https://", "E008"),
        ("HELPDESK_PHONE", "", "E003"),
        ("HELPDESK_NAME", "", "E004"),
        ("PAIRWISE_KEY", bytes(64), "E005"),
        ("KEYRING", Keyring.parse(f"k1:{base64.b64encode(bytes(32)).decode()}"), "E006"),
        ("BRP", BrpSettings(url=""), "E007"),
    ],
)
def test_it_stops_a_production_that_is_not(production: Settings, name: str, value: object, error: str) -> None:
    setattr(production, name, value)
    assert found() == {error}


@pytest.mark.usefixtures("production")
def test_it_stops_a_production_with_a_rehearsal_broker(brokers: Configure) -> None:
    brokers(GOOD.replace("client_secret", "practice: true, client_secret"))
    assert found() == {"E011"}


@pytest.mark.usefixtures("production")
def test_it_stops_a_production_with_a_broker_without_https(brokers: Configure) -> None:
    brokers(GOOD.replace("https://", "http://"))
    assert found() == {"E012"}


@pytest.mark.usefixtures("production")
def test_it_stops_when_there_is_no_file(production: Settings, tmp_path: Path) -> None:
    production.BROKERS_FILE = tmp_path / "absent.yaml"
    assert found() == {"E010"}


def test_it_lets_practice_start_with_a_rehearsal_broker(brokers: Configure) -> None:
    brokers(GOOD.replace("client_secret", "practice: true, client_secret").replace("https://", "http://"))
    assert found() == set()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "brokers:",
        "brokers: []",
        "brokers: [digid]",
        "brokers: [[]]",
        "{",
        "\x00",
        GOOD.replace("digid,", "Digi D,"),
        GOOD.replace("name: DigiD, ", ""),
        GOOD.replace("https://broker.example/digid", "broker"),
        GOOD.replace("client_id", "scopes: openid, client_id"),
        GOOD.replace("client_id", "scopes: [bsn], client_id"),
        GOOD.replace("client_id", "levels: {midden: strong}, client_id"),
        GOOD.replace("client_id", "levels: [low], client_id"),
        GOOD.replace("client_secret: secret", "client_secret: {env: NAMENS_NOT_SET}"),
        GOOD + GOOD.replace("\nbrokers:\n", ""),
        "brokers:" + AT_WORK,
        GOOD + AT_WORK.replace("member", "robot"),
        GOOD + AT_WORK.replace("name:", "claims: {bsn: bsn}, name:"),
        GOOD + AT_WORK.replace("name:", "claims: {kvk: 8}, name:"),
        GOOD + AT_WORK.replace("name:", "claims: {kvk: null}, name:"),
        GOOD + AT_WORK.replace("name:", "claims: {pseudonym: ''}, name:"),
        GOOD + AT_WORK.replace("name:", "claims: [kvk], name:"),
        GOOD.replace("client_id", "claims: {kvk: kvk}, client_id"),
        GOOD.replace("client_id", "claims: {name_qualifier: null}, client_id"),
    ],
)
def test_it_stops_when_the_file_cannot_be_used(brokers: Configure, content: str) -> None:
    brokers(content)
    assert found() == {"E010"}


def test_it_reads_a_secret_from_the_environment(brokers: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMENS_BROKER_SECRET", "from the environment")
    brokers(GOOD.replace("client_secret: secret", "client_secret: {env: NAMENS_BROKER_SECRET}"))
    assert first().client_secret == "from the environment"
    assert "from the environment" not in repr(first())


def test_it_knows_who_logs_in_through_which_broker(brokers: Configure) -> None:
    brokers("brokers:" + AT_WORK + GOOD.replace("\nbrokers:\n", ""))
    assert (first().key, first(kind=LoginKind.MEMBER).key) == ("digid", "work")
    assert [broker.key for broker in every()] == ["work", "digid"]
    assert [broker.key for broker in every(kind=LoginKind.PERSON)] == ["digid"]


def test_it_says_so_when_there_is_no_broker_for_members(brokers: Configure) -> None:
    brokers(GOOD)
    assert every(kind=LoginKind.MEMBER) == ()
    with pytest.raises(BadBrokers, match="member"):
        first(kind=LoginKind.MEMBER)


def test_it_reads_what_a_broker_calls_its_claims(brokers: Configure) -> None:
    said = "claims: {kvk: k, pseudonym: p, establishment: e, name_qualifier: null, assurance: a}, name:"
    brokers(GOOD + AT_WORK.replace("name:", said))
    work = first(kind=LoginKind.MEMBER)
    assert work.claims == MemberClaims(kvk="k", pseudonym="p", establishment="e", name_qualifier=None)
    assert work.assurance_claim == "a"


@pytest.mark.usefixtures("production")
def test_it_stops_a_production_with_a_rehearsal_broker_for_members(brokers: Configure) -> None:
    brokers(GOOD + AT_WORK.replace("client_secret", "practice: true, client_secret"))
    assert found() == {"E011"}


def test_it_can_use_the_example(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMENS_BROKER_DIGID_SECRET", "one")
    monkeypatch.setenv("NAMENS_BROKER_EHERKENNING_SECRET", "two")
    settings.BROKERS_FILE = EXAMPLE
    assert [(broker.key, broker.kind) for broker in every()] == [("digid", "person"), ("eherkenning", "member")]
    assert first(kind=LoginKind.MEMBER).claims == MemberClaims()
