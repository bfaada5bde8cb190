"""What a letter was asked for, and whether it still makes sense to send it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from namens.lib import clock
from namens.mandates.letters import LetterKind
from namens.mandates.models import Mandate
from namens.mandates.states import State
from namens.mandates.waiting import still_waits
from namens.organisations.models import Organisation
from namens.organisations.queries import taking_part
from namens.post.models import Letter, LetterItem

WAITS_FOR_A_CODE = (State.REQUESTED, State.OFFERED)


@dataclass(frozen=True)
class Asked:
    """A letter as the outbox asks for it: `row` is that row, and becomes the letter's id."""

    row: UUID
    kind: LetterKind
    party: UUID
    mandate: UUID | None
    asked_at: datetime
    due_by: date

    @classmethod
    def read(cls, payload: Mapping[str, str], *, row: UUID, asked_at: datetime) -> "Asked":
        """Read the payload of an outbox row. Raises KeyError or ValueError for what is no such payload."""
        return cls(
            row=row,
            kind=LetterKind(payload["letter"]),
            party=UUID(payload["party"]),
            mandate=UUID(payload["mandate"]) if "mandate" in payload else None,
            asked_at=asked_at,
            due_by=date.fromisoformat(payload["by"]),
        )


def is_wanted(asked: Asked, *, now: datetime) -> bool:
    """Say whether this letter must still be made."""
    if asked.mandate is None:
        return asked.kind is LetterKind.OVERVIEW or (asked.kind is LetterKind.EMAIL_CHANGED and not _told(asked))
    mandate = Mandate.objects.get(id=asked.mandate)
    if asked.kind is LetterKind.CODE:
        waits = still_waits(mandate, now=now) and _takes_part(mandate, clock.day_of(now))
        return waits and not _went_along(asked.mandate, since=asked.asked_at)
    return fits(asked.kind, mandate=mandate, today=clock.day_of(now))


def fits(kind: LetterKind, *, mandate: Mandate, today: date) -> bool:
    """Say whether a letter of this kind fits how the mandate stands."""
    has_days = mandate.last_day >= today
    if kind is LetterKind.CODE and not _takes_part(mandate, today):
        return False
    runs = mandate.state == State.ACTIVE and has_days
    fitting = {
        LetterKind.CODE: mandate.state in WAITS_FOR_A_CODE and has_days and (mandate.waits_until or today) >= today,
        LetterKind.CONFIRMATION: mandate.activated_at is not None,
        LetterKind.AGAIN: runs,
        LetterKind.REMINDER: runs,
        LetterKind.ENDING: mandate.activated_at is not None,
    }
    return fitting.get(kind, False)


def _takes_part(mandate: Mandate, today: date) -> bool:
    """Say whether a code could still be of use: none is, while the organisation it is for is switched off or gone."""
    organisation = Organisation.objects.filter(party=mandate.representative_id)
    return not organisation.exists() or taking_part(today=today).filter(party=mandate.representative_id).exists()


def _told(asked: Asked) -> bool:
    """Say whether a letter that was made after this one was asked for says the same, as things stand now."""
    same = Letter.objects.filter(party=asked.party, kind=asked.kind, made_at__gte=asked.asked_at)
    return same.exists()


def _went_along(mandate: UUID, *, since: datetime) -> bool:
    """Say whether the code went along in another letter that was made after this one was asked for."""
    return LetterItem.objects.filter(mandate=mandate, code__isnull=False, letter__made_at__gte=since).exists()
