"""The numbers of this machine for Prometheus, and the alarm for a portal that is told many reasons."""

import ipaddress
import os
import time
from collections import deque
from collections.abc import Iterable, Mapping

import structlog

from namens.decisions import exposition, held, spool, tallies
from namens.decisions.config import DecisionSettings
from namens.decisions.counts import Counts
from namens.decisions.pulse import Pulse
from namens.decisions.tallies import Tally
from namens.lib import clock
from namens.lib.env import Network

CONTENT_TYPE = exposition.CONTENT_TYPE
WRITE_SECONDS = 1.0
WINDOW_SECONDS, SAMPLE_SECONDS = 300.0, 5.0

log = structlog.get_logger()


class Metrics:
    """What this process counts, and the page with what all of them counted. Started after the fork."""

    def __init__(self, settings: DecisionSettings) -> None:
        self.counts = Counts()
        self._settings = settings
        self._tally = Tally(folder=settings.counts_folder, counts=self.counts)
        self._watch = Watch(limit=settings.many_reasons)
        self._watching: int | None = None
        self._pulse = Pulse("counts", seconds=WRITE_SECONDS, work=self._beat)

    def start(self) -> None:
        """Begin to write the numbers, once a second."""
        self._pulse.start()

    def stop(self) -> None:
        """Write them for the last time."""
        self._pulse.stop()
        self._tally.close()
        if self._watching is not None:
            os.close(self._watching)
            self._watching = None

    def page(self, peer: str, *, forwarded: bool) -> bytes | None:
        """Give the page, for who may read it; None for anybody else. It takes some milliseconds and reads files.

        `peer` is the address at the other end of the connection. `forwarded`: the request has a header that says it
        came through a proxy (Forwarded, X-Forwarded-For): then that address is the proxy's, and says nothing.
        """
        if forwarded or not is_among(self._settings.metrics_networks, peer=peer):
            return None
        self._tally.write()
        waiting = spool.waiting_bytes(self._settings.journal_folder)
        return exposition.page(tallies.add_up(self._settings.counts_folder), spool_bytes=waiting)

    def _beat(self) -> None:
        self._tally.write()
        folder = self._settings.counts_folder
        if self._watching is None:
            self._watching = held.lock(folder / tallies.WATCH)
        if self._watching is not None:
            # One living process does this for all.
            tallies.bury(folder, now=clock.now())
            self._watch.look(tallies.add_up(folder).numbers.reasons_told, at=time.monotonic())


class Watch:
    """Looks for portals that are told more than `limit` reasons in five minutes; warns of each once in that time."""

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._samples: deque[tuple[float, Mapping[str, int]]] = deque()
        self._warned: dict[str, float] = {}

    def look(self, told: Mapping[str, int], *, at: float) -> None:
        """Hear how many each was told until now, `at` so many seconds of a clock that never goes back."""
        samples = self._samples
        while len(samples) > 1 and samples[1][0] <= at - WINDOW_SECONDS:
            samples.popleft()
        before = samples[0][1] if samples else told
        for portal, count in told.items():
            recent = count - before.get(portal, 0)
            if recent > self._limit and at - self._warned.get(portal, -WINDOW_SECONDS) >= WINDOW_SECONDS:
                self._warned[portal] = at
                log.warning("many reasons asked", portal=portal, reasons=recent, seconds=round(WINDOW_SECONDS))
        if not samples or samples[-1][0] <= at - SAMPLE_SECONDS:
            samples.append((at, dict(told)))


def is_among(networks: Iterable[Network], *, peer: str) -> bool:
    """Say whether an address is in one of the networks. No for what is no address, as of a unix socket."""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in networks)
