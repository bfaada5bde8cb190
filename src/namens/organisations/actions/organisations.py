"""How an organisation comes in: it asks, or an operator does it at once. Nothing can be done in its name before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.organisations.actions.invitations import Invited, NewMember, invite_manager
from namens.organisations.models import Organisation, Status
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.parties.identifiers import KvkNumber
from namens.parties.models import Kind, Party

log = structlog.get_logger()


@dataclass(frozen=True)
class Terms:
    """What is said of an organisation. `bsn_basis` is the law by which its members may process BSNs, empty for none."""

    kvk_number: KvkNumber
    name: str
    bsn_basis: str = ""
    may_process_bsn: bool = False

    def fields(self) -> dict[str, object]:
        """Give it as the database keeps it. Raises OrganisationRefused: BSNs need a legal basis."""
        if self.may_process_bsn and not self.bsn_basis.strip():
            raise OrganisationRefused(OrganisationReason.BASIS_MISSING)
        return {
            "kvk_number": self.kvk_number.digits,
            "name": self.name.strip(),
            "may_process_bsn": self.may_process_bsn,
            "bsn_basis": self.bsn_basis.strip(),
        }


@dataclass(frozen=True)
class Admitted:
    """An organisation that may begin, and the invitation of its first manager."""

    organisation: Organisation
    invited: Invited


def propose(*, terms: Terms, contact_name: str, contact_email: str, now: datetime) -> Organisation:
    """Keep that an organisation wants to join; an operator decides. Raises OrganisationRefused.

    Anybody can do this. So one that waits or was admitted is not overwritten, and so many in a day are an alarm.
    """
    fields = {**terms.fields(), "contact_name": contact_name.strip(), "contact_email": contact_email}
    with transaction.atomic():
        _check_room(now)
        known = Organisation.objects.filter(kvk_number=terms.kvk_number.digits).first()
        if known is not None and known.status != Status.REFUSED:
            raise OrganisationRefused(OrganisationReason.KVK_NUMBER_TAKEN)
        return _write_down(known, fields, status=Status.PROPOSED, event=Event.ORGANISATION_PROPOSED, by=None, now=now)


def admit(*, terms: Terms, manager: NewMember, by: UUID, channel: Channel, now: datetime) -> Admitted:
    """Let an organisation in, whether it asked or not, and invite its first manager. Raises OrganisationRefused."""
    fields = {**terms.fields(), "admitted_at": now}
    with transaction.atomic():
        known = Organisation.objects.filter(kvk_number=terms.kvk_number.digits).first()
        if known is not None and known.status == Status.ADMITTED:
            raise OrganisationRefused(OrganisationReason.KVK_NUMBER_TAKEN)
        organisation = _write_down(
            known, fields, status=Status.ADMITTED, event=Event.ORGANISATION_ADMITTED, by=by, channel=channel, now=now
        )
        invited = invite_manager(organisation=organisation.party_id, who=manager, by=by, channel=channel, now=now)
        return Admitted(organisation=organisation, invited=invited)


def refuse(*, organisation: UUID, by: UUID, channel: Channel, now: datetime) -> Organisation:
    """Turn a proposal down; the organisation can ask again. Raises OrganisationRefused when nothing waits."""
    with transaction.atomic():
        waiting = Organisation.objects.filter(party=organisation, status=Status.PROPOSED)
        if not waiting.update(status=Status.REFUSED):
            raise OrganisationRefused(OrganisationReason.NOTHING_PROPOSED)
        write(Event.ORGANISATION_REFUSED, at=now, channel=channel, actor=by, subject=organisation)
        return Organisation.objects.get(party=organisation)


def _check_room(now: datetime) -> None:
    limit = settings.PROPOSALS
    asked = Organisation.objects.filter(proposed_at__gt=limit.since(now), status=Status.PROPOSED).count()
    if limit.is_reached(asked):
        log.error("many organisations ask to join", asked=asked)
        raise OrganisationRefused(OrganisationReason.TOO_MANY_PROPOSALS)


def _write_down(
    known: Organisation | None,
    fields: dict[str, object],
    *,
    status: Status,
    event: Event,
    by: UUID | None,
    now: datetime,
    channel: Channel = Channel.PAGES,
) -> Organisation:
    organisation = known or Organisation(
        party=Party.objects.create(kind=Kind.ORGANISATION, created_at=now), proposed_at=now
    )
    if status is Status.PROPOSED:
        organisation.proposed_at = now
    for name, value in {**fields, "status": status}.items():
        setattr(organisation, name, value)
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        # Somebody else was a moment earlier with this number.
        raise OrganisationRefused(OrganisationReason.KVK_NUMBER_TAKEN) from None
    details = {"may_process_bsn": organisation.may_process_bsn}
    write(event, at=now, channel=channel, actor=by, subject=organisation.party_id, details=details)
    return organisation
