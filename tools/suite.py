"""The tests: `python -m tools.suite` is the gate, with `--all` everything there is.

Runs the parts one after the other, also when one fails, and says at the end what ran and what was left out.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from tools import browser, places
from tools.say import line

NO_TESTS = 5
WORKERS = "2"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One run of pytest, in a folder of `home`. A part without a database has settings of its own.

    Without `workers` it runs in one process, with nothing of pytest-xdist. `by_file`: all tests of a file are with one
    worker, which has an installation of its own.
    """

    name: str
    database: str
    marker: str
    folder: str = "tests"
    workers: str = WORKERS
    python: Path = places.PYTHON
    home: Path = places.ROOT
    by_file: bool = False
    needs_browser: bool = False
    may_be_empty: bool = False

    @property
    def report(self) -> Path:
        """Where pytest writes what it did."""
        return places.var() / "tests" / f"{self.name.replace(' ', '-')}.xml"


@dataclass(frozen=True, kw_only=True)
class Result:
    """How a part went; `left_out` says why it did not run."""

    part: Part
    passed: bool
    words: str
    left_out: bool = False


UNIT = "not journey and not slow and not foreign"
_journeys = partial(Part, folder="tests/journeys", by_file=True, needs_browser=True)
GATE = (
    Part(name="unit tests on SQLite", database="sqlite", marker=UNIT),
    Part(name="unit tests on PostgreSQL", database="postgresql", marker=f"{UNIT} and not one_database"),
    Part(name="client library", database="", marker="", home=places.CLIENT),
    Part(
        name="example portal",
        database="",
        marker="",
        folder="mijn_toeslagen",
        workers="",
        python=places.PORTAL_PYTHON,
        home=places.PORTAL.parent,
    ),
    _journeys(name="journeys on SQLite", database="sqlite", marker="journey and not slow"),
)
REST = (
    Part(name="other unit tests on PostgreSQL", database="postgresql", marker=f"{UNIT} and one_database"),
    _journeys(name="slow journeys on SQLite", database="sqlite", marker="journey and slow"),
    _journeys(name="journeys on PostgreSQL", database="postgresql", marker="journey"),
    Part(name="slow tests on SQLite", database="sqlite", marker="slow and not journey", may_be_empty=True),
    Part(name="slow tests on PostgreSQL", database="postgresql", marker="slow and not journey", may_be_empty=True),
    Part(name="stock clients", database="postgresql", marker="foreign", workers="0", needs_browser=True),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate or everything; the exit status is 1 when something failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.suite", description=__doc__)
    parser.add_argument("--all", action="store_true", help="journeys on both databases, stock clients, slow tests")
    everything: bool = parser.parse_args(arguments).all
    chromium = browser.find_or_install()
    results = [run(part, chromium=chromium) for part in (GATE + REST if everything else GATE)]
    conclude(results, everything=everything)
    return 0 if all(result.passed for result in results) else 1


def run(part: Part, *, chromium: Path | None) -> Result:
    """Run one part, or leave it out when its browser is not there (which fails in CI)."""
    line(f"\n=== {part.name} ===")
    if part.needs_browser and chromium is None:
        line(f"Left out: there is no Chromium here. {browser.HOW}")
        words = f"LEFT OUT: no Chromium. {browser.HOW}"
        return Result(part=part, passed=not in_ci(), words=words, left_out=True)
    began = time.monotonic()
    status = pytest(part, chromium=chromium)
    words = f"{counted(part.report)}, {time.monotonic() - began:.0f} s"
    return Result(part=part, passed=status == 0 or (status == NO_TESTS and part.may_be_empty), words=words)


def pytest(part: Part, *, chromium: Path | None) -> int:
    """Run pytest for one part; gives its exit status."""
    part.report.parent.mkdir(parents=True, exist_ok=True)
    part.report.unlink(missing_ok=True)
    words = ["-m", "pytest", part.folder, "-q"]
    if part.database:
        words += ["-m", part.marker, f"--database={part.database}"]
    if part.workers:
        words += ["-n", part.workers]
    if part.by_file:
        words += ["--dist", "loadfile"]
    environment = {**os.environ, "NAMENS_CHROMIUM": str(chromium)} if chromium else dict(os.environ)
    return subprocess.run(
        [part.python, *words, f"--junitxml={part.report}"],
        cwd=part.home,
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode


def counted(report: Path) -> str:
    """What a part did, in words."""
    if not report.exists():
        return "did not come to an end"
    root = ElementTree.parse(report).getroot()
    suites = list(root.iter("testsuite"))
    total, failures, errors, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    words = [f"{total - failures - errors - skipped} passed"]
    words += [f"{failures + errors} FAILED"] if failures or errors else []
    words += [f"{skipped} skipped"] if skipped else []
    said = {one.get("message", "").partition("\n")[0] for one in root.iter("skipped")}
    return ", ".join([*words, *sorted(one for one in said if one.startswith("LEFT OUT"))])


def conclude(results: Sequence[Result], *, everything: bool) -> None:
    """Say what ran and what was left out."""
    line("\n=== What ran ===")
    for result in results:
        verdict = "left out" if result.left_out else "ok" if result.passed else "FAILED"
        line(f"{verdict:8}  {result.part.name}: {result.words}")
    if not everything:
        names = ", ".join(part.name for part in REST)
        line(f"Not part of this run: {names}. Those are in:  make test-all")
    if any(result.left_out for result in results) and in_ci():
        line("Nothing may be left out here, because CI is set: this counts as a failure.")


def in_ci() -> bool:
    """Whether this is the gate itself, where nothing may be left out."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


if __name__ == "__main__":
    sys.exit(main())
