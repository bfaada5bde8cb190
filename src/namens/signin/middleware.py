"""What happens around every request: a number, a log line, a sentence when something is away, and no traces."""

import re
import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from namens.lib.ids import new_id
from namens.signin import browsers

Answer = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponse])

REQUEST_ID = "X-Request-ID"
RETRY_SECONDS = 5
_SESSION_KEY = re.compile(r"[a-z0-9]{32}", re.ASCII)
_SOUND = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)

log = structlog.get_logger()


class RequestIdMiddleware:
    """Gives every request a number, which stands in the answer, on error pages and in the log.

    The log holds the route and not the address: people type anything into an address.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the number, and write one line."""
        offered = request.headers.get(REQUEST_ID, "")
        number = offered if _SOUND.fullmatch(offered) else str(new_id())
        _drop_odd_session(request)
        request.request_id = number  # type: ignore[attr-defined]  # for the error pages
        started = time.perf_counter()
        response = self._get_response(request)
        response[REQUEST_ID] = number
        spent = round((time.perf_counter() - started) * 1000)
        log.info(
            "answered",
            request=number,
            method=request.method,
            route=request.resolver_match.route if request.resolver_match else "",
            status=response.status_code,
            milliseconds=spent,
        )
        return response


def _drop_odd_session(request: HttpRequest) -> None:
    """Take away a cookie that cannot be one of ours: a database may not even take its text."""
    if not _SESSION_KEY.fullmatch(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")):
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)


class TroubleMiddleware:
    """Turns a database that is locked or away into an answer that says so. Nothing was written then."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; Django hands what goes wrong to `process_exception`."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that it does not work at the moment (503). Nothing for any other exception."""
        if isinstance(exception, OperationalError | InterfaceError):
            return trouble(request, exception)
        return None


class VisitorMiddleware:
    """Writes down what the session of this visitor learnt, and lets nothing of a page stay behind in a browser."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; every page is `no-store`, unless the view said otherwise (discovery does)."""
        response = self._get_response(request)
        if response.status_code < 500:
            response = _with_session_kept(request, response)
            browsers.mark(request, response)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _with_session_kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Write a session that goes on; Django's own middleware, which does it otherwise, would make 500 of all trouble.

    New and ended sessions are left to it, with their cookie.
    """
    session = request.session
    is_known = session.session_key is not None and session.session_key == request.COOKIES.get(
        settings.SESSION_COOKIE_NAME
    )
    if not (session.modified and is_known):
        return response
    try:
        session.save()
    except (OperationalError, InterfaceError) as problem:
        return trouble(request, problem)
    except UpdateError:
        # Ended meanwhile, in another tab: nobody may see what was made for its owner.
        session.flush()
        return HttpResponseRedirect(reverse("pages:home"))
    session.modified = False
    return response


def for_machines(view: View) -> View:
    """Mark a view that programs call: when the database is away it answers in JSON."""
    view.for_machines = True  # type: ignore[attr-defined]  # a mark, as `csrf_exempt` is one
    return view


def trouble(request: HttpRequest, problem: Exception) -> HttpResponse:
    """Give the answer for 503, which needs no database: a page, or JSON where a program asks."""
    number = getattr(request, "request_id", "")
    log.error("database away", request=number, problem=type(problem).__name__)
    view = request.resolver_match.func if request.resolver_match else None
    answer = _away_in_json() if getattr(view, "for_machines", False) else _away_page(number)
    answer["Retry-After"] = str(RETRY_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer


def _away_in_json() -> HttpResponse:
    """Give the error as OAuth writes it (RFC 6749, 5.2)."""
    description = f"the database does not answer; nothing was written, try again after {RETRY_SECONDS} seconds"
    return JsonResponse({"error": "temporarily_unavailable", "error_description": description}, status=503)


def _away_page(number: str) -> HttpResponse:
    shown = {
        "request_id": number,
        "helpdesk_phone": settings.HELPDESK_PHONE,
        "helpdesk_name": settings.HELPDESK_NAME,
        "environment": settings.ENVIRONMENT,
    }
    return HttpResponse(render_to_string("errors/503.html", shown), status=503)
