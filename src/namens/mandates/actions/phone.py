"""A client arranges a mandate by telephone: the code goes by letter, and days begin when it is used."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import terms as rules
from namens.mandates.actions.asking import make_asked
from namens.mandates.actions.holding import hold_mandate
from namens.mandates.letters import LetterKind, ask_letter
from namens.mandates.models import Mandate, Origin
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.waiting import still_waits
from namens.parties.models import Kind, Party, Person
from namens.services.models import Service


def offer_by_phone(
    *,
    caller: Party,
    helper: Party | None,
    services: Sequence[Service],
    duration: Duration,
    agent: UUID,
    now: datetime,
) -> Mandate:
    """Let a caller give a mandate to a named helper, or to whoever has the code (None). The code comes by letter.

    The agent has just asked the population register about the caller. Raises MandateRefused.
    """
    today = clock.day_of(now)
    rules.check_giver(Person.objects.get(party=caller), now=now, under_administration=False)
    if helper is not None:
        rules.check_helper(helper, giver=caller, today=today)
    rules.check_by_letter(services, duration=duration, to=Kind(helper.kind) if helper else Kind.PERSON)
    with transaction.atomic():
        mandate = _create(caller, helper, services, duration, now)
        details = {"services": [service.key for service in services], "duration": duration.value}
        write(
            Event.MANDATE_OFFERED,
            at=now,
            channel=Channel.HELPDESK,
            actor=agent,
            subject=caller.id,
            mandate=mandate.id,
            details=details,
        )
        ask_letter(LetterKind.CODE, mandate=mandate, now=now)
        return mandate


def letter_again(*, mandate: UUID, caller: UUID, agent: UUID, now: datetime) -> None:
    """Send a new code letter for a mandate that waits for one. Raises MandateRefused."""
    with transaction.atomic():
        held = hold_mandate(mandate)
        if held is None or held.representee_id != caller:
            raise MandateRefused(MandateReason.NOT_YOURS)
        if not still_waits(held, now=now):
            raise MandateRefused(MandateReason.NOT_POSSIBLE)
        ask_letter(LetterKind.CODE, mandate=held, now=now)
        write(Event.LETTER_ASKED, at=now, channel=Channel.HELPDESK, actor=agent, subject=caller, mandate=mandate)


def _create(
    caller: Party, helper: Party | None, services: Sequence[Service], duration: Duration, now: datetime
) -> Mandate:
    return make_asked(
        client=caller,
        helper=helper,
        services=services,
        duration=duration,
        waits_until=clock.day_of(now) + timedelta(days=settings.REQUEST_DAYS),
        now=now,
        origin=Origin.BY_PHONE,
    )
