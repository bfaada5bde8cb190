"""Only a login that was made for this request counts: the next person may sit at the same computer."""

from datetime import datetime

from django.http import HttpRequest

from namens.grants.models import AuthorizationRequest
from namens.signin.session import Visitor, visitor_of


def fresh_visitor(request: HttpRequest, *, asked: AuthorizationRequest) -> Visitor | None:
    """Give who logged in for this request; None for nobody, and for a login from before."""
    visitor = visitor_of(request)
    return visitor if visitor is not None and visitor.auth_time >= _second(asked.made_at) else None


def _second(instant: datetime) -> datetime:
    """Give the whole second: brokers tell the time of a login without its fraction."""
    return instant.replace(microsecond=0)
