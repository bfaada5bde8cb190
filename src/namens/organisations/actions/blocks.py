"""The operator's switch: everything of one organisation, or of one member, stands still from the next request on."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.organisations.actions.losing import lose_access, tell_access
from namens.organisations.models import Block, Member, Organisation, Status
from namens.organisations.refusals import OrganisationReason, OrganisationRefused


def block(*, organisation: UUID, member: UUID | None, reason: str, by: UUID, channel: Channel, now: datetime) -> Block:
    """Stop this organisation, or this one member of it; one operator is enough. Raises OrganisationRefused."""
    _check_known(organisation, member)
    try:
        with transaction.atomic():
            made = Block.objects.create(
                organisation_id=organisation, member_id=member, blocked_by=str(by), reason=reason.strip(), since=now
            )
            _note(Event.ACCESS_BLOCKED, made, by=by, channel=channel, now=now)
            _end_logins(made, now=now)
            return made
    except IntegrityError:
        raise OrganisationRefused(OrganisationReason.ALREADY_BLOCKED) from None


def unblock(*, block: UUID, by: UUID, channel: Channel, now: datetime) -> bool:
    """Undo a block. True when it is undone: the second operator agrees. The first one only proposes it.

    Raises OrganisationRefused when nothing is blocked (any more), or for the same operator twice.
    """
    with transaction.atomic():
        held = _held(block)
        if held.first_lifter == str(by):
            raise OrganisationRefused(OrganisationReason.SECOND_OPERATOR)
        if not held.first_lifter:
            Block.objects.filter(id=block).update(first_lifter=str(by))
            _note(Event.UNBLOCK_PROPOSED, held, by=by, channel=channel, now=now)
            return False
        Block.objects.filter(id=block).update(second_lifter=str(by), until=now)
        for member in _begun(held):
            tell_access(member, now=now)
        _note(Event.ACCESS_UNBLOCKED, held, by=by, channel=channel, now=now)
        return True


def keep_blocked(*, block: UUID, by: UUID, channel: Channel, now: datetime) -> None:
    """Take away what one operator proposed: it stays blocked. Raises OrganisationRefused when nothing is proposed."""
    with transaction.atomic():
        held = _held(block)
        if not held.first_lifter:
            raise OrganisationRefused(OrganisationReason.NOTHING_PROPOSED)
        Block.objects.filter(id=block).update(first_lifter="")
        _note(Event.UNBLOCK_REFUSED, held, by=by, channel=channel, now=now)


def _check_known(organisation: UUID, member: UUID | None) -> None:
    if not Organisation.objects.filter(party=organisation, status=Status.ADMITTED).exists():
        raise OrganisationRefused(OrganisationReason.UNKNOWN_ORGANISATION)
    if member is not None and not Member.objects.filter(party=member, organisation=organisation).exists():
        raise OrganisationRefused(OrganisationReason.UNKNOWN_MEMBER)


def _held(block: UUID) -> Block:
    # An UPDATE holds the row until the transaction ends, on both databases.
    if not Block.objects.filter(id=block, until__isnull=True).update(since=F("since")):
        raise OrganisationRefused(OrganisationReason.NOT_BLOCKED)
    return Block.objects.get(id=block)


def _end_logins(made: Block, *, now: datetime) -> None:
    """Let portals hear that the logins of these members are over."""
    for member in _begun(made):
        lose_access(member, now=now)


def _begun(made: Block) -> list[UUID]:
    """Give the members whom this block is about: who has not begun yet did nothing anywhere."""
    members = Member.objects.filter(organisation=made.organisation_id, bound_at__isnull=False, ended_at__isnull=True)
    if made.member_id is not None:
        members = members.filter(party=made.member_id)
    return list(members.order_by("party").values_list("party", flat=True))


def _note(event: Event, made: Block, *, by: UUID, channel: Channel, now: datetime) -> None:
    subject = made.member_id or made.organisation_id
    details = {"organisation": str(made.organisation_id)}
    write(event, at=now, channel=channel, actor=by, subject=subject, details=details)
