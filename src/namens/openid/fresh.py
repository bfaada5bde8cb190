"""Only a login that was made for this request counts: the next person may sit at the same computer."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from namens.grants.models import AuthorizationRequest
from namens.signin.session import Visitor, visitor_of


def fresh_visitor(request: HttpRequest, *, asked: AuthorizationRequest) -> Visitor | None:
    """Give who logged in for this request; None for nobody, and for a login from before or for anything else."""
    visitor = visitor_of(request)
    if visitor is None or visitor.made_for != place_of(asked):
        return None
    return visitor if visitor.auth_time >= _second(asked.made_at) else None


def place_of(asked: AuthorizationRequest) -> str:
    """Give the path of the page For whom do you log in: where a login for this request leads to."""
    return reverse("openid:choose", args=[asked.id])


def _second(instant: datetime) -> datetime:
    """Give the whole second: brokers tell the time of a login without its fraction."""
    return instant.replace(microsecond=0)
