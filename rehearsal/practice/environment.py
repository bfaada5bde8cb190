"""The practice environment: the programs of `make run`, with keys, secrets and a database of its own."""

import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self, cast

from tools import commands, fixed_settings, places, practice_keys
from tools.practice import BROKERS, Practice
from tools.practice_portals import Ports
from tools.programs import Program
from tools.say import Trouble

FOLDER = Path("practice") / "environment"
MARK = "oefenomgeving"
"""Only a folder with this file in it is ever emptied. It says for which addresses its data were made."""
BANNER = "Oefenomgeving. Alle mensen zijn verzonnen. Elke nacht wordt alles leeggemaakt."
BANNER_EN = "Practice environment. All people are made up. Everything is emptied every night."
CLIENTS = places.ROOT / "rehearsal" / "clients.yaml"
SHARED_SECRET = "rehearsal-secret"
ALLOWED = {
    *("NAMENS_VAR", "NAMENS_CHROMIUM", "NAMENS_TEST_DATABASE", "NAMENS_PAGES_PORT", "NAMENS_DECISIONS_PORT"),
    *("REHEARSAL_PORT", "REHEARSAL_SMTP_PORT", "PORTAL_TOESLAGEN_PORT", "PORTAL_TAX_PORT"),
    *("PORTAL_PENSION_PORT", "PRACTICE_PENSION_URL"),
    *("PRACTICE_PAGES_URL", "PRACTICE_REHEARSAL_URL", "PRACTICE_TOESLAGEN_URL", "PRACTICE_TAX_URL"),
}


def refuse_settings(environment: Mapping[str, str]) -> None:
    """Raise `Trouble` when settings of another deployment are there: practice never touches what is not its own."""
    foreign = sorted(name for name in environment if name.startswith(fixed_settings.PREFIXES) and name not in ALLOWED)
    if foreign:
        raise Trouble(
            f"These settings belong to another deployment: {', '.join(foreign)}.\n"
            "The practice environment makes its own database and keys. Start it without them (docs/practice.md)."
        )


@dataclass(frozen=True, kw_only=True)
class Environment(Practice):
    """One practice environment. What the reader's environment says of Namens does not count here."""

    @classmethod
    def as_usual(cls) -> Self:
        """The one of `make practice`: in `<var>/practice/environment`, on SQLite. Raises `Trouble`."""
        refuse_settings(os.environ)
        return cls.at(places.var() / FOLDER, ports=Ports.from_environment(), public=_public(os.environ))

    @classmethod
    def at(cls, folder: Path, *, ports: Ports, public: Mapping[str, str] | None = None) -> Self:
        """The one in this folder."""
        where = folder.absolute()
        return cls(folder=where, ports=ports, database_url=f"sqlite:///{where / 'namens.sqlite3'}", public=public or {})

    @property
    def addresses(self) -> str:
        """Everything that people type or are sent to; the data hold for these only."""
        return " ".join((self.pages_address, self.rehearsal_address, *(portal.address for portal in self.portals)))

    def given(self) -> Mapping[str, str]:
        """What the reader's environment says, but for settings of Namens and of its stand-ins."""
        kept = ("NAMENS_VAR", "NAMENS_CHROMIUM")
        others = os.environ.items()
        return {name: said for name, said in others if not name.startswith(fixed_settings.PREFIXES) or name in kept}

    def environment(self) -> dict[str, str]:
        """Every setting for the programs."""
        return {
            **super().environment(),
            **self._secrets(),
            "DJANGO_SETTINGS_MODULE": "namens.settings",
            # Programs here look whether it is well at localhost, whatever people call it.
            "NAMENS_EXTRA_HOSTS": "localhost",
            "NAMENS_BANNER": BANNER,
            "NAMENS_BANNER_EN": BANNER_EN,
            "NAMENS_BROKERS": str(self.folder / BROKERS.name),
            "REHEARSAL_CLIENTS": str(self.folder / CLIENTS.name),
            "REHEARSAL_PRACTICE": str(self.folder),
            "REHEARSAL_TOESLAGEN_URL": self.portals[0].address,
            "REHEARSAL_TAX_URL": self.portals[1].address,
        }

    def preparations(self) -> list[tuple[str, Callable[[], None]]]:
        """What has to be done before the programs start, in one process. Doing it twice changes nothing."""
        return [("making database, catalogue, keys, portals and the first test people", self._prepare)]

    def shared_preparations(self) -> list[tuple[str, Callable[[], None]]]:
        """What of that is the same as for `make run`."""
        left_out = ("helpdesk", "organisations")
        return [one for one in super().preparations() if not any(word in one[0] for word in left_out)]

    def programs(self) -> list[Program]:
        """The programs of `make run`, and one that keeps test people ready."""
        command: list[str | Path] = [places.PYTHON, "-m", "rehearsal.practice.crew"]
        return [*super().programs(), Program(name="crew", command=command, environment=self.environment())]

    def _secrets(self) -> dict[str, str]:
        path = self.folder / "secrets.json"
        if not path.exists():
            self._make_secrets(path)
        return cast(dict[str, str], json.loads(path.read_text(encoding="utf-8")))

    def _make_secrets(self, path: Path) -> None:
        """Make what only this environment knows, until the night: the key of the register, the secret of the logins."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / MARK).write_text(self.addresses, encoding="utf-8")
        key, secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        for source in (BROKERS, CLIENTS):
            text = source.read_text(encoding="utf-8").replace(SHARED_SECRET, secret)
            practice_keys.write_private(self.folder / source.name, text)
        made = {"NAMENS_BRP_API_KEY": key, "REHEARSAL_BRP_API_KEY": key}
        practice_keys.write_private(path, json.dumps(made))

    def _prepare(self) -> None:
        told = (str(self.folder), json.dumps(asdict(self.ports)), json.dumps(dict(self.public)))
        command: list[str | Path] = [places.PYTHON, "-m", "rehearsal.practice.prepare", *told]
        commands.output(command, environment=self.environment())


def _public(environment: Mapping[str, str]) -> dict[str, str]:
    names = {part: f"PRACTICE_{part.upper()}_URL" for part in ("pages", "rehearsal", "toeslagen", "tax", "pension")}
    return {part: environment[name].rstrip("/") for part, name in names.items() if environment.get(name)}
