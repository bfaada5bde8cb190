"""What a benchmark found: a table for people, JSON for programs."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from namens.lib import clock

RESULTS = Path(__file__).parent / "results"
PACKAGES = ("Django", "granian", "psycopg", "asyncpg", "msgspec", "uvloop", "joserfc", "typst")


def median(times: Sequence[float]) -> float:
    """Give the median in milliseconds."""
    return statistics.median(times) * 1000


def p99(times: Sequence[float]) -> float:
    """Give the 99th percentile in milliseconds."""
    return sorted(times)[int(len(times) * 0.99)] * 1000


def spread(times: Sequence[float]) -> str:
    """Say both in words."""
    return f"{median(times):.1f} ms median, {p99(times):.1f} ms at p99"


def machine() -> dict[str, Any]:
    """Say what this was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = {name: version(name) for name in PACKAGES}
    load = round(os.getloadavg()[2], 1)
    found = {"cores": os.cpu_count(), "memory_gib": round(memory), "load_of_15_minutes": load}
    return {**found, "day": str(clock.today()), "python": platform.python_version(), **versions}


def report(name: str, rows: Sequence[tuple[str, str]], *, figures: Mapping[str, Any]) -> None:
    """Print the rows as a table, and write the figures with the machine as JSON."""
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        print(f"  {label:{width}}  {value}")
    RESULTS.mkdir(exist_ok=True)
    content = {"benchmark": name, "machine": machine(), **figures}
    (RESULTS / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
