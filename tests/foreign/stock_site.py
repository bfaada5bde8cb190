"""A small site on a stock client: how two operators let it in, and its program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools import commands, programs
from tools.practice import APPROVER, NAMENS, PROPOSER, Practice
from tools.programs import Program

SERVICE = "mijn-toeslagen"
SERVICE_ID = "6f1d2a8e-4b0c-4f0e-9a53-1c7d5e2b9a01"
NAME = "Gemeente Voorbeeld"


@dataclass(frozen=True, kw_only=True)
class StockSite:
    """One start of a stock client.

    `terms` are the words of `namens portal add` that are its own, `environment` what these words need. `prepare` is
    done when the program runs, before it is registered. `relies_for`: the seconds for which it asks UserInfo no second
    time.
    """

    name: str
    practice: Practice
    terms: tuple[str, ...]
    program: Program
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], object] = lambda: None
    relies_for: int = 0

    @property
    def address(self) -> str:
        """Where people reach it."""
        return self.program.address

    def register(self) -> None:
        """Let two operators of Namens let it in."""
        self.prepare()
        words = ["portal", "add", self.name, "--name", NAME, "--service", SERVICE, "--sector", self.name, *self.terms]
        environment = {**self.practice.environment(), **self.environment}
        commands.output([NAMENS, *words, "--by", PROPOSER], environment=environment)
        self.practice.namens("portal", "approve", self.name, "--by", APPROVER)

    def hears_what_happened(self) -> None:
        """Let Namens tell portals what they should know by now: no worker runs by itself in these tests."""
        self.practice.namens("worker", "--once")


Maker = Callable[[Practice], StockSite]


def workplace(practice: Practice, *, name: str) -> Path:
    """Give an empty folder for a site, with its keys."""
    folder = practice.folder / name
    folder.mkdir()
    return folder


def free_address() -> tuple[int, str]:
    """Give a port that is free, and the address of a site there."""
    port = programs.free_ports(1)[0]
    return port, f"http://localhost:{port}"
