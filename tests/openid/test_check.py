"""What stops a start with mutual TLS half configured."""

import ipaddress
from pathlib import Path

import pytest
from pytest_django import Settings

from namens.openid.checks import proxies_are_complete
from tests.openid.certifying import root


def found() -> list[str | None]:
    return [error.id for error in proxies_are_complete()]


@pytest.fixture
def complete(settings: Settings, tmp_path: Path) -> Settings:
    """Mutual TLS as it has to be in production."""
    settings.IS_PRACTICE, settings.IS_HTTPS = False, True
    settings.CLIENT_CERTIFICATE_PROXIES = [ipaddress.ip_network("10.1.2.3")]
    settings.CLIENT_CERTIFICATE_ROOTS = tmp_path / "roots.pem"
    settings.CLIENT_CERTIFICATE_ROOTS.write_text(root().pem, encoding="utf-8")
    return settings


@pytest.mark.usefixtures("complete")
def test_it_starts_when_complete() -> None:
    assert found() == []


def test_it_starts_without_mutual_tls() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("IS_HTTPS", False, "E030"),
        ("CLIENT_CERTIFICATE_PROXIES", [ipaddress.ip_network("0.0.0.0/0")], "E031"),
        ("CLIENT_CERTIFICATE_PROXIES", [ipaddress.ip_network("10.0.0.1"), ipaddress.ip_network("::/0")], "E031"),
        ("CLIENT_CERTIFICATE_ROOTS", Path("/nowhere/roots.pem"), "E032"),
        ("CLIENT_CERTIFICATE_ROOTS", Path(__file__), "E032"),
        ("CLIENT_CERTIFICATE_PROXIES", [], "E033"),
    ],
)
def test_it_does_not_start_half_configured(complete: Settings, name: str, value: object, number: str) -> None:
    setattr(complete, name, value)
    assert found() == [f"namens.{number}"]
