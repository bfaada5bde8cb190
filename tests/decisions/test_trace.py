"""Tracing: what a request may say of its trace, and what leaves for the collector."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from namens.decisions import exporting, traces
from namens.decisions.config import DecisionSettings
from namens.decisions.counts import Endpoint
from namens.decisions.exporting import Traces
from namens.decisions.traces import Parent, parent_of, parsed
from namens.lib.env import WrongVariable
from tests.decisions.entries import NOW

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
GOOD = f"00-{TRACE}-{SPAN}-01"
PARENT = Parent(int(TRACE, 16), int(SPAN, 16), sampled=True)
WRONG = {
    "empty": "",
    "words": "hello",
    "capitals": GOOD.upper().replace("00-", "00-", 1),
    "version ff": f"ff-{TRACE}-{SPAN}-01",
    "short version": f"0-{TRACE}-{SPAN}-01",
    "no trace": f"00-{'0' * 32}-{SPAN}-01",
    "no span": f"00-{TRACE}-{'0' * 16}-01",
    "short trace": f"00-{TRACE[:-1]}-{SPAN}-01",
    "long span": f"00-{TRACE}-{SPAN}0-01",
    "no flags": f"00-{TRACE}-{SPAN}",
    "wrong flags": f"00-{TRACE}-{SPAN}-0x",
    "more in version 0": f"{GOOD}-more",
    "a dash in version 0": f"{GOOD}-",
    "space before": f" {GOOD}",
    "a new line": f"{GOOD}\n",
    "other digits": GOOD.replace("4", "٤"),
    "two": f"{GOOD},{GOOD}",
    "later without a dash": f"01-{TRACE}-{SPAN}-01more",
    "later and endless": f"01-{TRACE}-{SPAN}-01-{'a' * 10_000}",
}


class Collector:
    """What a collector heard."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.paths: list[str] = []
        self.bodies: list[bytes] = []
        self.headers: list[str | None] = []

    def spans(self) -> list[Span]:
        heard = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span for one in heard for whole in one.resource_spans for scope in whole.scope_spans for span in scope.spans
        ]


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector at a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.paths.append(self.path)
            heard.headers.append(self.headers["Content-Type"])
            heard.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard = Collector(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    yield heard
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def tracing(url: str, *, ratio: float = 0.0) -> Iterator[Traces]:
    made = Traces(endpoint=url, ratio=ratio)
    try:
        yield made
    finally:
        made.stop()


def record(to: Traces, *, parent: Parent | None, status: int = 200, seconds: float = 0.25) -> None:
    to.record(
        Endpoint.EVALUATION,
        parent=parent,
        ended_at=NOW,
        seconds=seconds,
        status=status,
        portal="my-portal",
        outcomes={"permit": 2, "expired": 1},
        pairs=3,
    )


def test_it_reads_a_parent() -> None:
    assert parsed(GOOD) == PARENT
    assert parsed(f"00-{TRACE}-{SPAN}-00") == PARENT._replace(sampled=False)
    assert parsed(f"00-{TRACE}-{SPAN}-fe") == PARENT._replace(sampled=False)
    assert parsed(f"00-{TRACE}-{SPAN}-03") == PARENT


def test_it_reads_of_a_later_version_what_will_stay() -> None:
    assert parsed(f"cc-{TRACE}-{SPAN}-01") == PARENT
    assert parsed(f"cc-{TRACE}-{SPAN}-01-what-the-future-will-be-like.09") == PARENT


@pytest.mark.parametrize("wrong", WRONG)
def test_it_ignores_a_parent_that_is_not_exactly_right(wrong: str) -> None:
    assert parsed(WRONG[wrong]) is None
    assert parent_of([WRONG[wrong].encode()]) is None
    assert parent_of([], context=WRONG[wrong]) is None


def test_it_lets_the_header_win() -> None:
    other = GOOD.replace("4bf9", "aaaa")
    assert parent_of([GOOD.encode()], context=other) == PARENT
    assert parent_of([], context=GOOD) == PARENT
    assert parent_of([b"\xff\xfe"], context=GOOD) == PARENT


def test_it_takes_two_headers_for_none() -> None:
    assert parent_of([GOOD.encode(), GOOD.encode()]) is None


@pytest.mark.parametrize(
    "context", [None, 1, True, ["x"], {"traceparent": "x"}], ids=["no", "one", "yes", "list", "map"]
)
def test_it_ignores_what_is_no_text(context: object) -> None:
    assert parent_of([], context=context) is None


def test_it_sends_a_span_for_a_request(collector: Collector) -> None:
    with tracing(collector.url) as to:
        record(to, parent=PARENT)
    (span,) = collector.spans()
    assert (span.name, span.kind) == ("decisions evaluation", Span.SPAN_KIND_SERVER)
    assert (span.trace_id.hex(), span.parent_span_id.hex()) == (TRACE, SPAN)
    assert span.end_time_unix_nano == int(NOW.timestamp()) * 10**9
    assert span.end_time_unix_nano - span.start_time_unix_nano == 250_000_000
    assert span.status.code == 0
    assert (collector.paths, collector.headers) == (["/v1/traces"], ["application/x-protobuf"])


def test_it_says_how_many_and_never_who(collector: Collector) -> None:
    with tracing(collector.url) as to:
        record(to, parent=PARENT)
    (span,) = collector.spans()
    said = {one.key: one.value.string_value or one.value.int_value for one in span.attributes}
    assert said == {
        "namens.endpoint": "evaluation",
        "namens.portal": "my-portal",
        "namens.pairs": 3,
        "namens.outcome.permit": 2,
        "namens.outcome.expired": 1,
        "http.response.status_code": 200,
    }


def test_it_says_who_it_is(collector: Collector) -> None:
    with tracing(collector.url) as to:
        record(to, parent=PARENT)
    (sent,) = ExportTraceServiceRequest.FromString(collector.bodies[0]).resource_spans
    assert {one.key: one.value.string_value for one in sent.resource.attributes}["service.name"] == "namens-decisions"


def test_it_marks_what_went_wrong_here(collector: Collector) -> None:
    with tracing(collector.url) as to:
        record(to, parent=PARENT, status=503)
        record(to, parent=PARENT, status=400)
    assert [span.status.code for span in collector.spans()] == [2, 0]


def test_it_keeps_no_span_of_a_trace_that_nobody_keeps(collector: Collector) -> None:
    with tracing(collector.url, ratio=1.0) as to:
        record(to, parent=PARENT._replace(sampled=False))
    assert collector.spans() == []


def test_it_keeps_every_span_of_a_trace_that_somebody_keeps(collector: Collector) -> None:
    with tracing(collector.url) as to:
        for _ in range(20):
            record(to, parent=PARENT)
    assert len(collector.spans()) == 20


def test_it_traces_no_more_than_the_others_can_bear(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    """A portal that says of every request that it is traced."""
    monkeypatch.setattr(exporting, "MOST_A_SECOND", 5)
    began = time.monotonic()
    with tracing(collector.url) as to:
        for _ in range(300):
            record(to, parent=PARENT)
        seconds = int(time.monotonic() - began) + 2
    assert 5 <= len(collector.spans()) <= 5 * seconds


@pytest.mark.parametrize(("ratio", "least", "most"), [(0.0, 0, 0), (1.0, 400, 400), (0.5, 120, 280)])
def test_it_keeps_a_part_of_those_without_a_parent(collector: Collector, ratio: float, least: int, most: int) -> None:
    with tracing(collector.url, ratio=ratio) as to:
        for _ in range(400):
            record(to, parent=None)
    spans = collector.spans()
    assert least <= len(spans) <= most
    assert {span.parent_span_id for span in spans} <= {b""}
    assert len({span.trace_id for span in spans}) == len(spans)


@pytest.mark.slow
def test_it_waits_for_no_collector_that_is_away(collector: Collector) -> None:
    """An address where nobody listens: spans are dropped, and the process ends within seconds."""
    to = Traces(endpoint="http://127.0.0.1:1", ratio=1.0)
    for _ in range(10_000):
        record(to, parent=None)
    began = time.monotonic()
    to.stop()
    assert time.monotonic() - began < 10
    assert collector.bodies == []


def test_it_imports_nothing_when_traces_go_nowhere() -> None:
    program = (
        "import sys; from pathlib import Path; from namens.decisions import traces; "
        "from namens.decisions.config import DecisionSettings; "
        "assert traces.opened(DecisionSettings(folder=Path('unused'))) is None; "
        "assert not [name for name in sys.modules if name.startswith(('opentelemetry', 'google', 'requests'))]"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, env=dict(os.environ)).returncode == 0


def test_it_opens_traces_where_the_settings_say(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAMENS_OTLP_ENDPOINT", f"{collector.url}/")
    monkeypatch.setenv("NAMENS_TRACE_PERCENT", "100")
    to = traces.opened(DecisionSettings.read(folder=Path("unused")))
    assert to is not None
    record(to, parent=None)
    to.stop()
    assert collector.paths == ["/v1/traces"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("NAMENS_OTLP_ENDPOINT", "collector:4318"),
        ("NAMENS_OTLP_ENDPOINT", "file:///etc"),
        ("NAMENS_OTLP_ENDPOINT", "https://"),
        ("NAMENS_OTLP_ENDPOINT", "https://me:secret@collector.example.nl"),
        ("NAMENS_TRACE_PERCENT", "101"),
        ("NAMENS_TRACE_PERCENT", "-1"),
        ("NAMENS_TRACE_PERCENT", "nan"),
        ("NAMENS_TRACE_PERCENT", "all"),
    ],
)
def test_it_refuses_to_start_with_a_setting_that_cannot_be(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(WrongVariable, match=variable):
        DecisionSettings.read(folder=Path("unused"))
