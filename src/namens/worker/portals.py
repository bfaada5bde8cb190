"""What leaves for portals: access that ended, and the message that a login is over."""

from concurrent.futures import Future
from functools import partial
from uuid import UUID

from namens.grants import actions as grants
from namens.grants import logout
from namens.grants.logout import Failed, Message, Sent
from namens.lib import clock
from namens.outbox.carriers import Carriers
from namens.outbox.models import OutboxRow
from namens.parties.models import Party
from namens.signin import drafts
from namens.worker.rows import attempt, close, report


def end_access(row: OutboxRow) -> None:
    """End the logins that a mandate held up."""
    close(row, attempt(lambda: grants.end_access(mandate=UUID(row.payload["mandate"]), now=clock.now())))


def end_member(row: OutboxRow) -> None:
    """End the logins of a member who lost access, and forget what they left half-way when they are gone."""
    close(row, attempt(lambda: _end_member(UUID(row.payload["member"]))))


def end_visit(row: OutboxRow) -> None:
    """End the logins that came from a visit."""
    close(row, attempt(lambda: grants.end_visit(visit=UUID(row.payload["visit"]), now=clock.now())))


def end_at_portal(row: OutboxRow) -> None:
    """End the logins at a portal that was withdrawn, or got other terms, as far as they got more than holds now."""
    close(row, attempt(lambda: grants.end_at_portal(portal=UUID(row.payload["portal"]), now=clock.now())))


def _end_member(member: UUID) -> None:
    grants.end_member(member=member, now=clock.now())
    gone = Party.objects.filter(id=member, member__ended_at__isnull=False).first()
    if gone is not None:
        drafts.forget(party=gone)


def send_logout(carriers: Carriers, row: OutboxRow) -> None:
    """Let one of these carriers bring the message."""
    problem = attempt(partial(_begin_logout, carriers, row))
    if problem is not None:
        close(row, problem)


def _begin_logout(carriers: Carriers, row: OutboxRow) -> None:
    prepared = logout.prepare(family=UUID(row.payload["family"]), now=clock.now())
    if isinstance(prepared, Message):
        carriers.send(partial(logout.post, prepared), then=partial(_end_logout, row))
    else:
        close(row, _problem_of(prepared))


def _end_logout(row: OutboxRow, sent: Future[Sent | Failed]) -> None:
    if (raised := sent.exception()) is not None:
        report(raised, row=str(row.id))
        close(row, type(raised).__name__)
        return
    close(row, _problem_of(sent.result()))


def _problem_of(outcome: Sent | Failed) -> str | None:
    return outcome.problem if isinstance(outcome, Failed) else None
