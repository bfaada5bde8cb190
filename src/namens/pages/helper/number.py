"""The helper's own number: shown, as QR, and replaced when the helper wants."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import clock, friendly
from namens.parties.actions import helper_number_of, reset_helper_number
from namens.signin.session import present, signed_in


@require_safe
@signed_in
def number(request: HttpRequest) -> HttpResponse:
    """Show the helper number, large and as QR, with what to do with it."""
    own = helper_number_of(party=present(request).party, now=clock.now())
    address = f"{settings.BASE_URL}{reverse('pages:give-with', args=[own])}"
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, border=2)
    shown = friendly.grouped(own, size=3)
    picture = mark_safe(drawn)  # noqa: S308 - segno draws it from our own words
    return render(request, "pages/helper/number.html", {"number": shown, "picture": picture})


@require_http_methods(["GET", "POST"])
@signed_in
def reset(request: HttpRequest) -> HttpResponse:
    """Replace the number; the old one names nobody any more. A plain look, as after a new login, replaces nothing."""
    if request.method == "POST":
        reset_helper_number(party=present(request).party, now=clock.now())
    return redirect("pages:helper-number")
