"""Reading requests: what a helper asked, and what waits for the yes of a client.

Until there is a yes or a code was used, nothing that a helper reads here depends on who was stated, or on what became
of it: only on the days and on what the helper did.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from namens.mandates.models import Mandate, MandateRequest, MandateService, Origin, Report, ReportKind
from namens.mandates.queries import WITH_NAMES, replaced_by_offer, with_lines
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State
from namens.mandates.waiting import UNMET_KEPT, in_time, is_in_time
from namens.organisations.models import Member
from namens.parties.models import Party
from namens.services.models import Service

_WITH_ASKER = "asked_by__asked_by_member__organisation"


class Standing(StrEnum):
    """Where a request stands for the helper."""

    LETTER_COMES = "letter-comes"
    CODE_CAN_BE_THERE = "code-can-be-there"
    DAY_COMES = "day-comes"
    INCOMPLETE = "incomplete"
    ACTIVE = "active"
    NOT_DONE = "not-done"

    @property
    def waits(self) -> bool:
        """Say whether the client can still agree."""
        return self in {Standing.LETTER_COMES, Standing.CODE_CAN_BE_THERE, Standing.DAY_COMES}


def asked_by(helper: Party, *, today: date, member: Member | None = None) -> QuerySet[MandateRequest]:
    """Give what this helper asked, or this member in its name, newest first: what can become a mandate or did not, and
    mandates that run.

    What came to nothing is seen as long as a request is kept that met nobody. What is asked at the table is seen there,
    and here once it runs. Each comes with `half_done`: it is one of a pair of which the other can still say yes.
    """
    came_to_nothing_yet = Q(
        mandate__activated_at__isnull=True, waits_until__gte=today - UNMET_KEPT, closes_at__isnull=True
    )
    runs = Q(mandate__activated_at__isnull=False, mandate__state=State.ACTIVE, mandate__last_day__gte=today)
    own = MandateRequest.objects.filter(helper=helper, asked_by_member=member).filter(came_to_nothing_yet | runs)
    other = MandateRequest.objects.filter(Q(partner_of=OuterRef("id")) | Q(id=OuterRef("partner_of")))
    waits = other.filter(withdrawn_at__isnull=True, waits_until__gte=today, mandate__activated_at__isnull=True)
    return own.select_related("mandate").annotate(half_done=Exists(waits)).order_by("-asked_at", "id")


def asked_together(helper: Party, *, asked: UUID, today: date, member: Member | None = None) -> list[MandateRequest]:
    """Give this request of the helper's own, and behind it that for the partner, each with its services.

    Raises MandateRefused (not yours) for anybody else's, none, or one that is seen no more.
    """
    every = asked_by(helper, today=today, member=member).filter(Q(id=asked) | Q(partner_of=asked))
    found = sorted(every.prefetch_related("services"), key=lambda one: one.id != asked)
    if not found or found[0].id != asked:
        raise MandateRefused(MandateReason.NOT_YOURS)
    return found


def standing_of(asked: MandateRequest, *, today: date) -> Standing:
    """Give where a request stands, as its helper may know. `asked_by` gave it, else it counts as one by itself.

    Of client and partner it is not complete until both said yes, whoever of them did already.
    """
    if asked.mandate is not None and asked.mandate.activated_at is not None:
        return Standing.INCOMPLETE if getattr(asked, "half_done", False) else Standing.ACTIVE
    if asked.withdrawn_at is not None or asked.waits_until < today:
        return Standing.NOT_DONE
    if asked.opens_on is not None and asked.letter_by < today < asked.opens_on:
        return Standing.DAY_COMES
    return Standing.LETTER_COMES if today <= asked.letter_by else Standing.CODE_CAN_BE_THERE


def waiting_for(client: Party, *, now: datetime) -> QuerySet[Mandate]:
    """Give what this client can say yes or no to, who asked first comes first. `with_lines` adds the rest.

    What was arranged by phone for whoever has the code is not among them: there is nobody to say yes to.
    """
    return (
        Mandate.objects.filter(
            in_time(now),
            representee=client,
            state=State.REQUESTED,
            representative__isnull=False,
            asked_by__withdrawn_at__isnull=True,
        )
        .select_related(*WITH_NAMES, _WITH_ASKER)
        .order_by("offered_at", "id")
    )


def request_to(client: Party, *, mandate: UUID) -> Mandate:
    """Give one mandate that was asked of this client, whatever became of it, with its request.

    Raises MandateRefused (not yours) for one that was not asked, or of somebody else.
    """
    asked = Mandate.objects.filter(id=mandate, representee=client, representative__isnull=False).exclude(duration="")
    found = with_lines(list(asked.select_related("representee", *WITH_NAMES, _WITH_ASKER)))
    if not found:
        raise MandateRefused(MandateReason.NOT_YOURS)
    return found[0]


def asker_of(mandate: Mandate) -> Member | None:
    """Give the member who asked in an organisation's name; `waiting_for` or `request_to` gave this mandate."""
    return mandate.asked_by.asked_by_member if hasattr(mandate, "asked_by") else None


def can_be_answered(mandate: Mandate, *, now: datetime) -> bool:
    """Say whether the client can still say yes or no; `request_to` gave this mandate."""
    return mandate.state == State.REQUESTED and is_in_time(mandate, now=now) and not is_taken_back(mandate)


def is_taken_back(mandate: Mandate) -> bool:
    """Say whether the helper took the request back, also when the mandate still has to end; `request_to` gave it."""
    return hasattr(mandate, "asked_by") and mandate.asked_by.withdrawn_at is not None


def is_reported(mandate: Mandate) -> bool:
    """Say whether the client does not know who asked."""
    return Report.objects.filter(mandate=mandate, kind=ReportKind.UNKNOWN_PERSON).exists()


def can_be_reported(mandate: Mandate) -> bool:
    """Say whether the client said no at the table, and did not report who asked; `request_to` gave this mandate."""
    said_no = mandate.end_reason == EndReason.DECLINED and mandate.closes_at is not None
    return said_no and not is_reported(mandate)


def was_asked(mandate: UUID) -> bool:
    """Say whether this mandate was asked for, and not given by the client unasked."""
    return Mandate.objects.filter(id=mandate).exclude(origin=Origin.GIVEN).exists()


def services_of(mandate: Mandate) -> list[Service]:
    """Give the services that a request is still about; `request_to` gave this mandate."""
    return [line.service for line in mandate.shown_lines if line.stopped_at is None]


def replaced_by_yes(mandate: Mandate, *, today: date) -> list[MandateService]:
    """Give the lines of other mandates that a yes to this one takes the place of."""
    if mandate.representative is None:
        return []
    lines = replaced_by_offer(
        representee=mandate.representee,
        representative=mandate.representative,
        services=services_of(mandate),
        from_day=today,
    )
    return [line for line in lines if line.mandate_id != mandate.id]
