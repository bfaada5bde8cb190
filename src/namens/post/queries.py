"""What is in the post: for the operator who must know that letters leave in time, and for who reads about the own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from namens.outbox.models import Kind, OutboxRow
from namens.post.models import Letter, Outcome


@dataclass(frozen=True)
class State:
    """How many letters wait to be made, wait for the printer, are later than was promised, or never left."""

    to_make: int
    to_print: int
    late: int
    returned: int
    nowhere_to_send: int
    refused: int


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


def letters_of(party: UUID, *, most: int = 50) -> list[Letter]:
    """Give the newest letters to this party, made or not."""
    return list(Letter.objects.filter(party=party).order_by("-asked_at", "-id")[:most])
