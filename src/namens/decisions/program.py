"""The words by which the server of this door is started: what it allows who is slow, many, or wrong."""

import sys
from collections.abc import Sequence

BACKLOG = 1024
MOST_AT_ONCE = 1024
HEADER_MILLISECONDS = 5000
LARGEST_HEAD = 65536
KILLED_AFTER_SECONDS = 10


def words(*, address: str, port: int, workers: int) -> Sequence[str]:
    """Give the program and its arguments.

    Who does not finish its headers within seconds is cut off, and a worker takes a bounded number of connections: the
    rest wait in the backlog of the kernel. A worker that died is replaced; one that does not stop is killed.
    """
    return (
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--loop", "uvloop", "--no-ws", "--http", "1"),
        *("--host", address, "--port", str(port), "--workers", str(workers), "--runtime-threads", "1"),
        *("--backlog", str(BACKLOG), "--backpressure", str(MOST_AT_ONCE)),
        *("--http1-header-read-timeout", str(HEADER_MILLISECONDS), "--http1-buffer-size", str(LARGEST_HEAD)),
        *("--respawn-failed-workers", "--respawn-interval", "1"),
        *("--workers-kill-timeout", str(KILLED_AFTER_SECONDS)),
        *("--log-level", "warning", "namens.decisions.asgi:application"),
    )
