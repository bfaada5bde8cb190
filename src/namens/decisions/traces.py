"""To which trace a request belongs: W3C Trace Context, level 1. Knows nothing of OpenTelemetry, which is imported only
where traces go somewhere."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from namens.decisions.config import DecisionSettings

if TYPE_CHECKING:
    from namens.decisions.exporting import Traces

_VERSION_0 = "00"
_LONGEST = 512
_TRACEPARENT = re.compile(
    r"(?P<version>(?!ff)[0-9a-f]{2})-(?P<trace>(?!0{32})[0-9a-f]{32})-(?P<span>(?!0{16})[0-9a-f]{16})"
    r"-(?P<flags>[0-9a-f]{2})(?P<more>-[!-~]*)?",
    re.ASCII,
)


class Parent(NamedTuple):
    """The span of somebody else that this request is a part of, and whether that one is kept."""

    trace: int
    span: int
    sampled: bool


def parsed(traceparent: str) -> Parent | None:
    """Read a `traceparent`; None for one that is not exactly right (Trace Context 3.2.2): it is then ignored.

    Of versions that do not exist yet only the part that will stay is read (3.2.4).
    """
    found = _TRACEPARENT.fullmatch(traceparent) if len(traceparent) <= _LONGEST else None
    if found is None or (found["version"] == _VERSION_0 and found["more"] is not None):
        return None
    return Parent(int(found["trace"], 16), int(found["span"], 16), sampled=bool(int(found["flags"], 16) & 1))


def parent_of(headers: Iterable[bytes], *, context: object = None) -> Parent | None:
    """Give the parent that a request names: its one `traceparent` header, otherwise `context.traceparent` (AuthZEN).

    `headers` are all headers of that name: more than one are as good as none (3.2). What is no text is ignored.
    """
    values = list(headers)
    named = parsed(values[0].decode("latin-1")) if len(values) == 1 else None
    if named is None and isinstance(context, str):
        return parsed(context)
    return named


def opened(settings: DecisionSettings) -> "Traces | None":
    """Give what keeps the spans of this process; None when they go nowhere. Made after the fork."""
    if not settings.otlp_endpoint:
        return None
    from namens.decisions.exporting import Traces  # noqa: PLC0415 - some megabytes, for who wants them only

    return Traces(endpoint=settings.otlp_endpoint, ratio=settings.trace_ratio)
