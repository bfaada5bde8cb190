"""What a helper asked is compared with the population register, out of sight of the helper."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from namens.codes import actions as codes
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import terms as rules
from namens.mandates.actions.asking import make_asked
from namens.mandates.actions.endings import end
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.letters import LetterKind, ask_letter
from namens.mandates.models import Mandate, MandateRequest, Origin
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason, State, Verb
from namens.mandates.waiting import UNMET_KEPT, in_time
from namens.parties import stating
from namens.parties.facts import PersonFacts
from namens.parties.models import Party

ONE_LETTER_EVERY = timedelta(days=1)
NO_MATCH = "no-match"


def waits_for_comparison(request: UUID) -> UUID | None:
    """Give what was stated in this request, while it still has to be compared; None when there is nothing to ask."""
    waiting = MandateRequest.objects.filter(id=request, withdrawn_at__isnull=True, mandate__isnull=True)
    return waiting.values_list("stated", flat=True).first()


def compare(*, request: UUID, facts: PersonFacts | None, now: datetime) -> Mandate | None:
    """Make the mandate that waits for the client's yes when the facts fit what was stated; None when they do not.

    `facts` is what the register said just now, None when it knows nobody under this number. What was stated is erased
    in both cases. A request that was taken back meanwhile ends here. Who is asked again is not stated again.
    """
    with transaction.atomic():
        # Held: another worker may compare it too, and the helper may take it back at this moment.
        MandateRequest.objects.filter(id=request).update(label=F("label"))
        known = MandateRequest.objects.select_related("helper__person", "mandate", "again_of__mandate__representee")
        asked = known.get(id=request)
        if asked.withdrawn_at is not None:
            _end_withdrawn(asked, now)
            return None
        if asked.mandate is not None or (asked.stated is None and asked.again_of is None):
            return None
        made, result = _mandate_or_reason(asked, facts, now)
        _close_comparison(asked, made)
        write(
            Event.REQUEST_COMPARED,
            at=now,
            channel=Channel.WORKER,
            actor=asked.asked_by_member_id or asked.helper_id,
            subject=made.representee_id if made else None,
            mandate=made.id if made else None,
            result=result,
        )
        return made


def lapse(*, now: datetime) -> int:
    """End what nobody agreed to in time, and erase requests that met nobody. Gives how many requests lapsed.

    What was stated goes on the day after: it can be compared no more.
    """
    today = clock.day_of(now)
    waiting = Mandate.objects.filter(state=State.REQUESTED).exclude(in_time(now)).values_list("id", flat=True)
    for mandate in list(waiting):
        with transaction.atomic():
            hold_mandate(mandate)
            _end(mandate, EndReason.LAPSED, Verb.LAPSE, Event.REQUEST_LAPSED, now)
    late = MandateRequest.objects.filter(stated__isnull=False, waits_until__lt=today)
    for stated in filter(None, late.values_list("stated", flat=True)):
        stating.forget(stated=stated)
    late.update(stated=None)
    unmet = MandateRequest.objects.filter(mandate__isnull=True, waits_until__lt=today - UNMET_KEPT)
    unmet.filter(partner_of__isnull=False).delete()
    unmet.filter(partners__isnull=True).delete()
    return len(waiting)


def _mandate_or_reason(asked: MandateRequest, facts: PersonFacts | None, now: datetime) -> tuple[Mandate | None, str]:
    client = _client(asked, facts, now)
    if client is None:
        return None, NO_MATCH
    try:
        if asked.stated is not None:
            rules.check_giver(client.person, now=now, under_administration=False)
        rules.check_helper(asked.helper, giver=client, today=clock.day_of(now))
    except MandateRefused as refused:
        return None, refused.reason
    if clock.day_of(now) > asked.waits_until:
        return None, MandateReason.DAY_PAST
    return _create(asked, client, now), "done"


def _client(asked: MandateRequest, facts: PersonFacts | None, now: datetime) -> Party | None:
    """Give whom this request is for: who fits what was stated, or whoever the request before it met.

    Who said no to that one, or cannot give at all, is not asked again. Of that client the register is asked for the
    address, before any letter is made.
    """
    if asked.stated is not None:
        return stating.register_when_true(stated=asked.stated, facts=facts, now=now) if facts else None
    before = asked.again_of
    if before is None or before.mandate is None:
        return None
    ended, taken_back = before.mandate.ended_at, before.withdrawn_at
    said_no = ended is not None and taken_back is not None and ended < taken_back
    return None if said_no else before.mandate.representee


def _create(asked: MandateRequest, client: Party, now: datetime) -> Mandate:
    mandate = make_asked(
        client=client,
        helper=asked.helper,
        services=list(asked.services.all()),
        duration=Duration(asked.duration),
        waits_until=asked.waits_until,
        now=now,
        opens_on=asked.opens_on,
    )
    ask_letter(LetterKind.CODE, mandate=mandate, now=now, due_at=when_to_write(mandate, now))
    return mandate


def when_to_write(mandate: Mandate, now: datetime) -> datetime:
    """Give when the code letter may be made: at most one a day for these two. What is asked meanwhile goes along."""
    others = Mandate.objects.filter(
        representee=mandate.representee,
        representative=mandate.representative,
        origin=Origin.REQUESTED,
        closes_at__isnull=True,
    ).exclude(id=mandate.id)
    asked: datetime | None = others.aggregate(at=Max("offered_at"))["at"]
    made = codes.newest_issue(giver=mandate.representee_id, opens=others.values_list("id", flat=True))
    return max([now, *(newest + ONE_LETTER_EVERY for newest in (asked, made) if newest is not None)])


def _close_comparison(asked: MandateRequest, made: Mandate | None) -> None:
    if asked.stated is not None:
        stating.forget(stated=asked.stated)
    MandateRequest.objects.filter(id=asked.id).update(mandate=made, stated=None, again_of=None)


def _end_withdrawn(asked: MandateRequest, now: datetime) -> None:
    if asked.stated is not None:
        _close_comparison(asked, None)
    if asked.mandate is not None:
        hold_mandate(asked.mandate.id)
        _end(asked.mandate.id, EndReason.WITHDRAWN, Verb.WITHDRAW, Event.REQUEST_WITHDRAWN, now)


def _end(mandate: UUID, reason: EndReason, verb: Verb, event: Event, now: datetime) -> None:
    """End it while it is a request: what became active meanwhile is not ended by this."""
    if Mandate.objects.filter(id=mandate, state=State.REQUESTED).exists():
        end(mandate=mandate, reason=reason, verb=verb, event=event, by=None, now=now, channel=Channel.WORKER)
