"""When an organisation leaves or goes on under another number: its mandates end with it, and clients are asked again.

Both are done in batches, each mandate or client in a transaction of its own. Whoever is stopped half-way goes on where
it was: what is left to do is read from the mandates themselves.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.actions.asking import make_asked
from namens.mandates.actions.endings import bring_in_line, end
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.actions.noting import note_change
from namens.mandates.actions.request import withdraw_with_organisation
from namens.mandates.changes import Change
from namens.mandates.letters import LetterKind, ask_letter, tell_by_email
from namens.mandates.models import Mandate, MandateRequest, MandateService, Origin
from namens.mandates.states import EndReason, State, Verb
from namens.organisations.models import Merger, Organisation
from namens.parties.actions import hold
from namens.parties.models import Party
from namens.services.models import MandatedTo, Service

AT_ONCE = 50
LEAVES = "organisation-leaves"
_RUNNING = (State.ACTIVE.value, State.SUSPENDED.value)
_LENGTHS = (Duration.ONE_MONTH, Duration.SIX_MONTHS, Duration.ONE_YEAR)


@dataclass(frozen=True)
class Progress:
    """How many were done, and how many are left."""

    done: int
    to_do: int

    @property
    def total(self) -> int:
        """Give how many there are."""
        return self.done + self.to_do


def end_with_organisation(*, organisation: UUID, now: datetime, most: int = AT_ONCE) -> bool:
    """Let a batch of this organisation's mandates end on its last day. True when there may be more.

    Clients hear of it by letter and e-mail. What only waits for a client is taken back.
    """
    leaving = Organisation.objects.select_related("party").get(party=organisation)
    if leaving.last_day is None:
        return False
    unmet = MandateRequest.objects.filter(helper=organisation, withdrawn_at__isnull=True, mandate__isnull=True)
    asked = list(unmet.order_by("id").values_list("id", flat=True)[:most])
    for request in asked:
        withdraw_with_organisation(asked=request, organisation=leaving.party, now=now)
    too_long = _beyond(organisation, leaving.last_day).order_by("id").values_list("id", flat=True)[:most]
    mandates = list(too_long)
    for mandate in mandates:
        _end_with(mandate, last_day=leaving.last_day, now=now)
    return most in {len(asked), len(mandates)}


def ask_for_successor(*, merger: UUID, now: datetime, most: int = AT_ONCE) -> bool:
    """Ask a batch of clients for a mandate in the name of the organisation that goes on. True when there may be more.

    A client who helps nobody any more, or was asked already, is left out.
    """
    agreed = Merger.objects.select_related("organisation__successor__party").get(id=merger)
    successor = agreed.organisation.successor
    if successor is None:
        return False
    waiting = _not_asked(agreed.organisation_id, successor=successor.party_id, today=clock.day_of(now))
    clients = list(waiting.order_by("representee").values_list("representee", flat=True).distinct()[:most])
    for client in clients:
        _ask(client, old=agreed.organisation_id, successor=successor.party, now=now)
    return len(clients) == most


def left_behind(*, now: datetime) -> list[UUID]:
    """Give the organisations that leave, and still have a mandate that goes on longer: it was made meanwhile."""
    leaving = Organisation.objects.filter(last_day__isnull=False)
    longer = Mandate.objects.filter(
        representative=OuterRef("party"), state__in=_RUNNING, last_day__gt=OuterRef("last_day")
    )
    soon = clock.day_of(now) - timedelta(days=1)
    return list(leaving.filter(Exists(longer), last_day__gte=soon).values_list("party", flat=True))


def progress_of_leaving(*, organisation: UUID, last_day: date) -> Progress:
    """Give for how many running mandates the end is on `last_day` or before, and for how many not yet."""
    running = Mandate.objects.filter(representative=organisation, state__in=_RUNNING)
    to_do = running.filter(last_day__gt=last_day).count()
    return Progress(done=running.count() - to_do, to_do=to_do)


def progress_of_merging(*, organisation: UUID, successor: UUID, today: date) -> Progress:
    """Give how many clients were asked for a mandate in the name of the successor, and how many not yet."""
    asked = Mandate.objects.filter(
        representative=successor, origin=Origin.REQUESTED, representee__mandates_given__representative=organisation
    )
    to_do = _not_asked(organisation, successor=successor, today=today).values("representee").distinct().count()
    return Progress(done=asked.values("representee").distinct().count(), to_do=to_do)


def _beyond(organisation: UUID, last_day: date) -> QuerySet[Mandate]:
    of_organisation = Mandate.objects.filter(representative=organisation).exclude(state=State.ENDED)
    return of_organisation.filter(Q(state=State.REQUESTED) | Q(last_day__gt=last_day))


def _end_with(mandate: UUID, *, last_day: date, now: datetime) -> None:
    with transaction.atomic():
        held = hold_mandate(mandate)
        if held is None or held.state == State.ENDED:
            return
        if held.state == State.REQUESTED:
            MandateRequest.objects.filter(mandate=mandate, withdrawn_at__isnull=True).update(withdrawn_at=now)
            _end(mandate, EndReason.WITHDRAWN, Verb.WITHDRAW, Event.REQUEST_WITHDRAWN, now)
        elif held.first_day > last_day:
            verb = Verb.WITHDRAW if held.state == State.OFFERED else Verb.STOP
            _end(mandate, EndReason.ORGANISATION_LEFT, verb, Event.MANDATE_STOPPED, now)
        else:
            _shorten(held, last_day=last_day, now=now)


def _end(mandate: UUID, reason: EndReason, verb: Verb, event: Event, now: datetime) -> None:
    end(mandate=mandate, reason=reason, verb=verb, event=event, by=None, now=now, channel=Channel.WORKER)


def _shorten(held: Mandate, *, last_day: date, now: datetime) -> None:
    lines = MandateService.objects.filter(mandate=held, stopped_at__isnull=True, last_day__gt=last_day)
    if not lines.update(last_day=last_day):
        return
    bring_in_line(held.id)
    write(
        Event.MANDATE_SHORTENED,
        at=now,
        channel=Channel.WORKER,
        subject=held.representee_id,
        mandate=held.id,
        details={"last_day": last_day.isoformat(), "reason": LEAVES},
    )
    note_change(Change.CHANGED, mandate=held, now=now)
    if held.activated_at is not None:
        tell_by_email(party=held.representee_id, now=now)
        ask_letter(LetterKind.ENDING, mandate=held, now=now)


def _not_asked(organisation: UUID, *, successor: UUID, today: date) -> QuerySet[Mandate]:
    asked = Mandate.objects.filter(representative=successor, representee=OuterRef("representee"))
    running = Mandate.objects.filter(representative=organisation, state=State.ACTIVE, last_day__gte=today)
    return running.filter(~Exists(asked))


def _ask(client: UUID, *, old: UUID, successor: Party, now: datetime) -> None:
    today = clock.day_of(now)
    with transaction.atomic():
        held = Party.objects.get(id=client)
        hold(party=held)
        waiting = _not_asked(old, successor=successor.id, today=today).filter(representee=client)
        longest = waiting.order_by("last_day").values_list("last_day", flat=True).last()
        services = _services(list(waiting.values_list("id", flat=True)), today=today)
        if longest is None or not services:
            return
        mandate = _request(held, successor, services, _length(longest, today=today), now)
        write(
            Event.MANDATE_REQUESTED,
            at=now,
            channel=Channel.WORKER,
            actor=successor.id,
            subject=client,
            mandate=mandate.id,
            details={"services": [service.key for service in services], "reason": "merger"},
        )
        ask_letter(LetterKind.CODE, mandate=mandate, now=now)
        tell_by_email(party=client, now=now)


def _services(mandates: list[UUID], *, today: date) -> list[Service]:
    """Give what runs of these mandates, and can still be given to an organisation."""
    lines = MandateService.objects.filter(mandate__in=mandates, stopped_at__isnull=True, last_day__gte=today)
    offered = Service.objects.filter(active=True, mandated_to__in=[MandatedTo.ORGANISATIONS, MandatedTo.BOTH])
    return list(offered.filter(id__in=lines.values("service")).order_by("key"))


def _length(longest: date, *, today: date) -> Duration:
    """Give the shortest length that reaches as far; never more than a letter can give."""
    return next((length for length in _LENGTHS if length.last_day(today) >= longest), _LENGTHS[-1])


def _request(client: Party, successor: Party, services: list[Service], length: Duration, now: datetime) -> Mandate:
    return make_asked(
        client=client,
        helper=successor,
        services=services,
        duration=length,
        waits_until=clock.day_of(now) + timedelta(days=settings.REQUEST_DAYS),
        now=now,
    )
