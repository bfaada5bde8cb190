"""Asking, through the statement and the database, how it was at an earlier instant."""

from datetime import datetime
from uuid import UUID

from namens.mandates import queries
from namens.mandates.decision import Decision, Question, Representative, Snapshot, decide
from namens.mandates.past import as_it_was
from namens.mandates.snapshot import snapshot
from namens.services.models import Portal


def read_back(*, portal: Portal, representative: Representative, representee: UUID, question: Question) -> Snapshot:
    """Read a snapshot with all that looking back takes. One statement."""
    read = queries.read_for(portal=portal, representative=representative, representees=[representee], past=True)
    return snapshot(read.asker, read.of_pair, question=question, representative=representative)


def decide_back(
    *, portal: Portal, representative: Representative, representee: UUID, question: Question, at: datetime
) -> Decision:
    """Answer one question about the earlier instant `at`."""
    read = read_back(portal=portal, representative=representative, representee=representee, question=question)
    return decide(as_it_was(read, at), at)
