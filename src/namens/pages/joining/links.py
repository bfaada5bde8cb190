"""The link of an invitation, shown once to who invited: the page after the form takes it away with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from namens.organisations.actions import Invited
from namens.organisations.models import Member
from namens.parties import keys

_SHOWN = "member-invitation-shown"


@dataclass(frozen=True)
class Shown:
    """For whom a link is, and until when it works. Without `url` it was shown before."""

    member: Member
    until: datetime
    url: str = ""


def keep(request: HttpRequest, invited: Invited) -> None:
    """Keep the link, sealed, for the next page in this session."""
    request.session[_SHOWN] = [str(invited.member.party_id), keys.seal(_SHOWN, invited.token)]


def take(request: HttpRequest, *, organisation: UUID) -> Shown | None:
    """Give the newest invitation that was kept for this session, with its link the first time.

    None when there is none, or not of this organisation.
    """
    kept = request.session.get(_SHOWN)
    if kept is None:
        return None
    waiting = Member.objects.filter(party=UUID(kept[0]), organisation=organisation).prefetch_related("invitations")
    member = waiting.first()
    if member is None:
        return None
    request.session[_SHOWN] = [kept[0], ""]
    until = max(one.expires_at for one in member.invitations.all())
    return Shown(member=member, until=until, url=_url(keys.unseal(_SHOWN, kept[1])) if kept[1] else "")


def _url(token: str) -> str:
    return f"{settings.BASE_URL}{reverse('pages:member-arrive', args=[token])}"
