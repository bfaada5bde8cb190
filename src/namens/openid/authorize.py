"""The authorization endpoint: reads what a portal asks, and lets the person log in (OpenID Connect Core 3.1.2)."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from namens.grants import actions, queries
from namens.grants.actions.allow import is_open
from namens.grants.actions.push import is_in_time
from namens.grants.plain import PlainReference
from namens.lib import clock
from namens.openid import refusals_told
from namens.openid.answers import SeeOther, back_to_portal, error, no_store, unanswerable
from namens.openid.asking import asker, portal_of, question
from namens.openid.choosing import spent
from namens.openid.fresh import way_in
from namens.openid.parameters import Parameters
from namens.openid.push import reference_in
from namens.openid.refusing import AskRefused, Unanswerable
from namens.openid.request_objects import that_count
from namens.services.models import Status


@csrf_exempt  # A portal's own form may post here; nothing of a session is used.
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Keep the request, or find the one that was pushed, and start a login; or say what is wrong with it."""
    parameters, now = Parameters.of(request), clock.now()
    try:
        reference = reference_in(parameters)
        return _ask(request, parameters, now) if reference is None else _go_on(request, parameters, reference, now)
    except Unanswerable as refused:
        refusals_told.note(request, parameters, error="unanswerable", reason=refused.reason)
        return unanswerable(request)


def _ask(request: HttpRequest, parameters: Parameters, now: datetime) -> HttpResponse:
    """Keep what the browser brings. Raises Unanswerable.

    When a signed object does not count, the portal hears it at the address beside it, if that is a registered one.
    """
    portal = portal_of(parameters)
    try:
        if portal.rules.must_push:
            raise AskRefused("invalid_request", "this portal pushes its requests (RFC 9126)")
        parameters = that_count(parameters, portal=portal, now=now)
        kept = actions.ask(question(parameters, by=asker(parameters, portal=portal), now=now))
    except AskRefused as refused:
        by = asker(parameters, portal=portal)
        refusals_told.note(request, parameters, error=refused.error, description=refused.description)
        return back_to_portal(by.redirect_uri, state=by.state, answer=error(refused.error, refused.description))
    return no_store(SeeOther(way_in(kept)))


def _go_on(request: HttpRequest, parameters: Parameters, reference: PlainReference, now: datetime) -> HttpResponse:
    """Go on with what the portal pushed; whatever else stands in the address is read past (RFC 9126, 4).

    The address counts for a minute, and its question is answered once: FAPI 2.0 (5.3.2.2) wants one use at the moment
    of authorization. A reload before that moment, or a browser that fetches ahead, meets the same question and spoils
    nothing: whoever comes needs a login of their own for it. Raises Unanswerable.
    """
    asked = queries.request_at(reference)
    if asked is None or asked.portal.client_id != parameters.get("client_id") or asked.portal.status != Status.APPROVED:
        raise Unanswerable("pushed-request-unknown")
    if not (is_open(asked, now=now) and is_in_time(asked, now=now)):
        return spent(request, asked)
    return no_store(SeeOther(way_in(asked)))
