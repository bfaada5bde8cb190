"""Reading mandates: for people's overviews, and for decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.lib.assurance import AssuranceLevel
from namens.mandates.decision import Decision, Permit, Question, Representative, decide
from namens.mandates.membership import Dialect
from namens.mandates.models import Mandate, MandateService
from namens.mandates.older import giving_way, older_lines
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.snapshot import Asker, Reading, snapshot
from namens.mandates.statement import Asked, Form, Found, statement
from namens.mandates.states import EndReason, State
from namens.parties.models import Party, Person
from namens.services.models import Portal, Service

ENTRIES_SHOWN = 100
# What a representative of either kind needs to be named.
WITH_NAMES = ("representative__person", "representative__organisation")


@dataclass(frozen=True)
class Client:
    """Somebody whom a helper can act for at a portal now: one permit for each service."""

    party: UUID
    name: str
    permits: tuple[Permit, ...]


def decide_for(
    *, portal: Portal, representative: Representative, representee: UUID, question: Question, at: datetime
) -> Decision:
    """Answer one question at the instant `at` with one statement."""
    read = read_for(portal=portal, representative=representative, representees=[representee])
    return decide(snapshot(read.asker, read.of_pair, question=question, representative=representative), at)


def clients_for(
    *,
    portal: Portal,
    representative: Representative,
    assurance: AssuranceLevel | None,
    services: Iterable[str],
    at: datetime,
    among: Sequence[UUID] = (),
) -> list[Client]:
    """Give everybody whom this helper can act for at this portal, for at least one of `services`, by name.

    With `among` only those of them. Two statements, however many clients.
    """
    helped = permits_among(
        portal=portal, representative=representative, assurance=assurance, services=services, at=at, among=among
    )
    people = Person.objects.in_bulk(list(helped))
    clients = [Client(party=pair, name=people[pair].name.full, permits=found) for pair, found in helped.items()]
    return sorted(clients, key=lambda client: (client.name, client.party))


def permits_among(
    *,
    portal: Portal,
    representative: Representative,
    assurance: AssuranceLevel | None,
    services: Iterable[str],
    at: datetime,
    among: Sequence[UUID],
) -> dict[UUID, tuple[Permit, ...]]:
    """Give the permits for each of these people (without any: for everybody) of whom there are some. One statement."""
    asked = list(services)
    read = read_for(portal=portal, representative=representative, representees=among)
    permits = {
        pair: _permits(read.asker, lines, representative, asked, assurance, at)
        for pair, lines in read.by_representee().items()
    }
    return {pair: found for pair, found in permits.items() if found}


def permits_for(
    *,
    portal: Portal,
    representative: Representative,
    representee: UUID,
    assurance: AssuranceLevel | None,
    services: Iterable[str],
    at: datetime,
) -> tuple[Permit, ...]:
    """Give the permits of one pair for those of `services` that hold now. One statement."""
    read = read_for(portal=portal, representative=representative, representees=[representee])
    return _permits(read.asker, read.of_pair, representative, list(services), assurance, at)


def read_for(
    *, portal: Portal, representative: Representative, representees: Sequence[UUID] = (), past: bool = False
) -> Reading:
    """Read what snapshots are made of: of these pairs, or of everybody. One statement; see `mandates.snapshot`.

    With `past` so that `mandates.past` can say how it was.
    """
    asked = Asked(portal=portal.client_id, party=representative.party, member=representative.member, past=past)
    pairs = [asked._replace(representee=one) for one in representees]
    return read_many(pairs or [asked], form=Form.PAIRS if representees else Form.CLIENTS)


def read_many(asked: Sequence[Asked], *, form: Form = Form.PAIRS) -> Reading:
    """Read what is asked, of whomever and by whichever portal. One statement; lines come by the place in `asked`."""
    wanted = statement(Dialect(connection.vendor), asked, form=form)
    with connection.cursor() as cursor:
        cursor.execute(wanted.sql, wanted.parameters)
        return Reading(cursor.fetchall())


def overview_of(party: Party) -> QuerySet[Mandate]:
    """Give all mandates that this party gave or holds, newest first, with their people. `with_lines` adds the rest."""
    return (
        Mandate.objects.filter(Q(representee=party) | Q(representative=party))
        .select_related("representee__person", *WITH_NAMES)
        .order_by("-offered_at", "-id")
    )


def with_lines(mandates: list[Mandate]) -> list[Mandate]:
    """Give the same mandates, each with its lines and their services as `shown_lines`. One statement for all."""
    lines = MandateService.objects.select_related("service").order_by("service__position", "service__key")
    # In a list of its own: as the related manager's cache it would cost a query set for each mandate.
    prefetch_related_objects(mandates, Prefetch("lines", queryset=lines, to_attr="shown_lines"))
    return mandates


def seen_by(viewer: Party, *, mandates: list[Mandate]) -> list[Mandate]:
    """Give the same mandates, with their lines, as this party may see them; never to be saved.

    To a helper a mandate that was reported as wrong is one that was stopped then, whatever became of it later.
    """
    for mandate in mandates:
        if mandate.suspended_at is not None and mandate.representee_id != viewer.id:
            _let_look_stopped(mandate, mandate.suspended_at)
    return mandates


def running_or_waiting(mandates: QuerySet[Mandate], *, viewer: Party, today: date) -> QuerySet[Mandate]:
    """Leave only mandates that are not over for who looks: not ended, not past their day.

    A mandate's own last day is that of its longest running service, and without one it has ended. For a helper also
    one is over that was reported as wrong.
    """
    return mandates.exclude(_over_for(viewer)).filter(last_day__gte=today)


def over(mandates: QuerySet[Mandate], *, viewer: Party, today: date) -> QuerySet[Mandate]:
    """Leave only mandates that are over for who looks: ended by somebody, or by their dates."""
    return mandates.filter(_over_for(viewer) | Q(last_day__lt=today))


def mandate_of(party: Party, *, mandate: UUID) -> Mandate:
    """Give one mandate of this party, as they may see it. Raises MandateRefused (not yours) for any other."""
    found = seen_by(party, mandates=with_lines(list(overview_of(party).filter(id=mandate))))
    if not found:
        raise MandateRefused(MandateReason.NOT_YOURS)
    return found[0]


def journal_of(mandate: Mandate) -> list[JournalEntry]:
    """Give the newest hundred entries of this mandate's part of the journal, newest first."""
    return list(JournalEntry.objects.filter(mandate=mandate.id).order_by("-at", "-id")[:ENTRIES_SHOWN])


def journal_at(mandate: Mandate) -> list[JournalEntry]:
    """Give the newest hundred entries of what members of this mandate's organisation did about its client meanwhile."""
    about = JournalEntry.objects.filter(
        subject=mandate.representee_id,
        event__in=[Event.CLIENT_OPENED, Event.CLIENT_TAKEN_OVER],
        details__organisation=str(mandate.representative_id),
        at__gte=mandate.activated_at or mandate.offered_at,
    )
    if mandate.ended_at is not None:
        about = about.filter(at__lte=mandate.ended_at)
    return list(about.order_by("-at", "-id")[:ENTRIES_SHOWN])


def journal_of_desk(client: Party) -> list[JournalEntry]:
    """Give the newest hundred entries of what the helpdesk did or looked up for this party, newest first."""
    of_desk = JournalEntry.objects.filter(subject=client.id, channel=Channel.HELPDESK)
    return list(of_desk.order_by("-at", "-id")[:ENTRIES_SHOWN])


def replaced_by_offer(
    *, representee: Party, representative: Party, services: Iterable[Service], from_day: date
) -> list[MandateService]:
    """Give the lines that a new mandate for these two parties and services, from this day on, would replace."""
    of_pair = MandateService.objects.filter(
        representee=representee, representative=representative, service__in=list(services)
    )
    return list(
        giving_way(of_pair, from_day=from_day).select_related("service", "mandate").order_by("service__position")
    )


def running_with_others(
    *, representee: Party, representative: Party | None, services: Iterable[Service], today: date
) -> list[MandateService]:
    """Give the running lines by which somebody else than `representative` helps with these services. One statement."""
    running = MandateService.objects.filter(
        representee=representee,
        service__in=list(services),
        last_day__gte=today,
        stopped_at__isnull=True,
        mandate__state=State.ACTIVE,
    ).exclude(representative=representative)
    with_names = running.select_related("service", *WITH_NAMES)
    return list(with_names.order_by("mandate_id", "service__position"))


def replaced_by_activation(*, mandate: Mandate, helper: Party, today: date) -> list[MandateService]:
    """Give the lines that activating this mandate would replace, as far as the helper knows of them.

    What waits for a yes or a code, and what was reported as wrong, goes on being nobody's knowledge but the client's.
    """
    known = older_lines(mandate, helper, today=today).filter(mandate__state=State.ACTIVE)
    return list(known.select_related("service", "mandate"))


def waiting_mandate(mandate: UUID) -> Mandate:
    """Give a mandate that a matched code opens, for the helper to look at before the yes."""
    return with_lines([Mandate.objects.select_related("representee__person").get(id=mandate)])[0]


def holds(party: Party, *, mandate: UUID) -> bool:
    """Say whether this party has activated this mandate, whatever became of it."""
    return Mandate.objects.filter(id=mandate, representative=party, activated_at__isnull=False).exists()


def people_with_running_mandates(*, to_ask_at: datetime, today: date, most: int = 100) -> list[Party]:
    """Give parties with a running mandate about whom the register must be asked then, who waits longest first."""
    running = Mandate.objects.filter(state__in=[State.ACTIVE, State.SUSPENDED], last_day__gte=today)
    return list(
        Party.objects.filter(
            Q(id__in=running.values("representee_id")) | Q(id__in=running.values("representative_id")),
            person__ask_again_at__lte=to_ask_at,
        )
        .select_related("person")
        .order_by("person__ask_again_at", "id")[:most]
    )


def _let_look_stopped(mandate: Mandate, since: datetime) -> None:
    mandate.state, mandate.end_reason = State.ENDED, EndReason.STOPPED_BY_REPRESENTEE
    mandate.ended_at = since
    for line in mandate.shown_lines:
        line.stopped_at = min(line.stopped_at or since, since)


def _over_for(viewer: Party) -> Q:
    return Q(state=State.ENDED) | Q(state=State.SUSPENDED, representative=viewer)


def _permits(
    asker: Asker | None,
    lines: list[Found],
    representative: Representative,
    services: list[str],
    assurance: AssuranceLevel | None,
    at: datetime,
) -> tuple[Permit, ...]:
    base = snapshot(asker, lines, question=Question(service="", assurance=assurance), representative=representative)
    answers = [
        decide(replace(base, question=Question(service=service, assurance=assurance)), at) for service in services
    ]
    return tuple(answer for answer in answers if isinstance(answer, Permit))
