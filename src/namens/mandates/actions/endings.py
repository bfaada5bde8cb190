"""How a mandate ends, whatever the reason: state, lines, code, journal entry and outbox row, together."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from namens.codes import actions as codes
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.mandates.actions.noting import note_change
from namens.mandates.actions.over import note_over_lines
from namens.mandates.changes import Change
from namens.mandates.letters import TOLD_BY_LETTER, LetterKind, ask_letter, tell_by_email
from namens.mandates.models import Mandate, MandateService
from namens.mandates.states import EndReason, State, Verb, states_that_allow
from namens.outbox.actions import put
from namens.outbox.models import Kind
from namens.parties.facts import StopSignal

# Of all other reasons portals hear that it ended, and not whether it was replaced, or what the register says.
_AS_HEARD = {
    EndReason.STOPPED_BY_REPRESENTEE: Change.STOPPED,
    EndReason.STOPPED_BY_REPRESENTATIVE: Change.STOPPED,
    EndReason.STOPPED_BY_HELPDESK: Change.STOPPED,
    EndReason.ORGANISATION_LEFT: Change.STOPPED,
}


def end(
    *,
    mandate: UUID,
    reason: EndReason,
    verb: Verb,
    event: Event,
    by: UUID | None,
    now: datetime,
    channel: Channel = Channel.PAGES,
    details: Mapping[str, str] | None = None,
) -> bool:
    """End this mandate when its state allows `verb`. False when it did not: somebody was first."""
    with transaction.atomic():
        ended = Mandate.objects.filter(id=mandate, state__in=states_that_allow(verb)).update(
            state=State.ENDED, end_reason=reason, ended_at=now
        )
        if not ended:
            return False
        ended_mandate = Mandate.objects.select_related("representee__person", "representative").get(id=mandate)
        if ended_mandate.last_day < clock.day_of(now):
            note_over_lines(ended_mandate, now=now)
        MandateService.objects.filter(mandate_id=mandate, stopped_at__isnull=True).update(stopped_at=now, current=None)
        codes.kill(opens=mandate, now=now)
        write(
            event,
            at=now,
            channel=channel,
            actor=by,
            subject=ended_mandate.representee_id,
            mandate=mandate,
            details={"reason": reason, **(details or {})},
        )
        announce(mandate=mandate, now=now)
        note_change(_AS_HEARD.get(reason, Change.ENDED), mandate=ended_mandate, now=now)
        if ended_mandate.activated_at is not None:
            _tell(ended_mandate, reason=reason, now=now)
        return True


def _tell(mandate: Mandate, *, reason: EndReason, now: datetime) -> None:
    """Let the client hear of it: by e-mail always, by letter unless something newer took its place.

    The helper gets no e-mail: who stops a helper they fear must not have them at the door within the minute.
    """
    tell_by_email(party=mandate.representee_id, now=now)
    if reason in TOLD_BY_LETTER and StopSignal.DECEASED not in mandate.representee.person.facts.signals:
        ask_letter(LetterKind.ENDING, mandate=mandate, now=now)


def bring_in_line(mandate: UUID) -> None:
    """Let the mandate's own last day be that of its longest running service."""
    running = MandateService.objects.filter(mandate_id=mandate, stopped_at__isnull=True)
    longest = running.aggregate(day=Max("last_day"))["day"]
    if longest is not None:
        Mandate.objects.filter(id=mandate).update(last_day=longest)


def announce(*, mandate: UUID, now: datetime) -> None:
    """Put the outbox row by which tokens die and portals hear that access was taken away."""
    put(Kind.ACCESS_ENDED, payload={"mandate": str(mandate)}, now=now)
