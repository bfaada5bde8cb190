"""The small site of the foreign client: one start of it, with its own database and its own registration here."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.foreign.environment import HERE
from tools import commands, postgresql, programs
from tools.practice import APPROVER, NAMENS, PROPOSER, Practice
from tools.programs import Program

LEVEL_CLAIM = "urn:example:level"
FOLDER = HERE / "digid_eherkenning"
BASIS = "Voorbeeldwet, artikel 1"
TURN_NONCE = "OIDCProvider.objects.update(oidc_use_nonce={on})"


@dataclass(frozen=True, kw_only=True)
class Site:
    """One way to set the library up. Without options it is as the library is by default.

    `kind` is what people log in with, in the library's words; `terms` are what Namens has to know of that.
    """

    name: str
    python: Path
    practice: Practice
    server: postgresql.Server
    kind: str
    terms: tuple[str, ...]
    options: tuple[str, ...] = ()
    port: int = field(default_factory=lambda: programs.free_ports(1)[0])
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def address(self) -> str:
        """Where people reach it."""
        return f"http://localhost:{self.port}"

    @property
    def uses_pkce(self) -> bool:
        """Whether it was told to use PKCE."""
        return "SITE_USES_PKCE" in self.options

    def register(self) -> None:
        """Let two operators of Namens let it in, for BSNs."""
        words = [
            *("portal", "add", self.name, "--name", "Gemeente Voorbeeld", "--service", "mijn-toeslagen"),
            *("--profile", "compat", "--secret-env", "SITE_CLIENT_SECRET", "--bsn-basis", BASIS),
            *("--claim", f"level={LEVEL_CLAIM}", "--sector", self.name, *self.terms),
            *("--redirect-uri", f"{self.address}/auth/oidc/callback/", "--by", PROPOSER),
        ]
        environment = {**self.practice.environment(), "SITE_CLIENT_SECRET": self.secret}
        commands.output([NAMENS, *words], environment=environment)
        commands.output([NAMENS, "portal", "approve", self.name, "--by", APPROVER], environment=environment)

    def prepare(self) -> None:
        """Make its database, and fill in what its operator fills in. Namens must run: the library looks it up."""
        self.server.create_database(self.name)
        self._django("migrate", "--verbosity", "0")
        self._django("shell", "--command", "import urls, configuration; configuration.fill_in()")

    def program(self) -> Program:
        """The program to start."""
        return Program(
            name=f"site-{self.name}",
            command=[self.python, "-m", "django", "runserver", "--noreload", f"localhost:{self.port}"],
            port=self.port,
            health="/",
            folder=FOLDER / "site",
            environment=self._environment(),
        )

    @contextmanager
    def without_nonce(self) -> Iterator[None]:
        """Let its operator turn the nonce off for a while."""
        self._django("shell", "--command", TURN_NONCE.format(on=False))
        try:
            yield
        finally:
            self._django("shell", "--command", TURN_NONCE.format(on=True))

    def _django(self, *words: str) -> None:
        command: list[str | Path] = [self.python, "-m", "django", *words]
        commands.run(command, log="foreign", folder=FOLDER / "site", environment=self._environment())

    def _environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "settings",
            "SITE_SECRET_KEY": self.secret,
            "SITE_DATABASE": self.name,
            "SITE_DATABASE_FOLDER": str(self.server.folder),
            "SITE_PROVIDER": f"{self.practice.pages_address}/",
            "SITE_CLIENT_ID": self.name,
            "SITE_CLIENT_SECRET": self.secret,
            "SITE_LEVEL_CLAIM": LEVEL_CLAIM,
            "SITE_KIND": self.kind,
            **dict.fromkeys(self.options, "yes"),
        }
