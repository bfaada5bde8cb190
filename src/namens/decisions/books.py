"""What is kept of each answer: numbers always, a trace where they go somewhere, the journal where a portal wants it."""

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from namens.decisions import traces
from namens.decisions.asking import NOBODY, Item
from namens.decisions.config import DecisionSettings
from namens.decisions.counts import PERMIT, Counts, Endpoint
from namens.decisions.http import Request
from namens.decisions.journaling import Journaling
from namens.decisions.lookups import Away
from namens.decisions.metrics import Metrics
from namens.decisions.spool import Kept, SpoolFull
from namens.lib import clock
from namens.lib.ids import new_id
from namens.mandates.columns import as_uuid
from namens.mandates.decision import Decision, Permit
from namens.mandates.snapshot import Asker
from namens.mandates.statement import Found

if TYPE_CHECKING:
    from namens.decisions.exporting import Traces


class Books:
    """The books of one process. Nothing is opened before `open`: that is after the fork."""

    def __init__(self, chosen: DecisionSettings) -> None:
        self._chosen = chosen
        self.metrics = Metrics(chosen)
        self.traces: Traces | None = None
        self.journaling: Journaling | None = None

    @property
    def counts(self) -> Counts:
        """Give the numbers."""
        return self.metrics.counts

    def open(self) -> None:
        """Begin to write. Raises OSError when the folder cannot be written in: then nobody may start."""
        self.journaling = Journaling(folder=self._chosen.journal_folder)
        self.journaling.start()
        self.metrics.start()
        self.traces = traces.opened(self._chosen)

    def close(self) -> None:
        """Write what can still be written: what fails of one keeps nothing from the others."""
        with ExitStack() as closing:
            if self.traces is not None:
                closing.callback(self.traces.stop)
            closing.callback(self.metrics.stop)
            if self.journaling is not None:
                closing.callback(self.journaling.stop)


class Record:
    """One request, while it is answered."""

    __slots__ = ("_began", "_books", "_kept", "_outcomes", "_request", "_told", "endpoint", "named_trace", "pairs",
                 "portal")  # fmt: skip

    def __init__(self, books: Books, request: Request, endpoint: Endpoint) -> None:
        self._books, self._request, self.endpoint = books, request, endpoint
        self._began = time.perf_counter()
        self._outcomes: Counter[str] = Counter()
        self._kept: list[Kept] = []
        self._told = True
        self.portal, self.pairs = "", 0
        self.named_trace: object = None

    def decided(self, decision: Decision, item: Item, asker: Asker, lines: Sequence[Found], *, now: datetime) -> None:
        """Note a decision that will be answered."""
        outcome = PERMIT if isinstance(decision, Permit) else decision.reason.value
        self._outcomes[outcome] += 1
        self._told = asker.gives_reasons
        if asker.journals_decisions:
            mandate = decision.mandate if isinstance(decision, Permit) else None
            request = self._request.sound_number
            kept = _kept(item, asker, lines, outcome=outcome, mandate=mandate, now=now, request=request)
            self._kept.append(kept)

    def keep(self) -> None:
        """Keep what has to reach the journal, before it is answered. Raises Away when that cannot be."""
        if not self._kept:
            return
        try:
            if self._books.journaling is None:
                raise SpoolFull
            self._books.journaling.spool.keep(self._kept)
        except (SpoolFull, OSError):
            raise Away from None

    def close(self, status: int) -> None:
        """Count it, and trace it."""
        seconds = time.perf_counter() - self._began
        counts = self._books.counts
        counts.answered(self.endpoint, status=status, seconds=seconds)
        for outcome, times in self._outcomes.items():
            counts.decided(outcome, portal=self.portal, endpoint=self.endpoint, told=self._told, times=times)
        if self._books.traces is not None:
            parent = traces.parent_of(self._request.all_named(b"traceparent"), context=self.named_trace)
            self._books.traces.record(
                self.endpoint,
                parent=parent,
                ended_at=clock.now(),
                seconds=seconds,
                status=status,
                portal=self.portal,
                outcomes=self._outcomes,
                pairs=self.pairs,
            )


def _kept(
    item: Item,
    asker: Asker,
    lines: Sequence[Found],
    *,
    outcome: str,
    mandate: UUID | None,
    now: datetime,
    request: str,
) -> Kept:
    """Give the entry, in ids of ours; who is known by a number and has no mandate here stays unknown."""
    party = as_uuid(lines[0].representative) if lines else item.asked.party
    subject = as_uuid(lines[0].representee) if lines else item.asked.representee
    member = item.asked.member
    return Kept(
        id=new_id(),
        at=now,
        portal=asker.id,
        actor=_somebody(member or party),
        organisation=_somebody(party) if member else None,
        subject=_somebody(subject),
        mandate=mandate,
        result=outcome,
        service=item.question.service,
        action=item.question.action,
        as_of=item.at,
        request=request,
    )


def _somebody(party: UUID | None) -> UUID | None:
    return None if party == NOBODY else party
