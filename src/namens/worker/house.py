"""What the worker does, turn by turn, until it is stopped."""

import signal
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError, connections

from namens.appointments import actions as appointments
from namens.codes import actions as codes
from namens.decisions import moving
from namens.exchange import allowances
from namens.exchange import upkeep as exchange
from namens.grants import actions as grants
from namens.journal.events import Channel
from namens.lib import clock
from namens.mandates import queries
from namens.mandates.actions import block, forget_unasked, lapse, note_over, remind
from namens.organisations import actions as organisations
from namens.outbox import actions as outbox
from namens.outbox import upkeep as outbox_upkeep
from namens.outbox.carriers import Carriers
from namens.outbox.models import Kind
from namens.parties import actions as parties
from namens.parties.models import Party
from namens.population import actions as population
from namens.population.answers import Answer, Found
from namens.post import addresses, occasions
from namens.signin import browsers, drafts, visits
from namens.worker import disputes, portals, reports, sheets, telling
from namens.worker import organisations as organisations_desk
from namens.worker.events import EventDesk
from namens.worker.letters import LetterDesk, let_go, tell_late
from namens.worker.mails import MailDesk
from namens.worker.replicas import keeping_replicas
from namens.worker.rows import attempt, begin, hand_out, report

PAUSE_SECONDS = 0.1
UPKEEP_EVERY = timedelta(minutes=1)
ENDINGS_AT_ONCE = 10
DISPUTES_AT_ONCE = 10
FIRST_TRIES, FURTHER_TRIES = 8, 4

log = structlog.get_logger()


def run(*, once: bool) -> None:
    """Work until SIGTERM or SIGINT, or do once what is due."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    worker = Worker(upkeep_due=clock.now(), register_due=clock.now())
    with keeping_replicas(only_once=once):
        while True:
            if not worker.turn():
                stopping.wait(PAUSE_SECONDS)
            if once or stopping.is_set():
                worker.finish()
                return


def erase_spent(*, now: datetime) -> None:
    """Erase what nobody can use any more: codes that were shown, drafts and what is in them, tokens and sessions."""
    codes.forget_stale(now=now)
    drafts.forget_stale(now=now)
    browsers.forget_stale(now=now)
    visits.forget_stale(now=now)
    forget_unasked(now=now)
    appointments.forget_spent(now=now)
    grants.forget_stale(now=now)
    exchange.forget_stale(now=now)
    addresses.forget_stale(now=now)
    organisations.forget_links(now=now)
    organisations.forget_sheets(now=now)
    appointments.forget_past(now=now)
    allowances.forget_spent(now=now)
    outbox_upkeep.forget_over(now=now)
    # What `SessionStore.clear_expired` does, by our clock.
    Session.objects.filter(expire_date__lt=now).delete()


@dataclass
class Worker:
    """When what has to be done next, and what is under way. Nothing here is lost with the process.

    What was tried before has carriers of its own: portals that are away never take those of a first message.
    """

    upkeep_due: datetime
    register_due: datetime
    first_tries: Carriers = field(default_factory=lambda: Carriers(FIRST_TRIES))
    further_tries: Carriers = field(default_factory=lambda: Carriers(FURTHER_TRIES))
    questions: Carriers = field(default_factory=lambda: Carriers(1))
    letters: LetterDesk = field(default_factory=LetterDesk)
    mails: MailDesk = field(default_factory=MailDesk)
    events: EventDesk = field(default_factory=EventDesk)
    over_left: bool = False
    over_after: tuple[date, UUID] | None = None
    hopeless_left: bool = False

    def turn(self) -> bool:
        """Do one round; True when there was something to do. A database that is away is waited for."""
        now = clock.now()
        try:
            is_due = outbox.is_anything_due(now=now)
            busy = [is_due and self._end(), self._take_back(), is_due and self._send(), self._ask(now)]
            self._keep_house(now)
            busy += [self._note_over(now), self._give_up_events(now)]
            return any(busy)
        except (OperationalError, InterfaceError) as problem:
            log.warning("database away", problem=type(problem).__name__)
            connections.close_all()
        return False

    def _end(self) -> bool:
        """End access before anything is sent: that is what everybody waits for, and it takes no time."""
        ended = [
            hand_out(kind=Kind.ACCESS_ENDED, most=ENDINGS_AT_ONCE, to=portals.end_access) > 0,
            hand_out(kind=Kind.MEMBER_ENDED, most=ENDINGS_AT_ONCE, to=portals.end_member) > 0,
            hand_out(kind=Kind.VISIT_ENDED, most=ENDINGS_AT_ONCE, to=portals.end_visit) > 0,
            hand_out(kind=Kind.PORTAL_CHANGED, most=1, to=portals.end_at_portal) > 0,
            telling.turn(),
        ]
        return any(ended)

    def _send(self) -> bool:
        """Begin what is due of all the rest, as much as can leave at once."""
        begun = [
            organisations_desk.turn(),
            hand_out(kind=Kind.SHEET, most=1, to=sheets.carry_on) > 0,
            hand_out(kind=Kind.LINE_DISPUTED, most=DISPUTES_AT_ONCE, to=partial(begin, disputes.tell_portal)) > 0,
            self._send_logouts(),
            self.events.turn(),
            self.letters.turn(),
            self.mails.turn(),
        ]
        return any(begun)

    def finish(self) -> None:
        """Wait for what is under way, and take it up. Nothing new is begun."""
        for carriers in self._carriers():
            carriers.close()
        self._take_back()

    @property
    def is_waiting(self) -> bool:
        """Say whether anything is under way."""
        return any(carriers.are_out for carriers in self._carriers())

    def _carriers(self) -> tuple[Carriers, ...]:
        ours = (self.first_tries, self.further_tries, self.questions, self.mails.carriers)
        return *ours, *self.events.carriers(), *self.letters.carriers()

    def _take_back(self) -> bool:
        back = [errand for carriers in self._carriers() for errand in carriers.back()]
        for errand in back:
            attempt(errand)
        return bool(back)

    def _send_logouts(self) -> bool:
        """Send as many messages as can leave at once: a row is leased only when somebody is free to carry it."""
        sent = [
            hand_out(
                kind=Kind.BACK_CHANNEL_LOGOUT,
                tried=tried,
                most=carriers.free,
                to=partial(portals.send_logout, carriers),
            )
            for carriers, tried in ((self.first_tries, False), (self.further_tries, True))
        ]
        return any(sent)

    def _note_over(self, now: datetime) -> bool:
        """Note a batch of what is over since yesterday; True when there may be more. Trouble waits for the upkeep."""
        if self.over_left:
            self.over_left = False
            attempt(partial(self._note_batch, now))
        return self.over_left

    def _note_batch(self, now: datetime) -> None:
        self.over_after = note_over(now=now, after=self.over_after, attempt=attempt)
        self.over_left = self.over_after is not None

    def _give_up_events(self, now: datetime) -> bool:
        """Give up a batch of events that no portal took; True when there may be more, as above."""
        if self.hopeless_left:
            self.hopeless_left = False
            attempt(lambda: setattr(self, "hopeless_left", self.events.give_up(now=now)))
        return self.hopeless_left

    def _ask(self, now: datetime) -> bool:
        """Ask the register about one person with a running mandate whose day is over; True when there may be more."""
        if now < self.register_due or not self.questions.free:
            return False
        waiting = queries.people_with_running_mandates(to_ask_at=now, today=clock.day_of(now), most=1)
        if not waiting:
            self.register_due = now + UPKEEP_EVERY
        for party in waiting:
            if parties.begin_asking(person=party.person, now=now):
                attempt(partial(self._begin_question, party))
        return bool(waiting)

    def _begin_question(self, party: Party) -> None:
        self.questions.send(population.question(party=party), then=partial(self._hear, party))

    def _hear(self, party: Party, asked: Future[Answer]) -> None:
        """Keep the answer and end what it forbids. A register that is away for everybody gets a minute's rest."""
        now = clock.now()
        if (raised := asked.exception()) is not None:
            self.register_due = now + UPKEEP_EVERY
            report(raised, party=str(party.id))
            return
        answer = asked.result()
        person = population.keep_daily_answer(party=party, answer=answer, now=now)
        if person is None:
            self.register_due = now + UPKEEP_EVERY
            log.warning("register away", answer=type(answer).__name__)
            return
        ended = block(person=person, now=now, channel=Channel.WORKER)
        if not isinstance(answer, Found):
            log.warning("person not given", party=str(party.id), answer=type(answer).__name__, ended=len(ended))

    def _keep_house(self, now: datetime) -> None:
        if now < self.upkeep_due:
            return
        self.upkeep_due, self.over_left, self.hopeless_left = now + UPKEEP_EVERY, True, True
        for row in outbox.give_up(now=now, besides=[Kind.PORTAL_EVENT]):
            log.error("given up", kind=row.kind, row=str(row.id), attempts=row.attempts, problem=row.last_problem)
            attempt(partial(let_go, row, now=now))
        attempt(partial(erase_spent, now=now))
        attempt(partial(visits.end_idle, now=now))
        attempt(partial(lapse, now=now))
        attempt(partial(remind, now=now))
        attempt(partial(appointments.remind, now=now))
        attempt(partial(organisations.tell_days, now=now))
        attempt(partial(occasions.tell_of_acts, now=now))
        attempt(partial(occasions.tell_of_month, now=now))
        attempt(partial(organisations_desk.look_again, now=now))
        attempt(partial(tell_late, now=now))
        attempt(partial(reports.tell_late, now=now))
        attempt(partial(moving.move_waiting, folder=settings.DECISIONS.journal_folder))
