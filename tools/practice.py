"""The whole of Namens for practice on one machine: its keys, its settings, its data and its programs.

`make run` starts it as a person wants it; the browser journeys start the same with free ports and an own folder.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from namens.services.profiles import MachineScope
from tools import commands, places, practice_keys, practice_portals, practice_staff, stamps
from tools.practice_portals import Portal, Ports
from tools.programs import Program
from tools.say import Trouble

NAMENS = places.VENV / "bin" / "namens"
CATALOGUE = places.ROOT / "src" / "namens" / "services" / "catalogue.yaml"
BROKERS = places.ROOT / "tools" / "brokers.yaml"
BRP_KEY = "rehearsal-key"
OTHER_PORTS_ADVICE = "Use the same ports as then, or start with data of its own:  make run NAMENS_VAR=var-other"
PROPOSER, APPROVER = "practice-one", "practice-two"


@dataclass(frozen=True, kw_only=True)
class Practice:
    """One practice installation: a folder, ports and a database.

    `public` has the addresses of what people do not reach at localhost: `pages`, `rehearsal`, `toeslagen`, `tax`,
    `pension`.
    """

    folder: Path
    ports: Ports
    database_url: str
    public: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def as_usual(cls) -> "Practice":
        """The one of `make run`: in `<var>/practice`; ports, and another database than SQLite, from the environment."""
        folder = places.var() / "practice"
        sqlite = f"sqlite:///{folder / 'namens.sqlite3'}"
        return cls(
            folder=folder,
            ports=Ports.from_environment(),
            database_url=os.environ.get("NAMENS_DATABASE_URL", sqlite),
        )

    @property
    def pages_address(self) -> str:
        """Where the pages are; also the issuer."""
        return self.public.get("pages", f"http://localhost:{self.ports.pages}")

    @property
    def decisions_address(self) -> str:
        """Where portals ask whether somebody may. They run on this machine, so it is never elsewhere."""
        return f"http://localhost:{self.ports.decisions}"

    @property
    def rehearsal_address(self) -> str:
        """Where the rehearsal stand-ins are."""
        return self.public.get("rehearsal", f"http://localhost:{self.ports.rehearsal}")

    @property
    def letters(self) -> Path:
        """Where letters are put ready, and where the rehearsal letter box looks."""
        return self.folder / "letters"

    @property
    def portals(self) -> tuple[Portal, Portal, Portal]:
        """The three starts of the example portal."""
        return practice_portals.portals(self.ports, public=self.public)

    def environment(self) -> dict[str, str]:
        """Every setting for the programs. What the reader's environment says wins, but for addresses and keys."""
        ours = {
            "NAMENS_ENVIRONMENT": "practice",
            "NAMENS_HELPDESK_NAME": "Helpdesk Namens (oefenen)",
            "NAMENS_HELPDESK_PHONE": "0800 0123",
            "NAMENS_PRIVATE_ADDRESSES": "true",
            "NAMENS_BRP_API_KEY": BRP_KEY,
            "NAMENS_HELPDESK_HOURS": "8:00 - 17:00",
            "NAMENS_RETURN_ADDRESS": "Antwoordnummer 100, 2500 VB Den Haag",
            "NAMENS_MAIL_FROM": "Namens (oefenen) <niet-beantwoorden@namens.example>",
        }
        return {**ours, **self.given(), **practice_keys.settings(self.folder), **self._addresses()}

    def given(self) -> Mapping[str, str]:
        """What the reader's environment says."""
        return os.environ

    def _addresses(self) -> dict[str, str]:
        return {
            "NAMENS_BASE_URL": self.pages_address,
            "NAMENS_PAGES_PORT": str(self.ports.pages),
            "NAMENS_DECISIONS_URL": self.decisions_address,
            "NAMENS_DECISIONS_PORT": str(self.ports.decisions),
            "NAMENS_DECISIONS_FOLDER": str((self.folder / "decisions").absolute()),
            "NAMENS_DATABASE_URL": self.database_url,
            "NAMENS_BRP_URL": f"{self.rehearsal_address}/brp",
            "NAMENS_BROKERS": str(BROKERS),
            "PRACTICE_DIGID": f"{self.rehearsal_address}/digid",
            "PRACTICE_EHERKENNING": f"{self.rehearsal_address}/eherkenning",
            "REHEARSAL_PORT": str(self.ports.rehearsal),
            "REHEARSAL_BASE_URL": self.rehearsal_address,
            "REHEARSAL_PAGES_URL": self.pages_address,
            "NAMENS_PRINTER_FOLDER": str(self.letters.absolute()),
            "REHEARSAL_LETTERS": str(self.letters.absolute()),
            "NAMENS_MAILER": "smtp",
            "NAMENS_SMTP_URL": f"smtp+plain://localhost:{self.ports.mail}",
            "REHEARSAL_SMTP_PORT": str(self.ports.mail),
        }

    def preparations(self) -> list[tuple[str, Callable[[], None]]]:
        """What has to be done before the programs start: words, and the work. Doing it twice changes nothing."""
        return [
            ("bringing the database up to date", self.migrate),
            ("loading the catalogue of services", self._load_catalogue),
            ("making the keys that sign logins", self._make_keys),
            ("registering the example portals", self._register_portals),
            ("making room for letters", self._make_room_for_letters),
            ("inviting the helpdesk and the operators", self._invite_staff),
            ("admitting the rehearsal organisations", self.admit_organisations),
        ]

    def programs(self) -> list[Program]:
        """The programs, in the order in which they start."""
        environment = self.environment()
        return [
            Program(
                name="rehearsal",
                command=[places.PYTHON, "-m", "rehearsal", "serve"],
                port=self.ports.rehearsal,
                health="/health",
                environment=environment,
            ),
            Program(
                name="pages",
                command=[NAMENS, "serve", "pages"],
                port=self.ports.pages,
                health="/health",
                environment=environment,
            ),
            Program(
                name="decisions",
                command=[NAMENS, "serve", "decisions"],
                port=self.ports.decisions,
                health="/health",
                environment=environment,
            ),
            Program(name="worker", command=[NAMENS, "worker"], environment=environment),
            *(self._portal_program(portal) for portal in self.portals),
        ]

    def _portal_program(self, portal: Portal) -> Program:
        private, _ = practice_keys.portal_key(self.folder, name=portal.name, algorithm=portal.algorithm)
        return Program(
            name=f"portal-{portal.name}",
            command=[places.PORTAL_PYTHON, "-m", "mijn_toeslagen"],
            port=portal.port,
            health="/gezond",
            folder=places.PORTAL.parent,
            environment={
                "PORTAL_PORT": str(portal.port),
                "PORTAL_BASE_URL": portal.address,
                "PORTAL_ISSUER": self.pages_address,
                "PORTAL_CLIENT_ID": portal.client_id,
                "PORTAL_KEY": str(private.resolve()),
                "PORTAL_SERVICE": portal.service_id,
                "PORTAL_SERVICE_KEY": portal.service,
                "PORTAL_KIND": portal.kind,
                "PORTAL_PROFILE": portal.profile,
                "PORTAL_NAME": portal.title,
                "PORTAL_DECISIONS": self.decisions_address if MachineScope.DECISIONS in portal.machine_scopes else "",
                "PORTAL_EXCHANGES": "yes" if MachineScope.PORTALS in portal.machine_scopes else "no",
                "PORTAL_DATA": str((self.folder / f"portal-{portal.name}").resolve()),
            },
        )

    def namens(self, *words: str | Path) -> str:
        """Give what a command of `namens` says. Raises `Trouble`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return commands.output([NAMENS, *words], environment=self.environment())

    def migrate(self) -> None:
        """Make or update the tables."""
        self.namens("migrate")

    def _load_catalogue(self) -> None:
        stamp = self.folder / "catalogue"
        value = stamps.fingerprint([CATALOGUE])
        if stamps.is_current(stamp, value=value) and "approved" in self.namens("catalogue", "list"):
            return
        number = re.findall(r"\d+", self.namens("catalogue", "propose", CATALOGUE, "--by", PROPOSER))[0]
        self.namens("catalogue", "approve", number, "--by", APPROVER)
        stamps.write(stamp, value=value)

    def _invite_staff(self) -> None:
        practice_staff.invite(self.namens, folder=self.folder)

    def admit_organisations(self) -> None:
        """Let the rehearsal organisations work with Namens, those that do not yet."""
        commands.output([places.PYTHON, "-m", "tools.practice_admit"], environment=self.environment())

    def _make_keys(self) -> None:
        self.namens("keys", "make")

    def _make_room_for_letters(self) -> None:
        self.letters.mkdir(parents=True, exist_ok=True)

    def _register_portals(self) -> None:
        stamp = self.folder / "portals"
        value = " ".join(portal.address for portal in self.portals)
        # One that is only proposed was left so by a start that was cut off.
        known = {words[0]: words[1] for words in map(str.split, self.namens("portal", "list").splitlines())}
        missing = [portal for portal in self.portals if known.get(portal.client_id) != "approved"]
        if not missing and not stamps.is_current(stamp, value=value):
            raise Trouble(f"The data in {self.folder} were made with other ports. {OTHER_PORTS_ADVICE}")
        for portal in missing:
            if portal.client_id not in known:
                self._register(portal)
            self.namens("portal", "approve", portal.client_id, "--by", APPROVER)
        stamps.write(stamp, value=value)
        self._let_machines_ask([portal for portal in self.portals if portal not in missing])

    def _let_machines_ask(self, earlier: list[Portal]) -> None:
        """Let the machines of portals that were registered by an earlier version ask and tell what they do now."""
        stamp = self.folder / "machines"
        value = "\n".join(" ".join(_for_machines(portal)) for portal in self.portals)
        if stamps.is_current(stamp, value=value):
            return
        for portal in earlier:
            words, shown = _for_machines(portal), self.namens("portal", "show", portal.client_id)
            if all(word.partition("=")[0] in shown for word in words[1::2]):
                continue
            self.namens("portal", "change", portal.client_id, *words, "--by", PROPOSER)
            self.namens("portal", "approve", portal.client_id, "--by", APPROVER)
        stamps.write(stamp, value=value)

    def _register(self, portal: Portal) -> None:
        _, public = practice_keys.portal_key(self.folder, name=portal.name, algorithm=portal.algorithm)
        bound = ("--binding", "dpop") if portal.profile == "fapi" else ()
        self.namens(
            *("portal", "add", portal.client_id, "--name", portal.title, "--service", portal.service),
            *("--sector", portal.name, "--jwks", public, "--names", "--enforces-sensitive-actions", "--by", PROPOSER),
            *("--profile", portal.profile, "--algorithm", portal.algorithm, *bound),
            *("--redirect-uri", f"{portal.address}/inloggen/terug"),
            *("--post-logout-redirect-uri", f"{portal.address}/uitgelogd"),
            *("--back-channel-logout-uri", f"{portal.address}/uitloggen/melding"),
            *("--start-url", f"{portal.address}/inloggen"),
            *_for_machines(portal),
        )


def _for_machines(portal: Portal) -> list[str]:
    """Give the words that say what the machine of a portal may ask, tell and hear."""
    words = [word for scope in portal.machine_scopes for word in ("--machine-scope", scope)]
    words += [word for act in portal.acts for word in ("--act", act)]
    return words + (["--events-uri", portal.events_uri] if portal.events_uri else [])
