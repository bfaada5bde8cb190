"""Spans of the decisions door, sent by OTLP over HTTP by a thread beside the event loop.

A span never holds an id of a person, a mandate or a request: only how many decisions, of which sort, for which portal.
When the collector is away spans are dropped; nobody waits for them.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from threading import Timer

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import NonRecordingSpan, SpanContext, SpanKind, Status, StatusCode, TraceFlags
from opentelemetry.trace.propagation import set_span_in_context

from namens.decisions.counts import Endpoint
from namens.decisions.traces import Parent

SEND_EVERY_MILLISECONDS, TIMEOUT_SECONDS, STOPPED_WITHIN_SECONDS = 1000, 2, 3
MOST_WAITING, MOST_AT_ONCE = 4096, 512
# Making and sending one takes about a tenth of a millisecond: a portal that wants all of its traced slows nobody down.
MOST_A_SECOND = 500
_SERVICE = "namens-decisions"
_NOBODY = Context()


class Traces:
    """Keeps spans and sends them, so many a second. Of requests that bring no parent, `ratio` (0 to 1) are kept."""

    def __init__(self, *, endpoint: str, ratio: float) -> None:
        self._exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=TIMEOUT_SECONDS)
        sending = BatchSpanProcessor(
            self._exporter,
            max_queue_size=MOST_WAITING,
            max_export_batch_size=MOST_AT_ONCE,
            schedule_delay_millis=SEND_EVERY_MILLISECONDS,
        )
        self._ratio = ratio
        self._second, self._left = 0, 0
        self._provider = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(ratio)),
            resource=Resource.create({SERVICE_NAME: _SERVICE}),
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(sending)
        self._tracer = self._provider.get_tracer("namens.decisions")

    def record(
        self,
        endpoint: Endpoint,
        *,
        parent: Parent | None,
        ended_at: datetime,
        seconds: float,
        status: int,
        portal: str,
        outcomes: Mapping[str, int],
        pairs: int,
    ) -> None:
        """Keep the span of one request that was answered. `portal` is its client id, `outcomes` how many of which."""
        if not (parent.sampled if parent else self._ratio) or not self._has_room():
            return
        ended = round(ended_at.timestamp() * 1_000_000) * 1000
        span = self._tracer.start_span(
            f"decisions {endpoint}",
            context=_context(parent),
            kind=SpanKind.SERVER,
            start_time=ended - round(seconds * 1_000_000_000),
            attributes={
                "namens.endpoint": str(endpoint),
                "namens.portal": portal,
                "namens.pairs": pairs,
                "http.response.status_code": status,
                **{f"namens.outcome.{outcome}": count for outcome, count in outcomes.items()},
            },
        )
        if status >= 500:
            span.set_status(Status(StatusCode.ERROR))
        span.end(ended)

    def _has_room(self) -> bool:
        """Say whether another span may be made in this second, and count it."""
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._left = second, MOST_A_SECOND
        self._left -= 1
        return self._left >= 0

    def stop(self) -> None:
        """Send what waits, as far as that goes within a few seconds."""
        # The provider tries every batch, also when nobody listens: that could take minutes.
        enough = Timer(STOPPED_WITHIN_SECONDS, self._exporter.shutdown)
        enough.start()
        self._provider.shutdown()
        enough.cancel()


def _context(parent: Parent | None) -> Context:
    """Give the context of a request: that of its parent, and never what happens to be current."""
    if parent is None:
        return _NOBODY
    flags = TraceFlags(TraceFlags.SAMPLED if parent.sampled else TraceFlags.DEFAULT)
    remote = SpanContext(parent.trace, parent.span, is_remote=True, trace_flags=flags)
    return set_span_in_context(NonRecordingSpan(remote), _NOBODY)
