"""Reading the numbers of the decisions door as Prometheus does, and another process that counts."""

import ipaddress
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from namens.decisions.config import DecisionSettings
from namens.decisions.metrics import Metrics

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1"))


def settings(folder: Path) -> DecisionSettings:
    """Give settings with which only this machine may read."""
    return DecisionSettings(folder=folder, metrics_networks=LOOPBACK)


def read(counting: Metrics) -> dict[str, float]:
    """Read the page as Prometheus does, without its comments."""
    page = counting.page("127.0.0.1", forwarded=False)
    assert page is not None
    lines = [line for line in page.decode().splitlines() if not line.startswith("#")]
    return {
        name.removeprefix("namens_decisions_"): float(value) for name, _, value in (x.rpartition(" ") for x in lines)
    }


@contextmanager
def another_process(folder: Path, *, portal: str, times: int) -> Iterator[subprocess.Popen[str]]:
    """A process that counted so many decisions for a portal; killed at the end."""
    command = [sys.executable, "-m", "tests.decisions.counter", str(folder), portal, str(times)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "counted\n"
        yield process
        process.kill()
