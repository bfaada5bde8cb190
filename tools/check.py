"""The gate for the code itself: `python -m tools.check`. Every step runs, also when one before it failed.

`--fix` puts right what can be put right without thinking (formatting, sorted imports).
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tools import fixed_settings, places
from tools.say import line

CLIENT = places.CLIENT.relative_to(places.ROOT)
TYPED = ["src", "tests", "tools", "rehearsal", "benchmarks", "assets"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that is checked."""

    name: str
    words: Sequence[str]

    @property
    def command(self) -> list[str]:
        """The command, with the environment's own Python."""
        return [str(places.PYTHON), "-m", *self.words]


def steps() -> list[Step]:
    """All that is checked, quick things first."""
    return [
        Step(name="style (ruff)", words=["ruff", "check", "--quiet", "--output-format=concise", "."]),
        Step(name="layout of the code (ruff format)", words=["ruff", "format", "--check", "--quiet", "."]),
        Step(name="which way imports point (import-linter)", words=["tools.imports"]),
        Step(name="layout of the templates (djlint)", words=["djlint", "--check", "templates"]),
        Step(name="style of the templates (djlint)", words=["djlint", "--lint", "--quiet", "templates"]),
        Step(name="translations complete", words=["tools.translations", "check"]),
        Step(name="migrations complete", words=["django", "makemigrations", "--check", "--dry-run"]),
        Step(name="packages fit together (pip check)", words=["pip", "check"]),
        Step(name="types (mypy)", words=["mypy", *existing(TYPED)]),
        Step(
            name="types of the client library (mypy)",
            words=["mypy", "--config-file", f"{CLIENT}/pyproject.toml", f"{CLIENT}/src", f"{CLIENT}/tests"],
        ),
    ]


def fixes() -> list[Step]:
    """What can be put right without thinking."""
    return [
        Step(name="style (ruff)", words=["ruff", "check", "--fix", "--quiet", "."]),
        Step(name="layout of the code (ruff format)", words=["ruff", "format", "--quiet", "."]),
        Step(name="layout of the templates (djlint)", words=["djlint", "--reformat", "--quiet", "templates"]),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, or fix; the exit status is 1 when a step failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.check", description=__doc__)
    parser.add_argument("--fix", action="store_true", help="put right what can be put right without thinking")
    chosen = fixes() if parser.parse_args(arguments).fix else steps()
    failed = [step.name for step in chosen if not passes(step)]
    line()
    line(
        f"{len(chosen) - len(failed)} of {len(chosen)} steps are fine."
        + (f" Not: {'; '.join(failed)}." if failed else "")
    )
    return 1 if failed else 0


def passes(step: Step) -> bool:
    """Run a step, print one line, and its output when it failed."""
    began = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=places.ROOT,
        env=fixed_settings.environment(database_url=fixed_settings.unused_database()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "FAILED" if done.returncode else "ok"
    line(f"{verdict:6}  {time.monotonic() - began:5.1f} s  {step.name}")
    if done.returncode:
        line("\n".join(f"        {said}" for said in done.stdout.splitlines()))
    return not done.returncode


def existing(folders: Sequence[str]) -> list[str]:
    """The folders that are there."""
    return [folder for folder in folders if any((places.ROOT / folder).rglob("*.py"))]


if __name__ == "__main__":
    sys.exit(main())
