"""Leaving, staying, and the language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from namens.lib import clock
from namens.pages.language import known_language
from namens.signin import session, visits
from namens.signin.staff.session import account_of


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language until the browser closes, and go back to the page."""
    wanted = request.POST.get("next", "")
    is_local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    response = redirect(wanted if is_local else reverse("pages:home"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        known_language(request.POST.get("language", "")),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Say whether the session goes on; asking is enough to let it."""
    if session.visitor_of(request) is None and account_of(request) is None:
        return redirect("pages:home")
    return HttpResponse(status=204)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session (and a visit) and let the browser forget what it kept; the session's cookie goes by itself."""
    session.logout(request, now=clock.now())
    next_page = "pages:logged-out" if visits.over(request.session) is None else "pages:visit-leaving"
    return session.forgetting(redirect(next_page))


@require_safe
def logged_out(request: HttpRequest) -> HttpResponse:
    """Say that nothing stays behind."""
    return render(request, "pages/public/logged_out.html")
