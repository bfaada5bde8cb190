"""The authorization endpoint: reads what a portal asks, and lets the person log in (OpenID Connect Core 3.1.2)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from namens.grants import actions
from namens.lib import clock
from namens.openid.answers import SeeOther, back_to_portal, error, no_store, unanswerable
from namens.openid.asking import AskRefused, Unanswerable, asker, question
from namens.openid.fresh import way_in
from namens.openid.parameters import Parameters


@csrf_exempt  # A portal's own form may post here; nothing of a session is used.
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Keep the request and start a login, or say what is wrong with it."""
    parameters = Parameters.of(request)
    try:
        by = asker(parameters)
        asked = question(parameters, by=by, now=clock.now())
    except Unanswerable:
        return unanswerable(request)
    except AskRefused as refused:
        return back_to_portal(by.redirect_uri, state=by.state, answer=error(refused.error, refused.description))
    kept = actions.ask(asked.request)
    return no_store(SeeOther(way_in(kept, level=asked.level)))
