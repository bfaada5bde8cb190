"""Anna and Bram in a process of their own, with the settings of a primary server and its replicas.

Reads one action a line, as JSON, does it, and answers with a line: how many seconds it took, and which mandate.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from tools import commands, fixed_settings, places
from tools.practice import NAMENS
from tools.replicas import Bench


def environment(bench: Bench, *, role: str = "postgres") -> dict[str, str]:
    """The settings by which one of ours works on the primary server."""
    url = bench.primary.url(role=role)
    return {**fixed_settings.environment(database_url=url), "NAMENS_REPLICAS": ",".join(bench.names)}


@dataclass(frozen=True)
class Actor:
    """The other side of that process."""

    process: "subprocess.Popen[str]"
    logged: list[str] = field(default_factory=list)

    def does(self, action: str, *, mandate: str = "") -> tuple[float, str]:
        """Let it act. Gives how long it took, in seconds, and the mandate that it was about."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{json.dumps({'action': action, 'mandate': mandate})}\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> tuple[float, str]:
        """Read the next answer, and keep what is logged before it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said: dict[str, Any] = json.loads(line)
            if "event" not in said:
                return said["seconds"], said["mandate"]
            self.logged.append(said["event"])
        raise AssertionError("the actor ended")


@contextmanager
def working(bench: Bench, *, log: Path, role: str = "postgres") -> Iterator["subprocess.Popen[bytes]"]:
    """Have a worker, until it is killed."""
    with log.open("ab") as said:
        process = subprocess.Popen([NAMENS, "worker"], env=environment(bench, role=role), stdout=said, stderr=said)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def acting(bench: Bench, *, log: Path) -> Iterator[Actor]:
    """Have the actor: its tables made, its people known."""
    commands.output([NAMENS, "migrate"], environment=environment(bench))
    program = [str(places.PYTHON), "-m", "tests.replicas.acting"]
    with log.open("a", encoding="utf-8") as said:
        process = subprocess.Popen(
            program,
            env=environment(bench),
            cwd=places.ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
        try:
            actor = Actor(process)
            actor.answer()
            yield actor
        finally:
            process.kill()
            process.communicate()


def tell(seconds: float, mandate: UUID | None) -> None:
    """Answer."""
    sys.stdout.write(f"{json.dumps({'seconds': seconds, 'mandate': str(mandate)})}\n")
    sys.stdout.flush()


def main() -> None:
    """Do what is asked until nobody asks any more."""
    import django  # noqa: PLC0415 - reads the settings, which only this process has

    django.setup()
    from tests.replicas.acts import Acts  # noqa: PLC0415 - needs the settings

    acts = Acts()
    tell(0, None)
    for line in sys.stdin:
        asked = json.loads(line)
        mandate = UUID(asked["mandate"]) if asked["mandate"] else None
        began = time.monotonic()
        done = acts.do(asked["action"], mandate)
        tell(time.monotonic() - began, done)


if __name__ == "__main__":
    main()
