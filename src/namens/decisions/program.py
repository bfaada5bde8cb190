"""What the server of this door is told: what it allows who is slow, many, or wrong."""

BACKLOG = 1024
MOST_CONNECTIONS = 1024
HEADER_MILLISECONDS = 5000
LARGEST_HEAD_BYTES = 65536
STOPPED_WITHIN_SECONDS = 10

# Who does not finish its headers in time is cut off. A worker takes a bounded number of connections; the rest wait in
# the kernel. One that died is replaced, and one that does not stop is killed. HTTP/1.1 only: no streams to multiply.
FLAGS = (
    *("--interface", "asgi", "--loop", "uvloop", "--runtime-threads", "1", "--http", "1"),
    *("--backlog", str(BACKLOG), "--backpressure", str(MOST_CONNECTIONS)),
    *("--http1-header-read-timeout", str(HEADER_MILLISECONDS), "--http1-buffer-size", str(LARGEST_HEAD_BYTES)),
    *("--respawn-failed-workers", "--respawn-interval", "1", "--workers-kill-timeout", str(STOPPED_WITHIN_SECONDS)),
    "namens.decisions.asgi:application",
)
