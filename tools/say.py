"""What the programs in this folder say on screen."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never


class Trouble(Exception):
    """Something that the reader can do something about; the message says what."""


def line(text: str = "") -> None:
    """One line, visible at once, also when the output goes to a file."""
    print(text, flush=True)


def fail(trouble: Trouble) -> Never:
    """Say what is wrong and what to do, and leave with status 1."""
    sys.stdout.flush()
    print(f"\n{trouble}", file=sys.stderr, flush=True)
    raise SystemExit(1)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what is being done, and how many seconds it took."""
    print(f"  {text} … ", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        line(f"failed after {time.monotonic() - began:.1f} s")
        raise
    line(f"{time.monotonic() - began:.1f} s")
