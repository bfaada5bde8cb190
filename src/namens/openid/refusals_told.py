"""What the door refused a portal, kept for a week for the operators who help its team to connect."""

from django.http import HttpRequest

from namens.grants import actions
from namens.grants.actions.told import Told
from namens.grants.refusals import GrantReason
from namens.lib import clock
from namens.openid.answers import request_id
from namens.openid.credentials import claimed_client
from namens.openid.parameters import Parameters

# Every first request with a DPoP proof meets this one: it is how a nonce is given.
_USUAL = frozenset({GrantReason.NONCE_NEEDED})


def note(request: HttpRequest, parameters: Parameters, *, error: str, reason: str = "", description: str = "") -> None:
    """Keep a refusal of the portal that this request claims to come from, if there is one: our own words only."""
    if reason in _USUAL:
        return
    told = Told(endpoint=request.path.rsplit("/", 1)[-1], error=error, reason=reason, description=description[:200])
    client_id = claimed_client(request, parameters=parameters)
    actions.keep_told(told, client_id=client_id, request_id=request_id(request), now=clock.now())
