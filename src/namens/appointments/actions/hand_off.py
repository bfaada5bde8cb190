"""A helper makes a hand-off, takes it back, or makes a new one in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from namens.appointments.models import Appointment, Attendee, HandOff
from namens.appointments.plain import ID, NUMBER, PlainId, PlainNumber
from namens.appointments.refusals import HandOffReason, HandOffRefused
from namens.journal.events import Channel
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.acting import actor_of
from namens.mandates.actions import ask_at_table, move_partner, take_back, withdraw
from namens.mandates.models import Mandate, MandateRequest
from namens.organisations.models import Member
from namens.parties import keys
from namens.parties.actions import hold
from namens.parties.models import Party
from namens.services.models import Service

TRIES_FOR_A_NUMBER = 5

log = structlog.get_logger()


@dataclass(frozen=True)
class MadeHandOff:
    """A hand-off with what opens it."""

    hand_off: HandOff
    id: PlainId
    number: PlainNumber


def make_hand_off(
    *,
    helper: Party,
    label: str,
    services: Sequence[Service],
    duration: Duration,
    now: datetime,
    member: Member | None = None,
    partner_of: MandateRequest | None = None,
    renews: Mandate | None = None,
    with_partner: bool = False,
    appointment: Appointment | None = None,
) -> MadeHandOff:
    """Ask at the table, and give the QR and the number with which the client opens it.

    With `partner_of` it is for the allowance partner of who opens that one, with `renews` for the client of that
    mandate only. Made for an `appointment` it stops with that one, and is never answered after its day when it is for
    that day only. Raises HandOffRefused (too many today, which raises an alarm) and MandateRefused, as `ask_at_table`
    does.
    """
    by, closes_at = actor_of(helper, member=member), _closes_at(appointment, now)
    with transaction.atomic():
        hold(party=by)
        _check_not_too_many(by, member, now)
        asked = ask_at_table(
            helper=helper,
            member=member,
            label=label,
            services=services,
            duration=duration,
            closes_at=closes_at,
            now=now,
            partner_of=partner_of,
            renews=renews,
        )
        until = min(now + settings.HAND_OFF_OPENED_WITHIN, closes_at)
        made = HandOff(request=asked, appointment=appointment, made_by=by.id, made_at=now, opens_until=until)
        made.with_partner = with_partner
        return _made(made)


def hand_off_again(hand_off: HandOff, *, helper: Party, now: datetime, member: Member | None = None) -> MadeHandOff:
    """Make a new one for the same in place of this one, which opens nothing any more. A partner goes along.

    Raises as `make_hand_off` and `withdraw_hand_off` do; then nothing was changed.
    """
    before = hand_off.request
    with transaction.atomic():
        made = make_hand_off(
            helper=helper,
            member=member,
            label=before.label,
            services=list(before.services.all()),
            duration=Duration(before.duration),
            now=now,
            partner_of=before.partner_of,
            renews=before.renews,
            with_partner=hand_off.with_partner,
            appointment=hand_off.appointment,
        )
        Attendee.objects.filter(at_table=before).update(at_table=made.hand_off.request)
        move_partner(before=before, after=made.hand_off.request)
        withdraw_hand_off(asked=before.id, helper=helper, member=member, now=now)
        return made


def withdraw_hand_off(*, asked: UUID, helper: Party, now: datetime, member: Member | None = None) -> None:
    """Take back the request `asked`: its hand-off opens nothing from now on. Raises MandateRefused (not yours)."""
    with transaction.atomic():
        withdraw(asked=asked, by=helper, member=member, now=now)
        _forget(HandOff.objects.filter(request=asked))


def give_way(before: MandateRequest, *, after: MandateRequest, actor: Party, now: datetime) -> None:
    """Let a hand-off open nothing any more, in the open transaction, now that another came in its place for the same.

    Whether `actor` may do that was looked at before. A partner goes along.
    """
    move_partner(before=before, after=after)
    take_back(before.id, actor=actor, channel=Channel.PAGES, now=now)
    _forget(HandOff.objects.filter(request=before))


def forget_spent(*, now: datetime) -> None:
    """Erase what opens hand-offs that nobody can open any more. The worker does this every minute.

    Who opened one may come back to it until it closes, so the digests stay until then; what can be shown goes earlier.
    """
    over = HandOff.objects.filter(request__closes_at__lte=now).exclude(id_digest="")
    _forget(HandOff.objects.filter(id__in=over.values("id")))
    HandOff.objects.filter(opens_until__lte=now).exclude(id_sealed="").update(id_sealed="", number_sealed="")


def _forget(hand_offs: QuerySet[HandOff]) -> None:
    hand_offs.update(id_digest="", number_digest="", id_sealed="", number_sealed="")


def _check_not_too_many(by: Party, member: Member | None, now: datetime) -> None:
    limit = settings.HAND_OFFS_OF_MEMBERS if member else settings.HAND_OFFS
    made = HandOff.objects.filter(made_by=by.id, made_at__gt=limit.since(now)).count()
    if limit.is_reached(made):
        log.error("many hand-offs by one helper", helper=str(by.id), made=made)
        raise HandOffRefused(HandOffReason.TOO_MANY)


def _closes_at(appointment: Appointment | None, now: datetime) -> datetime:
    closes_at: datetime = now + settings.HAND_OFF_ANSWERED_WITHIN
    is_for_today = appointment is not None and appointment.only_during
    return min(closes_at, clock.end_of(clock.day_of(now))) if is_for_today else closes_at


def _made(blank: HandOff) -> MadeHandOff:
    """Make it, with what opens it. A number that another one has just now gives way to the next."""
    for _ in range(TRIES_FOR_A_NUMBER - 1):
        try:
            with transaction.atomic():
                return _save(blank)
        except IntegrityError:
            log.info("number of a hand-off taken")
    return _save(blank)


def _save(blank: HandOff) -> MadeHandOff:
    plain, number = PlainId.generate(), PlainNumber.generate()
    blank.id_digest, blank.id_sealed = keys.digest_now(ID, plain.reveal()), keys.seal(ID, plain.reveal())
    blank.number_digest, blank.number_sealed = keys.digest_now(NUMBER, number.digits), keys.seal(NUMBER, number.digits)
    blank.save(force_insert=True)
    return MadeHandOff(hand_off=blank, id=plain, number=number)
