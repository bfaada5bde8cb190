"""What is in the post: for the operator who must know that letters leave in time, and for who reads about the own."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from namens.lib import clock
from namens.mandates.letters import LetterKind
from namens.mandates.models import Mandate
from namens.outbox.models import Kind, OutboxRow
from namens.post.models import Letter, Outcome
from namens.post.wanted import Asked, fits


@dataclass(frozen=True)
class State:
    """How many letters wait to be made, wait for the printer, are later than was promised, or never left."""

    to_make: int
    to_print: int
    late: int
    returned: int
    nowhere_to_send: int
    refused: int


@dataclass(frozen=True)
class Waiting:
    """A letter that still has to be made: not before `begins_on`, and there by `due_by`."""

    kind: LetterKind
    asked_at: datetime
    begins_on: date
    due_by: date


def late(*, today: date) -> int:
    """Give how many letters should have been there before today and are still in the house."""
    unmade = OutboxRow.objects.filter(promised_for__lt=today, settled_at__isnull=True)
    return unmade.count() + Letter.objects.filter(outcome=Outcome.MADE, due_by__lt=today).count()


def state(*, today: date) -> State:
    """Give the state of the post."""
    ended = {one: Letter.objects.filter(outcome=one).count() for one in Outcome}
    return State(
        to_make=OutboxRow.objects.filter(kind=Kind.LETTER, settled_at__isnull=True, given_up_at__isnull=True).count(),
        to_print=ended[Outcome.MADE],
        late=late(today=today),
        returned=ended[Outcome.RETURNED],
        nowhere_to_send=ended[Outcome.NOWHERE_TO_SEND],
        refused=ended[Outcome.REFUSED],
    )


def letters_of(party: UUID, *, most: int = 50, after: int = 0) -> list[Letter]:
    """Give the newest letters to this party, made or not, without the first `after` of them."""
    return list(Letter.objects.filter(party=party).order_by("-asked_at", "-id")[after : after + most])


def waiting_letters_of(party: UUID, *, today: date, most: int = 50) -> list[Waiting]:
    """Give the letters to this party that still have to be made, newest first. Two statements, however many.

    Those that would not be made any more, as things stand now, are left out.
    """
    rows = OutboxRow.objects.filter(party=party, kind=Kind.LETTER, settled_at__isnull=True, given_up_at__isnull=True)
    asked = [(row, _asked(row)) for row in rows.order_by("-put_at", "-id")[:most]]
    mandates = Mandate.objects.in_bulk([one.mandate for _, one in asked if one.mandate])
    return [
        Waiting(kind=one.kind, asked_at=row.put_at, begins_on=clock.day_of(row.due_at), due_by=one.due_by)
        for row, one in asked
        if one.mandate is None or fits(one.kind, mandate=mandates[one.mandate], today=today)
    ]


def _asked(row: OutboxRow) -> Asked:
    return Asked.read(row.payload, row=row.id, asked_at=row.put_at)
