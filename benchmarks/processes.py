"""The processes that serve a port: which they are, what processor time they took, and how much memory they hold."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
_RESIDENT = re.compile(rb"^VmRSS:\s+(\d+) kB", re.MULTILINE)


def serving(port: int) -> list[int]:
    """Give the processes that serve this port: the one that was started, and those that it started."""
    words = f"--port\0{port}\0".encode()
    parents = {int(one.name) for one in Path("/proc").glob("[0-9]*") if words in _read(one / "cmdline")}
    children = {int(one.name) for one in Path("/proc").glob("[0-9]*") if _parent(one) in parents}
    return sorted(parents | children)


def cpu(processes: Sequence[int]) -> float:
    """Give the seconds of processor time that these took so far."""
    stats = (_read(Path("/proc") / str(one) / "stat").rpartition(b")")[2].split() for one in processes)
    return sum(int(stat[11]) + int(stat[12]) for stat in stats if stat) / TICK


def resident(process: int) -> float:
    """Give the mebibytes that a process holds in memory, what it shares with others included."""
    found = _RESIDENT.search(_read(Path("/proc") / str(process) / "status"))
    return int(found[1]) / 1024 if found else 0.0


def _parent(process: Path) -> int:
    stat = _read(process / "stat").rpartition(b")")[2].split()
    return int(stat[1]) if stat else 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        # It ended meanwhile.
        return b""
