"""What the server of this door is told: what it allows who is slow, many, or wrong."""

import resource

BACKLOG = 1024
MOST_CONNECTIONS = 4096
HEADER_MILLISECONDS = 10_000
LARGEST_HEAD_BYTES = 32768
STOPPED_WITHIN_SECONDS = 10
OTHER_FILES = 512

# Who does not finish its headers in time is cut off, and so is who asks nothing for as long. A worker takes a bounded
# number of connections, idle ones too; the rest wait in the kernel. A worker that died is replaced, and one that does
# not stop is killed. HTTP/1.1 only: what one connection can ask for at once stays one.
FLAGS = (
    *("--interface", "asgi", "--loop", "uvloop", "--runtime-threads", "1", "--http", "1"),
    *("--backlog", str(BACKLOG), "--backpressure", str(MOST_CONNECTIONS)),
    *("--http1-header-read-timeout", str(HEADER_MILLISECONDS), "--http1-buffer-size", str(LARGEST_HEAD_BYTES)),
    *("--respawn-failed-workers", "--respawn-interval", "1", "--workers-kill-timeout", str(STOPPED_WITHIN_SECONDS)),
    "namens.decisions.asgi:application",
)


def allow_files() -> None:
    """Let this process have the files that so many connections need, as far as it may: a shell allows 1024."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    if now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, min(wanted, most)), most))
