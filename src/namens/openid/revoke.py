"""A portal takes a token back: the login is over (RFC 7009)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from namens.grants import actions
from namens.grants.refusals import NotRevocable
from namens.lib import clock
from namens.openid.answers import no_store
from namens.openid.credentials import authenticated
from namens.openid.door import for_portals
from namens.openid.granting import Asking, TokenRefused
from namens.openid.parameters import Parameters


@for_portals
def revoke(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    """Answer 200 whether there was something to end or not (RFC 7009, 2.2). `token_type_hint` is read past."""
    now = clock.now()
    proven = authenticated(request, parameters=parameters, now=now, spend=False)
    Asking(parameters, proven=proven, now=now).need("token")
    try:
        with transaction.atomic():
            proven.spend()
            actions.revoke(parameters.get("token"), portal=proven.portal, now=now)
    except NotRevocable:
        raise TokenRefused("unsupported_token_type", "a machine token ends by itself within five minutes") from None
    return no_store(HttpResponse())
