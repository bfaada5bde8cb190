"""What leaves as a letter: the question whom a helper meant, the letter itself, and its way to the printer."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog
from django.db import transaction

from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates.actions import block, compare, waits_for_comparison
from namens.mandates.letters import LetterKind
from namens.outbox import actions as outbox
from namens.outbox.carriers import Carriers
from namens.outbox.models import Kind, OutboxRow
from namens.parties.actions import record_facts
from namens.parties.models import Party
from namens.population import actions as population
from namens.population.addresses import (
    STOPS_A_CODE,
    STOPS_ANY_LETTER,
    AddressAnswer,
    Addressed,
    Deliverable,
)
from namens.population.answers import Answer, Found, NotFound, Unavailable
from namens.post import actions as post
from namens.post import printers
from namens.post import queries as post_queries
from namens.post.answers import Answer as PrinterAnswer
from namens.post.answers import NotTaken
from namens.post.letters import Recipient
from namens.post.wanted import Asked, is_wanted
from namens.worker.rows import begin, close, hand_out, settling, take_up

AT_ONCE = 4
AT_THE_PRINTER = 2
NOT_FOUND = "not-found"
GIVEN_UP = "given-up"

log = structlog.get_logger()


@dataclass
class LetterDesk:
    """Carriers to the register and to the printer, and what is done with what they bring back."""

    to_register: Carriers = field(default_factory=lambda: Carriers(AT_ONCE))
    to_printer: Carriers = field(default_factory=lambda: Carriers(AT_THE_PRINTER))

    def carriers(self) -> tuple[Carriers, ...]:
        """Give everybody who is or can be outside."""
        return self.to_register, self.to_printer

    def turn(self) -> bool:
        """Begin what is due, as much as can leave at once; True when there was something."""
        begun = [
            hand_out(kind=Kind.REQUEST, most=self.to_register.free, to=partial(begin, self._compare)),
            hand_out(kind=Kind.PRINT, most=self.to_printer.free, to=partial(begin, self._print)),
            hand_out(kind=Kind.LETTER, most=self.to_register.free, to=partial(begin, self._write)),
        ]
        return any(begun)

    def _compare(self, row: OutboxRow) -> None:
        """Ask the register about whom a helper stated. What was taken back, or compared before, only ends."""
        request = UUID(row.payload["request"])
        question = population.stated_question(stated=waits_for_comparison(request))
        if question is None:
            with settling(row):
                compare(request=request, facts=None, now=clock.now())
            return
        self.to_register.send(question, then=partial(take_up, row, partial(_compared, row, request)))

    def _write(self, row: OutboxRow) -> None:
        """Ask the register for the address of a letter that is still wanted."""
        asked = Asked.read(row.payload, row=row.id, asked_at=row.put_at)
        if not is_wanted(asked, now=clock.now()):
            outbox.settle(row, now=clock.now())
            return
        question = population.address_question(party=asked.party, today=clock.today())
        self.to_register.send(question, then=partial(take_up, row, partial(_addressed, row, asked)))

    def _print(self, row: OutboxRow) -> None:
        """Bring a letter to the printer, unless nobody wants it any more."""
        letter, now = UUID(row.payload["letter"]), clock.now()
        sheet = post.sheet_of(letter, now=now)
        if sheet is None:
            with settling(row):
                post.not_posted(letter, obstacle="", now=now)
            return
        printer = printers.from_settings()
        errand = partial(printer.hand_over, reference=sheet.reference, pdf=sheet.pdf, kind=sheet.kind, now=now)
        self.to_printer.send(errand, then=partial(take_up, row, partial(_printed, row, letter)))


def _compared(row: OutboxRow, request: UUID, answer: Answer) -> None:
    if isinstance(answer, Unavailable):
        close(row, answer.reason)
        return
    with settling(row):
        compare(request=request, facts=answer.facts if isinstance(answer, Found) else None, now=clock.now())


def _addressed(row: OutboxRow, asked: Asked, answer: AddressAnswer) -> None:
    if isinstance(answer, Unavailable):
        close(row, answer.reason)
        return
    now = clock.now()
    if isinstance(answer, Addressed):
        known = Party.objects.get(id=asked.party)
        person = record_facts(party=known, facts=answer.facts, now=now, channel=Channel.WORKER)
        block(person=person, now=now, channel=Channel.WORKER)
    obstacle = _obstacle(asked.kind, answer)
    with settling(row):
        if not is_wanted(asked, now=now):
            return
        if obstacle:
            post.leave_unsent(asked, obstacle=obstacle, now=now)
        else:
            post.make(asked, to=_recipient(answer), now=now)
    if obstacle:
        log.warning("letter has nowhere to go", row=str(row.id), kind=asked.kind, obstacle=obstacle)


def _obstacle(kind: LetterKind, answer: Addressed | NotFound) -> str:
    """Give what stands in the way of this letter, or nothing."""
    if isinstance(answer, NotFound):
        return NOT_FOUND
    found = answer.obstacles & (STOPS_A_CODE if kind is LetterKind.CODE else STOPS_ANY_LETTER)
    return min(found, default="")


def _recipient(answer: Addressed | NotFound) -> Recipient:
    if isinstance(answer, NotFound) or not isinstance(answer.address, Deliverable):
        raise TypeError("a letter without an address is never made")
    address = answer.address
    return Recipient(name=address.recipient_name, lines=address.lines, country=address.country)


def _printed(row: OutboxRow, letter: UUID, answer: PrinterAnswer) -> None:
    now = clock.now()
    if not isinstance(answer, NotTaken):
        with settling(row):
            post.posted(letter, now=now)
        return
    if answer.again:
        close(row, answer.problem)
        return
    log.error("printer refuses a letter", row=str(row.id), problem=answer.problem)
    with settling(row):
        post.not_posted(letter, obstacle=answer.problem, now=now)


def let_go(row: OutboxRow, *, now: datetime) -> None:
    """Erase a letter that no printer took in all that time."""
    if row.kind != Kind.PRINT:
        return
    with transaction.atomic():
        post.not_posted(UUID(row.payload["letter"]), obstacle=row.last_problem or GIVEN_UP, now=now)


def tell_late(*, now: datetime) -> None:
    """Raise the alarm when letters are still here that should have been there: somebody was promised a day."""
    late = post_queries.late(today=clock.day_of(now))
    if late:
        log.error("letters late", number=late)
