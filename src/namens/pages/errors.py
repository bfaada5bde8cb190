"""Pages that say what went wrong and what to do. None of them needs the database."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from namens.pages.context import without_visitor
from namens.signin.middleware import trouble


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """Answer 400; to a program in JSON (RFC 6749, 5.2): Django refuses what is too large before a view sees it."""
    view = request.resolver_match.func if request.resolver_match else None
    if getattr(view, "for_machines", False):
        return JsonResponse({"error": "invalid_request", "error_description": "this cannot be read"}, status=400)
    return error_page(request, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """Answer 403."""
    return error_page(request, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """Answer 404."""
    return error_page(request, status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429; allauth does so where a staff login is tried too often."""
    return error_page(request, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; 503 when it was the database that is away."""
    problem = sys.exception()
    if isinstance(problem, OperationalError | InterfaceError):
        return trouble(request, problem)
    return error_page(request, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """Answer 403 to a form that did not come from our own page, or from one that stood open for too long."""
    return error_page(request, status=403, template="csrf")


class WrongMethodMiddleware:
    """Gives a person a page where Django answers 405 with nothing: somebody opened an address that only buttons use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; programs get the bare 405."""
        response = self._get_response(request)
        view = request.resolver_match.func if request.resolver_match else None
        if response.status_code != 405 or getattr(view, "for_machines", False):
            return response
        page = error_page(request, status=405)
        page["Allow"] = response["Allow"]
        return page


def error_page(request: HttpRequest, *, status: int, template: str = "") -> HttpResponse:
    """Give the page for `status`, with the number that helps the helpdesk to find what happened."""
    context = {**without_visitor(), "request_id": getattr(request, "request_id", "")}
    return HttpResponse(render_to_string(f"errors/{template or status}.html", context), status=status)
