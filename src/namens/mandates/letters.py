"""Which letters follow from what happens to a mandate. Each is put in the action's own transaction, and made later."""

from datetime import datetime
from enum import StrEnum

from namens.mandates.models import Mandate
from namens.mandates.states import EndReason
from namens.outbox.actions import put
from namens.outbox.models import Kind

TOLD_BY_LETTER = frozenset(
    {EndReason.STOPPED_BY_REPRESENTEE, EndReason.STOPPED_BY_REPRESENTATIVE, EndReason.STOPPED_BY_HELPDESK}
)


class LetterKind(StrEnum):
    """What a letter is about."""

    CODE = "code"
    CONFIRMATION = "confirmation"
    AGAIN = "again"
    ENDING = "ending"
    OVERVIEW = "overview"
    REMINDER = "reminder"


def ask_letter(kind: LetterKind, *, mandate: Mandate, now: datetime, due_at: datetime | None = None) -> None:
    """Put a letter to the client of this mandate, in the open transaction."""
    payload = {"letter": kind.value, "party": str(mandate.representee_id), "mandate": str(mandate.id)}
    put(Kind.LETTER, payload=payload, now=now, due_at=due_at)
