"""In whose name somebody helps: a private person in the own name, or a member in that of the organisation."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from namens.mandates.licences import Gap
from namens.mandates.reaching import reached_by
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.models import Member
from namens.parties.models import Kind, Party
from namens.services.models import Service


def actor_of(helper: Party, *, member: Member | None) -> Party:
    """Give who is at the keyboard: the member, or the private helper.

    Raises MandateRefused when the two do not belong together, as an organisation without a member of it.
    """
    if member is None and helper.kind == Kind.PERSON:
        return helper
    if member is not None and helper.kind == Kind.ORGANISATION and member.organisation_id == helper.id:
        return member.party
    raise MandateRefused(MandateReason.REPRESENTATIVE_UNKNOWN)


def check_may_type_bsn(member: Member | None) -> None:
    """Raise MandateRefused when this member's organisation has no legal basis for BSNs. Persons may."""
    if member is not None and not member.organisation.may_process_bsn:
        raise MandateRefused(MandateReason.BSN_NOT_ALLOWED)


def check_has_licence(member: Member, *, at: datetime) -> None:
    """Raise MandateRefused when no licence of this member holds, for whatever service. One statement."""
    if not reached_by(member).has_any_licence(at):
        raise MandateRefused(MandateReason.NO_LICENCE)


def check_licensed(member: Member, *, services: Iterable[Service], client: UUID | None, at: datetime) -> None:
    """Raise MandateRefused unless this member's licences cover all of `services`, for this client or for a new one.

    The refusal holds the names of the services without a licence. Where only a reason is missing, that is asked later:
    what a client hands over is taken. One statement.
    """
    reached, asked = reached_by(member, client=client), list(services)
    if reached.is_left_out(at):
        raise MandateRefused(MandateReason.MEMBER_LEFT_OUT)
    lacking = reached.lacking([service.key for service in asked], at=at)
    if lacking:
        names = tuple(service.name for service in asked if service.key in lacking)
        of_others = set(lacking.values()) == {Gap.OTHER_TEAM}
        raise MandateRefused(MandateReason.OTHER_TEAM if of_others else MandateReason.NO_LICENCE, services=names)
