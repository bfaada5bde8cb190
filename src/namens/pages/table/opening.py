"""The client's way in: a QR, or a number that is typed. Before the login nothing is said of who asks.

What stands in the QR leaves the address at once: an address stays in histories. A cookie holds it, sealed, on the way
through the login, until it is opened. Opening it takes a login that was made for it, or a press of a button: so nobody
who is logged in already opens something by following a link.
"""

from datetime import datetime
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from namens.appointments.actions import open_hand_off
from namens.appointments.plain import LONGEST_INPUT, InvalidHandOff, PlainId, PlainNumber
from namens.appointments.refusals import HandOffReason, HandOffRefusal
from namens.lib import clock
from namens.pages.client import half_way
from namens.pages.public.home import ways_in
from namens.pages.sentences import sentence_for
from namens.pages.table.fields import HandOffNumberField
from namens.parties import keys
from namens.parties.keys import BrokenSeal
from namens.parties.models import Party
from namens.signin.lasting import SINCE
from namens.signin.session import visitor_of

COOKIE, SEALED_FOR = "namens_hand_off", "hand-off-on-its-way"
_STATUS = {HandOffReason.GONE: 404, HandOffReason.PAUSED: 429}


class NumberForm(forms.Form):
    """The number under the QR."""

    hand_off_number = HandOffNumberField(
        label=gettext_lazy("The number on your helper’s screen"),
        help_text=gettext_lazy("Eight digits. Spaces are fine."),
    )


@require_safe
def arrive(request: HttpRequest, plain: str) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """Take the id out of the address at once, whatever it is. Nothing else happens: programs look at links too."""
    answer = redirect("pages:open-hand-off")
    kept = keys.seal(SEALED_FOR, f"{clock.now().isoformat()} {plain[:LONGEST_INPUT]}")
    answer.set_cookie(
        COOKIE,
        kept,
        max_age=settings.HAND_OFF_ANSWERED_WITHIN,
        path=reverse("pages:open-hand-off"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Lead to the login, and open what the QR was for with a login that came after it."""
    kept, visitor = _kept(request), visitor_of(request)
    if kept is None:
        return redirect("pages:now")
    if visitor is None:
        return _log_in_first(request)
    if visitor.member is not None:
        return redirect("signin:elsewhere")
    since, plain = kept
    if request.method != "POST" and datetime.fromisoformat(request.session[SINCE]) <= since:
        return render(request, "pages/table/look.html", {"section": "pages:mandates"})
    return _forgetting(_answer(request, plain, visitor.party))


@require_http_methods(["GET", "POST"])
def now(request: HttpRequest) -> HttpResponse:
    """Ask for the number, of who is logged in."""
    visitor = visitor_of(request)
    if visitor is None:
        return _log_in_first(request)
    if visitor.member is not None:
        return redirect("signin:elsewhere")
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, form.cleaned_data["hand_off_number"], visitor.party)
    return render(request, "pages/table/number.html", {"form": form, "section": "pages:mandates"})


def _answer(request: HttpRequest, by: PlainId | PlainNumber | None, client: Party) -> HttpResponse:
    """Open it, and lead to the questions; who was half-way goes on there."""
    refusal = HandOffRefusal(HandOffReason.GONE)
    opened = open_hand_off(by=by, client=client, now=clock.now()) if by is not None else refusal
    if isinstance(opened, HandOffRefusal):
        return _refused(request, opened.reason)
    return redirect(_way_on(client, opened.mandate))


def _way_on(client: Party, mandate: UUID) -> str:
    return half_way.page_of(client, asked=mandate) or reverse("pages:request", args=[mandate])


def _refused(request: HttpRequest, reason: HandOffReason) -> HttpResponse:
    actions = [{"url": reverse("pages:now"), "label": _("Fill in the number"), "kind": "primary"}]
    page = {
        "heading": _("This does not open anything"),
        "sentences": [sentence_for(reason)],
        "actions": actions if reason is HandOffReason.GONE else [],
        "section": "pages:mandates",
    }
    return render(request, "message.html", page, status=_STATUS.get(reason, 403))


def _log_in_first(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/table/log_in_first.html", {"ways_in": ways_in(back_to=request.path)})


def _kept(request: HttpRequest) -> tuple[datetime, PlainId | None] | None:
    """Give when the QR was opened in this browser, and its id (None for what cannot be one)."""
    try:
        since, _space, plain = keys.unseal(SEALED_FOR, request.COOKIES.get(COOKIE, "")).partition(" ")
    except (BrokenSeal, LookupError):
        return None
    try:
        return datetime.fromisoformat(since), PlainId(plain)
    except InvalidHandOff:
        return datetime.fromisoformat(since), None


def _forgetting(answer: HttpResponse) -> HttpResponse:
    answer.delete_cookie(COOKIE, path=reverse("pages:open-hand-off"), samesite="Lax")
    return answer
