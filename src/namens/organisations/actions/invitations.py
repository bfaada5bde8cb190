"""Inviting somebody to work here: a link that works once, for one person, and binds at the first login."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from namens.journal.events import Channel, Event
from namens.journal.models import JournalEntry
from namens.journal.write import Detail, write, write_many
from namens.organisations.actions.holding import able_managers, hold_organisation
from namens.organisations.models import Member, MemberInvitation, MemberKind, Organisation, Status, Team
from namens.organisations.queries import is_gone
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.outbox.actions import put, put_many
from namens.outbox.models import Kind as OutboxKind
from namens.parties.keys import digest_all, digest_now, seal, unseal
from namens.parties.models import Kind, Party

_PURPOSE = "member-invitation"


@dataclass(frozen=True)
class NewMember:
    """Somebody as the organisation names them. `email` is where the link goes."""

    given_name: str
    family_name: str
    email: str
    kind: MemberKind = MemberKind.STAFF
    is_manager: bool = False
    team: UUID | None = None


@dataclass(frozen=True)
class Invited:
    """Somebody who may begin until `expires_at`, and the secret of the link that lets them."""

    member: Member
    expires_at: datetime
    token: str = field(repr=False)


def invite(*, who: NewMember, by: Member, now: datetime) -> Invited:
    """Invite somebody to the organisation of this manager; the link goes by e-mail too. Raises OrganisationRefused."""
    with transaction.atomic():
        _check_manager(by)
        return _invite(who, organisation=by.organisation_id, by=by.party_id, channel=Channel.PAGES, now=now)


def invite_manager(*, organisation: UUID, who: NewMember, by: UUID, channel: Channel, now: datetime) -> Invited:
    """Let an operator invite a manager: the first one, or one more. Raises OrganisationRefused."""
    as_manager = NewMember(who.given_name, who.family_name, who.email, kind=who.kind, is_manager=True)
    with transaction.atomic():
        return _invite(as_manager, organisation=organisation, by=by, channel=channel, now=now)


def invite_again(*, member: UUID, by: UUID, channel: Channel, now: datetime, works_for: UUID | None = None) -> Invited:
    """Give somebody who has not begun a new link; older ones stop working. Raises OrganisationRefused.

    `works_for` is the organisation of the manager who asks; an operator asks for any.
    """
    with transaction.atomic():
        # Held: a login that binds at this moment comes before or after, never between.
        waiting = Member.objects.filter(party=member, bound_at__isnull=True, ended_at__isnull=True)
        if works_for is not None:
            waiting = waiting.filter(organisation=works_for)
        if not waiting.update(version=F("version")):
            raise OrganisationRefused(OrganisationReason.UNKNOWN_MEMBER)
        return _link(waiting.select_related("organisation").get(), by=by, channel=channel, now=now)


def renew_link(member: Member, *, by: UUID, now: datetime) -> None:
    """Send a new link to the address of now; older ones stop working. In the open transaction.

    Without e-mail links go from hand to hand, whatever the address is: then nothing changes.
    """
    if settings.MAILER != "none":
        _link(member, by=by, channel=Channel.PAGES, now=now)


def find_invitation(*, token: str) -> MemberInvitation | None:
    """Give the invitation of this link, whatever became of it, with the member and the organisation."""
    known = MemberInvitation.objects.select_related("member__organisation")
    return known.filter(digest__in=digest_all(_PURPOSE, token)).first() if token else None


def trouble_with(invitation: MemberInvitation, *, now: datetime) -> OrganisationReason | None:
    """Give why nobody can begin with this invitation, loaded with its member; None while it works."""
    member = invitation.member
    if member.bound_at is not None and member.ended_at is None:
        return OrganisationReason.INVITATION_USED
    if member.ended_at is not None or invitation.closed_at is not None or invitation.expires_at <= now:
        return OrganisationReason.INVITATION_NOT_VALID
    return OrganisationReason.ORGANISATION_GONE if is_gone(member.organisation, now=now) else None


def link_in(invitation: MemberInvitation) -> str:
    """Give the secret that still has to be sent; empty once it was."""
    return unseal(_PURPOSE, invitation.sealed) if invitation.sealed else ""


def link_sent(*, invitation: UUID) -> None:
    """Erase the secret: the e-mail left, or never will. In the open transaction."""
    MemberInvitation.objects.filter(id=invitation).update(sealed="")


def forget_links(*, now: datetime) -> None:
    """Erase the secrets of links that do not work any more."""
    stale = MemberInvitation.objects.exclude(sealed="")
    stale.filter(Q(closed_at__isnull=False) | Q(expires_at__lte=now)).update(sealed="")


def _check_manager(by: Member) -> None:
    # Held: who ends this manager at this moment comes before or after.
    hold_organisation(by.organisation_id)
    if not able_managers(by.organisation_id).filter(party=by.party_id).exists():
        raise OrganisationRefused(OrganisationReason.NOT_A_MANAGER)


def _invite(who: NewMember, *, organisation: UUID, by: UUID, channel: Channel, now: datetime) -> Invited:
    works_for = Organisation.objects.filter(party=organisation, status=Status.ADMITTED).first()
    if works_for is None or is_gone(works_for, now=now):
        raise OrganisationRefused(OrganisationReason.ORGANISATION_GONE)
    open_teams = Team.objects.filter(organisation=works_for, closed_at__isnull=True)
    if who.team is not None and not open_teams.filter(id=who.team).exists():
        raise OrganisationRefused(OrganisationReason.UNKNOWN_TEAM)
    try:
        with transaction.atomic():
            member = Member.objects.create(
                party=Party.objects.create(kind=Kind.MEMBER, created_at=now),
                organisation=works_for,
                given_name=who.given_name.strip(),
                family_name=who.family_name.strip(),
                kind=who.kind,
                email=who.email.strip().lower(),
                is_manager=who.is_manager,
                team_id=who.team,
                invited_at=now,
            )
    except IntegrityError:
        raise OrganisationRefused(OrganisationReason.EMAIL_TAKEN) from None
    return _link(member, by=by, channel=channel, now=now)


def _link(member: Member, *, by: UUID, channel: Channel, now: datetime) -> Invited:
    MemberInvitation.objects.filter(member=member, closed_at__isnull=True).update(closed_at=now, sealed="")
    token, invitation = _new_link(member, by=by, now=now)
    invitation.save(force_insert=True)
    if invitation.sealed:
        put(OutboxKind.EMAIL, payload=_mail(invitation), now=now, party=member.party_id)
    details = _details(member)
    write(Event.MEMBER_INVITED, at=now, channel=channel, actor=by, subject=member.party_id, details=details)
    return Invited(member=member, expires_at=invitation.expires_at, token=token)


def link_many(members: Sequence[Member], *, by: UUID, channel: Channel, now: datetime) -> None:
    """Invite people who are new here, many at once; the links go by e-mail only. In the open transaction."""
    made = [_new_link(member, by=by, now=now)[1] for member in members]
    MemberInvitation.objects.bulk_create(made, batch_size=500)
    put_many(OutboxKind.EMAIL, rows=[(one.member_id, _mail(one)) for one in made if one.sealed], now=now)
    entries = [
        JournalEntry(
            at=now,
            event=Event.MEMBER_INVITED,
            channel=channel,
            actor=by,
            subject=member.party_id,
            details=_details(member),
        )
        for member in members
    ]
    write_many(entries)


def _new_link(member: Member, *, by: UUID, now: datetime) -> tuple[str, MemberInvitation]:
    """Make a secret and the invitation that knows it; it is kept sealed as long as an e-mail has to bring it."""
    token = secrets.token_urlsafe(32)
    invitation = MemberInvitation(
        member=member,
        digest=digest_now(_PURPOSE, token),
        sealed=seal(_PURPOSE, token) if settings.MAILER != "none" else "",
        invited_by=by,
        expires_at=now + settings.INVITATION_LIFE,
    )
    return token, invitation


def _mail(invitation: MemberInvitation) -> dict[str, str]:
    return {"email": "invitation", "invitation": str(invitation.id)}


def _details(member: Member) -> dict[str, Detail]:
    return {"organisation": str(member.organisation_id), "manager": member.is_manager}
