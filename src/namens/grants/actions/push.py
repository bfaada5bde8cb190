"""A portal pushes its question from its own machine, before it sends the person (RFC 9126)."""

from datetime import datetime, timedelta

from namens.grants.actions.allow import ask
from namens.grants.models import AuthorizationRequest
from namens.grants.plain import PlainReference

PUSHED_LIVES = timedelta(seconds=60)


def push(request: AuthorizationRequest) -> PlainReference:
    """Keep what a portal pushed, and give the reference to it. The person has to come within a minute."""
    reference = PlainReference.generate()
    request.reference = reference.digest()
    ask(request)
    return reference


def is_in_time(request: AuthorizationRequest, *, now: datetime) -> bool:
    """Say whether somebody may still come with the address of a pushed request."""
    return now < request.made_at + PUSHED_LIVES
