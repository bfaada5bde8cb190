"""What the page with the QR asks every two seconds: one statement, nothing is written, no template.

It reads the session itself, in the same statement: looking whether it is done keeps nobody logged in.
"""

from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Subquery
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from namens.appointments.models import HandOff
from namens.appointments.queries import with_standing
from namens.lib import clock
from namens.signin.middleware import for_machines
from namens.signin.session import party_kept_in


@require_safe
@for_machines
def standing(request: HttpRequest, asked: UUID) -> JsonResponse:
    """Give where this hand-off stands, to the one who made it; to anybody else that there is none (404)."""
    key, now = request.session.session_key, clock.now()
    kept = Session.objects.filter(session_key=key, expire_date__gt=now).values("session_data")
    beside = {"kept": Subquery(kept)}
    own = with_standing(HandOff.objects.filter(request=asked), now=now).annotate(**beside)
    found = own.values_list("made_by", *beside, "standing").first()
    if found is None or found[1] is None or party_kept_in(SessionStore().decode(found[1]), now=now) != found[0]:
        return JsonResponse({}, status=404)
    return JsonResponse({"standing": found[2]})
