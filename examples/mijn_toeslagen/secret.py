"""The secrets that Namens signs events with, newest first, in a file that only we read."""

import os
from dataclasses import dataclass
from pathlib import Path

from namens_client import Namens

OWNER_ONLY = 0o600
KEPT = 2


@dataclass(frozen=True)
class Secrets:
    """The file. The one before the newest is kept as well: Namens signs with it for another day."""

    path: Path

    def read(self) -> list[str]:
        """Give the secrets that we know; none before the first was made."""
        try:
            return self.path.read_text(encoding="ascii").split()
        except FileNotFoundError:
            return []

    def renew(self, machine: Namens) -> None:
        """Let Namens make a new one, and keep it. Raises NoAnswer."""
        known = [machine.new_webhook_secret().secret, *self.read()][:KEPT]
        new = self.path.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "w", encoding="ascii") as file:
            file.write("\n".join(known))
        new.replace(self.path)
