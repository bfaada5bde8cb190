"""Numbers in the form that Prometheus reads."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from namens.decisions.counts import PAIRS, SECONDS, Numbers
from namens.decisions.tallies import Sum

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_ROOM = "namens_decisions"


class _Given(Collector):
    """Gives the registry metrics that are ready."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterator[Metric]:
        return iter(self._metrics)


def page(total: Sum, *, spool_bytes: int) -> bytes:
    """Give the page: what all processes counted, and how the living ones and the spool stand."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Given([*_counters(total.numbers), *_histograms(total.numbers), *_gauges(total, spool_bytes)]))
    return generate_latest(registry)


def _counters(numbers: Numbers) -> Iterator[Metric]:
    decisions = CounterMetricFamily(
        f"{_ROOM}_decided", "Decisions: permit, or the reason why not.", labels=["portal", "endpoint", "outcome"]
    )
    for label, count in sorted(numbers.decisions.items()):
        decisions.add_metric(label.rsplit(" ", 2), count)
    yield decisions
    told = CounterMetricFamily(
        f"{_ROOM}_reasons_told", "Reasons other than no_mandate that stood in an answer.", labels=["portal"]
    )
    for portal, count in sorted(numbers.reasons_told.items()):
        told.add_metric([portal], count)
    yield told
    requests = CounterMetricFamily(
        f"{_ROOM}_requests", "Requests that were answered, by HTTP status.", labels=["endpoint", "status"]
    )
    for label, count in sorted(numbers.requests.items()):
        requests.add_metric(label.split(" "), count)
    yield requests
    tokens = CounterMetricFamily(f"{_ROOM}_tokens", "Tokens, known from before or verified now.", labels=["from"])
    for source, count in sorted(numbers.tokens.items()):
        tokens.add_metric([source], count)
    yield tokens


def _histograms(numbers: Numbers) -> Iterator[Metric]:
    seconds = HistogramMetricFamily(f"{_ROOM}_request_seconds", "Time until the answer.", labels=["endpoint"])
    for endpoint, counts in sorted(numbers.seconds.items()):
        if any(counts):
            total = numbers.seconds_total.get(endpoint, 0.0)
            seconds.add_metric([endpoint], buckets=_buckets(SECONDS, counts), sum_value=total)
    yield seconds
    pairs = HistogramMetricFamily(f"{_ROOM}_statement_pairs", "Pairs of people in one statement.")
    if any(numbers.pairs):
        pairs.add_metric([], buckets=_buckets(PAIRS, numbers.pairs), sum_value=numbers.pairs_total)
    yield pairs


def _gauges(total: Sum, spool_bytes: int) -> Iterator[Metric]:
    yield GaugeMetricFamily(f"{_ROOM}_processes", "Processes that answer.", value=len(total.living))
    waiting = sum(standing.waiting for standing in total.living)
    yield GaugeMetricFamily(f"{_ROOM}_look_ups_waiting", "Look-ups that wait for a connection.", value=waiting)
    yield GaugeMetricFamily(f"{_ROOM}_spool_bytes", "Bytes that wait for the journal.", value=spool_bytes)
    ages = GaugeMetricFamily(
        f"{_ROOM}_heartbeat_age_seconds", "Age of the oldest heartbeat that a process saw.", labels=["server"]
    )
    oldest: dict[str, float] = {}
    for standing in total.living:
        for server, age in standing.heartbeats.items():
            oldest[server] = max(age, oldest.get(server, age))
    for server, age in sorted(oldest.items()):
        ages.add_metric([server], age)
    yield ages


def _buckets(bounds: tuple[float, ...], counts: list[int]) -> list[tuple[str, float]]:
    """Give how many values were at or below each bound."""
    return list(zip([*(str(float(bound)) for bound in bounds), "+Inf"], accumulate(counts), strict=False))
