"""Run every benchmark, or those that are named: `python -m benchmarks [NAME …]`."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import fixed_settings, postgresql

FOLDER = Path(__file__).parent
OF_DECISIONS = ("decide", "decide-many", "decide-sqlite", "growth", "stop", "memory", "noting")
NAMES = (
    "give",
    "acts",
    "login",
    "pages",
    "work",
    "clients",
    "letters",
    "silence",
    "members",
    "hand_off",
    *OF_DECISIONS,
)
ON_SQLITE = ("decide-sqlite",)


def main() -> int:
    """Run the benchmarks one after the other; the exit status is 1 when one fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of: {', '.join(NAMES)}; default: all")
    parser.add_argument("--seconds", type=float, default=8, help="how long each thing is measured; default: 8")
    parser.add_argument("--letters", type=int, default=300, help="how many letters wait for a worker; default: 300")
    parser.add_argument("--mandates", type=int, default=1_000_000, help="of decide and decide-many; default: 1000000")
    words = parser.parse_args()
    chosen: list[str] = words.names or list(NAMES)
    unknown = sorted(set(chosen) - set(NAMES))
    if unknown:
        parser.error(f"there is no benchmark called {', '.join(unknown)}")
    with postgresql.running(durable=True) as server:
        failed = [name for name in chosen if not run(name, server=server, words=words)]
    print(f"\n{len(chosen) - len(failed)} of {len(chosen)} benchmarks came to their end.", *failed)
    return 1 if failed else 0


def run(name: str, *, server: postgresql.Server, words: argparse.Namespace) -> bool:
    """Run one benchmark in a process and a database of its own; says whether it came to its end."""
    print(f"\n=== {name} ===", flush=True)
    module = name.replace("-", "_")
    with tempfile.TemporaryDirectory() as folder:
        file = f"sqlite:///{folder}/{module}.sqlite3"
        address = file if name in ON_SQLITE else server.create_database(module)
        environment = fixed_settings.environment(database_url=address)
        command = [sys.executable, "-m", f"benchmarks.{module}", str(words.seconds), str(words.letters)]
        done = subprocess.run([*command, str(words.mandates)], cwd=FOLDER.parent, env=environment, check=False)
        return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
