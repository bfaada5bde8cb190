"""What a member does about a client of the organisation: give a reason to help them today, take them over, stop."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from namens.mandates.actions.endings import announce
from namens.mandates.actions.stop import stop
from namens.mandates.client_file import ClientFile, file_of
from namens.mandates.letters import tell_by_email
from namens.mandates.licences import Gap
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.actions.assignments import take_over
from namens.organisations.actions.openings import open_for_today
from namens.organisations.models import Member, OpeningReason
from namens.parties.actions import hold
from namens.parties.models import Party


def open_client(*, member: Member, client: UUID, reason: OpeningReason, now: datetime) -> None:
    """Let a member help a client of another team today, for a reason that the client can read.

    Raises MandateRefused: not yours for who is no client there, no licence when more is missing than a reason. Whom the
    member reaches already is not opened: there is nothing to tell.
    """
    with transaction.atomic():
        file = _held(member, client, now)
        if file.gap is Gap.REASON_NEEDED and not file.is_left_out:
            open_for_today(member=member, client=file.client, reason=reason, now=now)
        elif not file.is_open:
            raise MandateRefused(MandateReason.NO_LICENCE)


def take_client_over(*, member: Member, client: UUID, now: datetime) -> bool:
    """Let a member look after a client from now on; the client is told. False when the member did already.

    Raises MandateRefused: not yours for who is no client there, no licence for whom no licence reaches now.
    """
    with transaction.atomic():
        file = _held(member, client, now)
        if not file.is_open:
            raise MandateRefused(MandateReason.NO_LICENCE)
        taken = take_over(member=member, client=file.client, moves=file.moves, now=now)
        if taken is None:
            return False
        tell_by_email(party=client, now=now)
        if file.moves:
            # Colleagues of the team that it leaves can lose what they opened at portals.
            for mandate in file.mandates:
                announce(mandate=mandate.id, now=now)
        return True


def stop_for_client(*, member: Member, client: UUID, mandate: UUID, now: datetime) -> None:
    """Stop a mandate of this client in the organisation's name; the client gets a letter, as of every ending.

    Raises MandateRefused: not yours for another mandate, no licence when the member's are not for all of it.
    """
    with transaction.atomic():
        file = _held(member, client, now)
        found = next((one for one in file.mandates if one.id == mandate), None)
        if found is None:
            raise MandateRefused(MandateReason.NOT_YOURS)
        if not file.may_end(found):
            raise MandateRefused(MandateReason.NO_LICENCE)
        stop(mandate=mandate, by=member.organisation.party, member=member, now=now)


def _held(member: Member, client: UUID, now: datetime) -> ClientFile:
    found = Party.objects.filter(id=client).first()
    if found is not None:
        hold(party=found)
    file = file_of(member, client=client, now=now)
    if file is None:
        raise MandateRefused(MandateReason.NOT_YOURS)
    return file
