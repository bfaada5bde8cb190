"""Somebody broke off the login at the broker: the portal hears it, as OpenID Connect says."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from namens.grants import actions, queries
from namens.lib import clock
from namens.openid.answers import answer_to, error, unanswerable


@require_safe
def abandon(request: HttpRequest, asked: UUID) -> HttpResponse:
    """End a request that nobody answered, and go back to its portal with `access_denied` (OIDC Core 3.1.2.6)."""
    found = queries.request_of(asked)
    if found is None:
        raise Http404
    if not actions.cancel(found, now=clock.now()):
        return unanswerable(request)
    return answer_to(found, error("access_denied", "the person did not want to log in"))
