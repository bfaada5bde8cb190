"""What a command says."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Said:
    """The exit status, and what stood on both outputs."""

    status: int
    out: str
    err: str


class Namens(Protocol):
    """Runs one command and gives what it says."""

    def __call__(self, *words: str) -> Said:
        """Run `namens` with these words."""


def refused(message: str) -> Said:
    """Give what a refusal looks like: one line, and status 1."""
    return Said(1, "", f"namens: {message}\n")


def wrong(message: str) -> Said:
    """Give what wrong words look like: one line, and status 2."""
    return Said(2, "", f"namens: {message}\n")
