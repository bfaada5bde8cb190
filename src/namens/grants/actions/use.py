"""A portal shows an access token: what may it know now?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from namens.grants import tokens
from namens.grants.actions.end import end_family
from namens.grants.models import EndedBy, Family
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.grants.signing import NotOurs
from namens.grants.standing import Standing, standing_of
from namens.journal.events import Channel


@dataclass(frozen=True)
class Used:
    """The login behind the token, judged just now."""

    family: Family
    standing: Standing


def use(token: str, *, now: datetime) -> Used | GrantRefusal:
    """Say what an access token is worth: three statements. A login that nothing holds up any more ends here."""
    try:
        sid = UUID(tokens.family_in_access_token(token, now=now))
    except (NotOurs, ValueError):
        return GrantRefusal(GrantReason.TOKEN_NOT_ACCEPTED)
    family = (
        Family.objects.filter(id=sid, ended_at__isnull=True)
        .select_related("portal", "party__person", "representee__person")
        .first()
    )
    if family is None:
        return GrantRefusal(GrantReason.TOKEN_NOT_ACCEPTED)
    worth = standing_of(family, now=now)
    if worth is None:
        end_family(family, by=EndedBy.ACCESS_ENDED, channel=Channel.PORTAL, now=now)
        return GrantRefusal(GrantReason.ACCESS_GONE)
    return Used(family=family, standing=worth)
