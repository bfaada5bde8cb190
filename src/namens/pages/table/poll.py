"""What the page with the QR asks every 2.5 seconds: one statement, nothing is written, no template.

It is answered before everything else that surrounds a request: a hundred pages that wait would keep a machine busy with
that. So it reads the session itself, in the same statement, and looking whether it is done keeps nobody logged in.
"""

import re
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from namens.appointments import polling
from namens.lib import clock
from namens.signin.lasting import is_alive
from namens.signin.session import PARTY

_ADDRESS = re.compile(r"/overdracht/qr/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/stand", re.ASCII)
_SESSION_KEY = re.compile(r"[a-z0-9]{32}", re.ASCII)


class PollMiddleware:
    """Answers this one question itself, without a line in the log, and leaves everything else alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        asked = _ADDRESS.fullmatch(request.path_info) if request.method == "GET" else None
        return standing(request, UUID(asked[1])) if asked else self._get_response(request)


@require_safe
def standing(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Give where this hand-off stands, to the one who made it; to anybody else that there is none (404)."""
    try:
        found = _look(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), asked)
    except (OperationalError, InterfaceError):
        return JsonResponse({}, status=503)
    answer = JsonResponse({"standing": found}) if found else JsonResponse({}, status=404)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _look(session: str, asked: UUID) -> str:
    """Give the standing of this visitor's own hand-off; nothing for anybody else's."""
    now = clock.now()
    found = polling.look(asked=asked, session=session, now=now) if _SESSION_KEY.fullmatch(session) else None
    if found is None:
        return ""
    made_by, kept, where = found
    return where if kept is not None and _is_of(SessionStore().decode(kept), made_by, now) else ""


def _is_of(kept: dict[str, str], party: UUID, now: datetime) -> bool:
    """Say whether this is the session of this party, and alive. Nothing is written, so it lives no longer for it."""
    return kept.get(PARTY) == str(party) and is_alive(kept, now)
