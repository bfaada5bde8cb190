"""What the rehearsal stands on: settings, people, organisations, clients, a clock and the trouble it plays."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rehearsal import clients, organisations, people
from rehearsal.trouble import Trouble

NOTIFYNL_API_KEY = "rehearsal-6e9c0d0e-3f3c-4c0b-9a0f-0d2f6a1b7c11-2b8f1f5d-7c55-4d0a-8d49-5a9e3c6b1d22"
"""Name, service id and secret, as NotifyNL gives them; a key for practice only."""
LETTERS = Path("var/letters")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Settings:
    """Everything that comes from the environment."""

    port: int = 8002
    base_url: str = "http://localhost:8002"
    pages_url: str = "http://localhost:8000"
    toeslagen_url: str = "http://localhost:8003"
    tax_url: str = "http://localhost:8004"
    people: Path = people.PACKAGED
    organisations: Path = organisations.PACKAGED
    clients: Path = clients.PACKAGED
    letters: Path = LETTERS
    smtp_port: int = 0
    practice: Path | None = None
    brp_api_key: str = field(default="rehearsal-key", repr=False)
    notifynl_api_key: str = field(default=NOTIFYNL_API_KEY, repr=False)

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read REHEARSAL_PORT, the addresses, the files, _LETTERS, _SMTP_PORT, _PRACTICE and the API keys."""
        port = int(environment.get("REHEARSAL_PORT", "8002"))
        return cls(
            port=port,
            base_url=environment.get("REHEARSAL_BASE_URL", f"http://localhost:{port}").rstrip("/"),
            pages_url=environment.get("REHEARSAL_PAGES_URL", cls.pages_url).rstrip("/"),
            toeslagen_url=environment.get("REHEARSAL_TOESLAGEN_URL", cls.toeslagen_url).rstrip("/"),
            tax_url=environment.get("REHEARSAL_TAX_URL", cls.tax_url).rstrip("/"),
            people=Path(environment.get("REHEARSAL_PEOPLE", str(cls.people))),
            organisations=Path(environment.get("REHEARSAL_ORGANISATIONS", str(cls.organisations))),
            clients=Path(environment.get("REHEARSAL_CLIENTS", str(cls.clients))),
            letters=Path(environment.get("REHEARSAL_LETTERS", str(cls.letters))),
            practice=Path(environment["REHEARSAL_PRACTICE"]) if environment.get("REHEARSAL_PRACTICE") else None,
            smtp_port=int(environment.get("REHEARSAL_SMTP_PORT", "0")),
            brp_api_key=environment.get("REHEARSAL_BRP_API_KEY", cls.brp_api_key),
            notifynl_api_key=environment.get("REHEARSAL_NOTIFYNL_API_KEY", cls.notifynl_api_key),
        )

    def issuer_of(self, means: str) -> str:
        """Give the issuer of a means to log in, such as `digid`."""
        return f"{self.base_url}/{means}"


def wall_clock() -> datetime:
    """Give this instant, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Stage:
    """One running rehearsal."""

    settings: Settings
    people: people.People
    organisations: organisations.Organisations
    clients: clients.Clients
    trouble: Trouble = field(default_factory=Trouble)
    clock: Callable[[], datetime] = wall_clock

    @property
    def today(self) -> date:
        """Give today's date in Amsterdam."""
        return self.clock().astimezone(AMSTERDAM).date()


def build(settings: Settings, *, clock: Callable[[], datetime] = wall_clock) -> Stage:
    """Read the people, the organisations and the clients that the settings point to."""
    return Stage(
        settings=settings,
        people=people.load(settings.people),
        organisations=organisations.load(settings.organisations),
        clients=clients.load(settings.clients, pages_url=settings.pages_url),
        clock=clock,
    )
