"""The settings of this portal. All of them come from the environment; README.md names each."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

Choice = TypeVar("Choice", bound=StrEnum)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Kind(StrEnum):
    """Which of the three portals this is."""

    ALLOWANCES = "toeslagen"
    INCOME_TAX = "inkomstenbelasting"
    PENSION = "pensioen"


class Profile(StrEnum):
    """By which rules we talk to Namens, as it was registered there."""

    NLGOV = "nlgov"
    FAPI = "fapi"


class WrongSetting(ValueError):
    """A setting is missing or cannot be used. The message names it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator chooses."""

    name: str
    port: int
    host: str
    base_url: str
    issuer: str
    client_id: str
    key: Path
    service: UUID
    service_key: str
    kind: Kind
    profile: Profile
    decisions: str
    exchanges: bool
    data: Path
    longest_login: timedelta

    @property
    def cookie(self) -> str:
        """The name of our cookie. Cookies do not know about ports, so the port is in the name."""
        return f"portaal_{self.port}"

    @property
    def issuer_is_here(self) -> bool:
        """Whether Namens runs on this machine, as it does while practising."""
        return urlsplit(self.issuer).hostname in LOOPBACK

    @property
    def algorithm(self) -> str:
        """With which algorithm our RSA key signs, and Namens its tokens for us, as it was registered."""
        return "PS256" if self.profile is Profile.FAPI else "RS256"

    @property
    def is_secure(self) -> bool:
        """Whether people reach us by https."""
        return urlsplit(self.base_url).scheme == "https"

    def address(self, path: str) -> str:
        """Give the whole address of one of our pages."""
        return f"{self.base_url}{path}"


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read every setting. Raises WrongSetting."""
    port = _number(environment, "PORTAL_PORT", 8003)
    profile = _one_of(Profile, environment, "PORTAL_PROFILE", Profile.NLGOV)
    return Settings(
        name=environment.get("PORTAL_NAME", "Mijn toeslagen"),
        port=port,
        host=environment.get("PORTAL_HOST", "127.0.0.1"),
        base_url=_address(environment.get("PORTAL_BASE_URL", f"http://localhost:{port}")),
        issuer=_address(_needed(environment, "PORTAL_ISSUER")),
        client_id=_needed(environment, "PORTAL_CLIENT_ID"),
        key=Path(_needed(environment, "PORTAL_KEY")),
        service=_uuid(_needed(environment, "PORTAL_SERVICE")),
        service_key=_needed(environment, "PORTAL_SERVICE_KEY"),
        kind=_one_of(Kind, environment, "PORTAL_KIND", Kind.ALLOWANCES),
        profile=profile,
        decisions=_decisions(environment, profile=profile),
        exchanges=_exchanges(environment, profile=profile),
        data=Path(_needed(environment, "PORTAL_DATA")),
        longest_login=timedelta(minutes=_number(environment, "PORTAL_MAX_MINUTES", 15)),
    )


def _decisions(environment: Mapping[str, str], *, profile: Profile) -> str:
    text = environment.get("PORTAL_DECISIONS", "").strip()
    if text and profile is Profile.FAPI:
        raise WrongSetting(
            "PORTAL_DECISIONS: by the profile fapi a machine needs a certificate, and this one has none."
        )
    return _address(text) if text else ""


def _exchanges(environment: Mapping[str, str], *, profile: Profile) -> bool:
    text = environment.get("PORTAL_EXCHANGES", "").strip()
    if text not in {"", "yes", "no"}:
        raise WrongSetting(f"PORTAL_EXCHANGES is {text!r}; it must be yes or no.")
    if text == "yes" and profile is Profile.FAPI:
        raise WrongSetting(
            "PORTAL_EXCHANGES: by the profile fapi a machine needs a certificate, and this one has none."
        )
    return text == "yes"


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise WrongSetting(f"{name} is missing.")
    return value


def _number(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    text = environment.get(name, str(otherwise))
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 65536:
        raise WrongSetting(f"{name} is {text!r}; it must be a whole number above 0.")
    return int(text)


def _one_of(choices: type[Choice], environment: Mapping[str, str], name: str, otherwise: Choice) -> Choice:
    text = environment.get(name, otherwise.value)
    try:
        return choices(text)
    except ValueError:
        raise WrongSetting(f"{name} is {text!r}; it must be one of: {', '.join(choices)}.") from None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise WrongSetting(f"PORTAL_SERVICE is {text!r}; it must be the uuid of the service.") from None


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongSetting(f"{text!r} is no address; it must begin with https:// (or http:// on your own machine).")
    return text.rstrip("/")
