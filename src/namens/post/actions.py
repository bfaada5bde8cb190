"""Making a letter, handing it to the printer, and what becomes of it. Each step is one transaction of the caller's row.

The address is asked before, outside any transaction. The codes, the encrypted letter and the next step are written
together: killed at any moment, either nothing was made or the same letter goes on.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.codes import actions as codes
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock, friendly
from namens.mandates.letters import LetterKind
from namens.mandates.models import Mandate
from namens.mandates.waiting import still_waits
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties import keys
from namens.post import pdf, sender
from namens.post.letters import Recipient
from namens.post.models import Letter, LetterItem, Outcome
from namens.post.wanted import Asked
from namens.post.writing import code_last_day, write_letter

REFERENCE_SYMBOLS = 9
_PURPOSE = "letter"


@dataclass(frozen=True)
class Sheet:
    """A letter that is ready for the printer."""

    reference: str
    kind: str
    pdf: bytes

    def __repr__(self) -> str:
        return "<letter>"


def make(asked: Asked, *, to: Recipient, now: datetime) -> Letter:
    """Make the letter, keep it encrypted, and put the row that brings it to the printer. In the open transaction."""
    reference = friendly.grouped(friendly.generate(REFERENCE_SYMBOLS), size=3)
    written = write_letter(asked, to=to, reference=reference, now=now)
    made = pdf.render(written.letter, sender=sender.from_settings())
    letter = Letter.objects.create(
        id=asked.row,
        kind=asked.kind,
        party=asked.party,
        reference=reference,
        asked_at=asked.asked_at,
        due_by=asked.due_by,
        made_at=now,
        outcome=Outcome.MADE,
        sealed=keys.seal(_PURPOSE, base64.b64encode(made).decode()),
    )
    LetterItem.objects.bulk_create(
        LetterItem(letter=letter, mandate=mandate, code=code) for mandate, code in written.items.items()
    )
    _note(Event.LETTER_MADE, letter, mandate=asked.mandate, now=now)
    put(Kind.PRINT, payload={"letter": str(letter.id)}, now=now)
    return letter


def leave_unsent(asked: Asked, *, obstacle: str, now: datetime) -> None:
    """Keep that this letter has nowhere to go, and why: client and helpdesk can see it. In the open transaction."""
    letter = Letter.objects.create(
        id=asked.row,
        kind=asked.kind,
        party=asked.party,
        reference=friendly.grouped(friendly.generate(REFERENCE_SYMBOLS), size=3),
        asked_at=asked.asked_at,
        due_by=asked.due_by,
        outcome=Outcome.NOWHERE_TO_SEND,
        obstacle=obstacle,
    )
    _note(Event.LETTER_NOT_SENT, letter, mandate=asked.mandate, now=now, result=obstacle)


def sheet_of(letter: UUID, *, now: datetime) -> Sheet | None:
    """Give the letter for the printer. None when it was posted already, or when nobody wants it any more."""
    found = Letter.objects.filter(id=letter, outcome=Outcome.MADE).first()
    if found is None or _is_void(found, now):
        return None
    return Sheet(reference=found.reference, kind=found.kind, pdf=base64.b64decode(keys.unseal(_PURPOSE, found.sealed)))


def posted(letter: UUID, *, now: datetime) -> None:
    """Keep that the printer has it: the letter is erased, and its codes count from today. In the open transaction."""
    if not _close(letter, Outcome.POSTED, now):
        return
    for item in LetterItem.objects.filter(letter=letter, code__isnull=False):
        mandate = Mandate.objects.get(id=item.mandate)
        if item.code is not None:
            codes.count_from_posting(code=item.code, last_day=code_last_day(mandate, posted_on=clock.day_of(now)))
    _note(Event.LETTER_POSTED, Letter.objects.get(id=letter), now=now)


def not_posted(letter: UUID, *, obstacle: str, now: datetime) -> None:
    """Keep that this letter will not be posted: nobody wants it, or the printer refuses it. In the open transaction."""
    outcome = Outcome.REFUSED if obstacle else Outcome.NOT_WANTED
    if _close(letter, outcome, now, obstacle=obstacle):
        _note(Event.LETTER_NOT_SENT, Letter.objects.get(id=letter), now=now, result=obstacle or Outcome.NOT_WANTED)


def returned(reference: str, *, now: datetime) -> bool:
    """Keep that a letter came back. False when no posted letter has this reference."""
    with transaction.atomic():
        came_back = Letter.objects.filter(reference=reference, outcome=Outcome.POSTED)
        letter = came_back.first()
        if letter is None or not came_back.update(outcome=Outcome.RETURNED, returned_at=now):
            return False
        brought = LetterItem.objects.filter(letter=letter).values_list("code", flat=True)
        for code in filter(None, brought):
            codes.kill_one(code=code, now=now)
        _note(Event.LETTER_RETURNED, letter, now=now, channel=Channel.COMMAND)
        return True


def _close(letter: UUID, outcome: Outcome, now: datetime, *, obstacle: str = "") -> bool:
    kept = Letter.objects.filter(id=letter, outcome=Outcome.MADE)
    posted_at = now if outcome is Outcome.POSTED else None
    return bool(kept.update(outcome=outcome, sealed="", posted_at=posted_at, obstacle=obstacle[:40]))


def _is_void(letter: Letter, now: datetime) -> bool:
    """Say whether every code in this letter is worth nothing any more: the client said yes or no without it."""
    if letter.kind != LetterKind.CODE:
        return False
    mandates = Mandate.objects.filter(id__in=letter.items.values("mandate"))
    return not any(still_waits(mandate, now=now) for mandate in mandates)


def _note(
    event: Event,
    letter: Letter,
    *,
    now: datetime,
    mandate: UUID | None = None,
    result: str = "done",
    channel: Channel = Channel.WORKER,
) -> None:
    about = mandate or letter.items.values_list("mandate", flat=True).first()
    details = {"letter": letter.kind}
    write(event, at=now, channel=channel, subject=letter.party, mandate=about, result=result, details=details)
