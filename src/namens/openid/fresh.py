"""Only a login that was made for this request counts: the next person may sit at the same computer."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from namens.grants.models import AuthorizationRequest
from namens.lib.assurance import AssuranceLevel
from namens.services.models import Representation
from namens.signin import brokers
from namens.signin.login import LoginKind
from namens.signin.session import Visitor, login_url, visitor_of


def fresh_visitor(request: HttpRequest, *, asked: AuthorizationRequest) -> Visitor | None:
    """Give who logged in for this request; None for nobody, and for a login from before or for anything else."""
    visitor = visitor_of(request)
    if visitor is None or visitor.made_for != place_of(asked):
        return None
    return visitor if visitor.auth_time >= _second(asked.made_at) else None


def place_of(asked: AuthorizationRequest) -> str:
    """Give the path of the page For whom do you log in: where a login for this request leads to."""
    return reverse("openid:choose", args=[asked.id])


def way_in(asked: AuthorizationRequest) -> str:
    """Give where somebody logs in for this request: at the broker for persons, or first at the page that asks how.

    Where nobody comes for others, nor an organisation for itself, a member has nothing to do, and nothing is asked; nor
    where the portal knows already how this person logs in (`login_hint`).
    """
    place, level = place_of(asked), AssuranceLevel(asked.login_level or asked.minimum_level)
    persons_only = asked.portal.representation == Representation.SELF and not asked.portal.organisations_themselves
    for_members = () if persons_only else brokers.every(kind=LoginKind.MEMBER)
    if not for_members or asked.login_kind == LoginKind.PERSON:
        return login_url(next_path=place, level=level)
    if asked.login_kind == LoginKind.MEMBER:
        return login_url(next_path=place, level=level, broker=for_members[0])
    return f"{reverse('signin:which')}?{urlencode({'next': place, 'level': level.value})}"


def _second(instant: datetime) -> datetime:
    """Give the whole second: brokers tell the time of a login without its fraction."""
    return instant.replace(microsecond=0)
