"""A portal shows an access token: what may it know now?"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

from namens.grants import signing, tokens
from namens.grants.actions.end import end_family
from namens.grants.actions.visits import is_over
from namens.grants.models import PEOPLE, EndedBy, Family
from namens.grants.refusals import GrantReason, GrantRefusal
from namens.grants.signing import NotOurs, Unproven
from namens.grants.standing import Standing, standing_of
from namens.journal.events import Channel


@dataclass(frozen=True)
class Used:
    """The login behind the token, judged just now."""

    family: Family
    standing: Standing


def use(token: str, *, now: datetime) -> Used | GrantRefusal:
    """Say what an access token is worth: two statements, one more for a visit. What nothing holds up any more ends."""
    try:
        family = family_behind(signing.unproven(token), now=now)
    except NotOurs:
        return GrantRefusal(GrantReason.TOKEN_NOT_ACCEPTED)
    if is_over(family, now=now):
        end_family(family, by=EndedBy.VISIT_ENDED, channel=Channel.PORTAL, now=now)
        return GrantRefusal(GrantReason.ACCESS_GONE)
    worth = standing_of(family, now=now)
    if worth is None:
        end_family(family, by=EndedBy.ACCESS_ENDED, channel=Channel.PORTAL, now=now)
        return GrantRefusal(GrantReason.ACCESS_GONE)
    return Used(family=family, standing=worth)


def family_behind(shown: Unproven, *, now: datetime) -> Family:
    """Give the family of an access token of ours that lives, and of a login that does. Raises NotOurs.

    One statement brings the family and the key; what it found is worth nothing before the signature is checked.
    """
    family = (
        Family.objects.filter(id=tokens.sid_in(shown), ended_at__isnull=True)
        .select_related("portal", *PEOPLE)
        .annotate(named_key=Subquery(signing.key_of(shown, now=now)))
        .first()
    )
    if family is None:
        raise NotOurs
    tokens.check_access_token(shown, key=family.named_key, now=now)
    return family
