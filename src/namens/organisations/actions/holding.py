"""Who acts, and on what: read again inside the transaction, with the organisation held until it ends."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from namens.organisations.models import Block, Licence, Member, Organisation, Team
from namens.organisations.queries import at_work
from namens.organisations.refusals import OrganisationReason, OrganisationRefused


def hold_organisation(organisation: UUID) -> None:
    """Let whoever else changes this organisation's people wait: two managers must not end each other.

    An UPDATE, since SQLite ignores `select_for_update`.
    """
    Organisation.objects.filter(party=organisation).update(name=F("name"))


def acting(by: Member, *, now: datetime) -> Member:
    """Give the manager who acts as the database has them now, and hold the organisation. Raises OrganisationRefused."""
    hold_organisation(by.organisation_id)
    found = (
        Member.objects.select_related("organisation")
        .filter(party=by.party_id, organisation=by.organisation_id, is_manager=True)
        .first()
    )
    if found is None or not at_work(found, now=now):
        raise OrganisationRefused(OrganisationReason.NOT_A_MANAGER)
    return found


def colleague(manager: Member, *, member: UUID) -> Member:
    """Give a running member of the manager's organisation. Raises OrganisationRefused."""
    found = Member.objects.filter(
        party=member, organisation=manager.organisation_id, ended_at__isnull=True
    ).select_related("team")
    one = found.first()
    if one is None:
        raise OrganisationRefused(OrganisationReason.UNKNOWN_MEMBER)
    return one


def licence_of(manager: Member, *, licence: UUID) -> Licence:
    """Give a licence of a member of the manager's organisation, as it is now. Raises OrganisationRefused."""
    found = Licence.objects.filter(id=licence, later__isnull=True, member__organisation=manager.organisation_id)
    one = found.select_related("member", "team").first()
    if one is None:
        raise OrganisationRefused(OrganisationReason.UNKNOWN_LICENCE)
    return one


def team_of(manager: Member, *, team: UUID) -> Team:
    """Give an open team of the manager's organisation. Raises OrganisationRefused."""
    found = Team.objects.filter(id=team, organisation=manager.organisation_id, closed_at__isnull=True).first()
    if found is None:
        raise OrganisationRefused(OrganisationReason.UNKNOWN_TEAM)
    return found


def able_managers(organisation: UUID) -> QuerySet[Member]:
    """Give the managers who can manage: they have logged in, and the operator's switch is not on them."""
    blocked = Block.objects.filter(member__isnull=False, until__isnull=True).values("member")
    return Member.objects.filter(
        organisation=organisation, is_manager=True, bound_at__isnull=False, ended_at__isnull=True
    ).exclude(party__in=blocked)


def keep_a_manager(member: Member) -> None:
    """Raise OrganisationRefused when nobody could manage the organisation without this member."""
    if member.is_manager and not able_managers(member.organisation_id).exclude(party=member.party_id).exists():
        raise OrganisationRefused(OrganisationReason.LAST_MANAGER)
