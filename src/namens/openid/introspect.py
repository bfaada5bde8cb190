"""What one of a portal's own tokens is worth now (RFC 7662, NL GOV OAuth 3.2.2)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from namens.grants import actions
from namens.lib import clock
from namens.openid.answers import json_answer
from namens.openid.credentials import authenticated
from namens.openid.door import for_portals
from namens.openid.granting import Asking
from namens.openid.parameters import Parameters


@for_portals
def introspect(request: HttpRequest, parameters: Parameters) -> HttpResponse:
    """Answer a portal that proves who it is. What kind of token it thinks this is (`token_type_hint`) is read past."""
    now = clock.now()
    proven = authenticated(request, parameters=parameters, now=now, spend=False)
    Asking(parameters, proven=proven, now=now).need("token")
    with transaction.atomic():
        proven.spend()
        answer = actions.introspect(parameters.get("token"), portal=proven.portal, now=now)
    return json_answer(answer)
