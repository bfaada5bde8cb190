"""Ask the advisory services about all pinned packages: `python -m tools.audit`. Outside the gate: it needs them."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import places
from tools.say import line


def main() -> int:
    """Audit Python's and node's packages; the exit status is 1 when something is known about one of them."""
    statuses = [_ask(name, words) for name, words in questions()]
    return 1 if any(statuses) else 0


def questions() -> list[tuple[str, Sequence[str | Path]]]:
    """What is asked: the name and the command."""
    pip_audit: list[str | Path] = [places.PYTHON, "-m", "pip_audit", "--disable-pip"]
    portal = places.PORTAL / "requirements.txt"
    asked: list[tuple[str, Sequence[str | Path]]] = [
        ("packages of Namens", [*pip_audit, "--require-hashes", "--requirement", places.LOCK]),
    ]
    if portal.exists():
        asked.append(("packages of the example portal", [*pip_audit[:-1], "--requirement", portal]))
    if shutil.which("npm"):
        asked.append(("packages of the styles", ["npm", "audit", "--prefix", places.ROOT / "assets"]))
    return asked


def _ask(name: str, words: Sequence[str | Path]) -> int:
    line(f"\n=== {name} ===")
    return subprocess.run(words, cwd=places.ROOT, stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
