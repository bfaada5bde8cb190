"""Who works here: inviting, beginning, ending. Nobody registers by themselves."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.parties.keys import digest_all, digest_now
from namens.signin.models import Role, Staff, StaffInvitation
from namens.signin.staff.refusals import StaffReason, StaffRefused

INVITATION_LIVES = timedelta(days=7)
_PURPOSE = "staff-invitation"


@dataclass(frozen=True)
class Invited:
    """Somebody who may begin, and the secret of the link that lets them."""

    staff: Staff
    token: str = field(repr=False)


def invite(*, name: str, email: str, role: Role, by: str, now: datetime) -> Invited:
    """Make an account, or a new way in for who has one, and give the token of the link. Older links stop working.

    Until it is used an existing account stays as it is. One that ended begins anew, under the same id.
    Raises StaffRefused when a running account has another role.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        staff = _account(name=name, email=email.strip().lower(), role=role, now=now)
        StaffInvitation.objects.filter(staff=staff, closed_at__isnull=True).update(closed_at=now)
        StaffInvitation.objects.create(
            staff=staff, digest=digest_now(_PURPOSE, token), expires_at=now + INVITATION_LIVES
        )
        details = {"role": role.value, "operator": by}
        write(Event.STAFF_INVITED, at=now, channel=Channel.COMMAND, subject=staff.id, details=details)
        return Invited(staff=staff, token=token)


def invited(*, token: str, now: datetime) -> Staff | None:
    """Give whom this link is for, while it works."""
    invitation = _open(token, now)
    return invitation.staff if invitation else None


def join(*, token: str, password: str, now: datetime) -> Staff:
    """Use the link: the password is this one from now on, and older keys of the account are gone.

    Raises StaffRefused when the link does not work (any more).
    """
    with transaction.atomic():
        invitation = _open(token, now)
        if invitation is None or not _close(invitation, now):
            raise StaffRefused(StaffReason.INVITATION_NOT_VALID)
        staff = invitation.staff
        Authenticator.objects.filter(user=staff).delete()
        staff.set_password(password)
        staff.save(update_fields=["password"])
        write(Event.STAFF_JOINED, at=now, channel=Channel.PAGES, actor=staff.id, subject=staff.id)
        return staff


def end(*, email: str, by: str, now: datetime) -> Staff:
    """End an account, from the next request on. Raises StaffRefused when there is no such running account."""
    with transaction.atomic():
        running = Staff.objects.filter(email=email.strip().lower(), is_active=True)
        staff = running.first()
        if staff is None or not running.update(is_active=False, ended_at=now):
            raise StaffRefused(StaffReason.UNKNOWN_STAFF)
        StaffInvitation.objects.filter(staff=staff, closed_at__isnull=True).update(closed_at=now)
        write(Event.STAFF_ENDED, at=now, channel=Channel.COMMAND, subject=staff.id, details={"operator": by})
        return staff


def _account(*, name: str, email: str, role: Role, now: datetime) -> Staff:
    fresh = {"name": name, "role": role, "invited_at": now}
    staff, is_new = Staff.objects.get_or_create(email=email, defaults=fresh)
    if not is_new and staff.is_active and staff.role != role:
        raise StaffRefused(StaffReason.OTHER_ROLE)
    if is_new or not staff.is_active:
        for key, value in {**fresh, "is_active": True, "ended_at": None}.items():
            setattr(staff, key, value)
        staff.set_unusable_password()
        staff.save()
        Authenticator.objects.filter(user=staff).delete()
    return staff


def _open(token: str, now: datetime) -> StaffInvitation | None:
    known = StaffInvitation.objects.select_related("staff").filter(digest__in=digest_all(_PURPOSE, token))
    return known.filter(closed_at__isnull=True, expires_at__gt=now, staff__is_active=True).first()


def _close(invitation: StaffInvitation, now: datetime) -> bool:
    """Close a link. False when somebody else was first."""
    return bool(StaffInvitation.objects.filter(id=invitation.id, closed_at__isnull=True).update(closed_at=now))
