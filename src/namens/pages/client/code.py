"""The code of a mandate that waits: masked until shown, on paper, and a new one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from namens.codes import actions as codes
from namens.lib import clock
from namens.mandates import queries
from namens.mandates.actions import new_code
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.pages.mandates.wording import day, other_name
from namens.parties.models import Party
from namens.signin.session import present, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def code(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Show what the helper has to do; the code itself only after a press of the button."""
    giver, waiting = own_waiting_mandate(request, mandate)
    if waiting.state != State.OFFERED:
        return redirect("pages:mandate", mandate=waiting.id)
    shown = _reveal(waiting, giver) if request.method == "POST" else ""
    return render(request, "pages/client/code.html", {**_about(waiting, giver), "code": shown})


@require_http_methods(["GET", "POST"])
@signed_in
def sheet(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Give the sheet for paper with the code in large print; a plain look, as after a new login, leads to the code."""
    giver, waiting = own_waiting_mandate(request, mandate)
    asked = request.method == "POST" and waiting.state == State.OFFERED
    shown = _reveal(waiting, giver) if asked else ""
    if not shown:
        return redirect("pages:code", mandate=waiting.id)
    back = reverse("pages:code", args=[waiting.id])
    return render(request, "pages/client/code_sheet.html", {**_about(waiting, giver), "code": shown, "back_url": back})


@require_http_methods(["GET", "POST"])
@signed_in
def renew(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Make a new code, the older one dies; a plain look, as after a new login, makes none and leads to the code."""
    giver, waiting = own_waiting_mandate(request, mandate)
    if request.method != "POST":
        return redirect("pages:code", mandate=waiting.id)
    try:
        new_code(mandate=waiting.id, by=giver, now=clock.now())
    except MandateRefused:
        return redirect("pages:mandate", mandate=waiting.id)
    return redirect("pages:code", mandate=waiting.id)


def own_waiting_mandate(request: HttpRequest, mandate: UUID) -> tuple[Party, Mandate]:
    """Give the client and the own mandate. Raises Http404 for the helper, and for anybody else."""
    party = present(request).party
    try:
        found = queries.mandate_of(party, mandate=mandate)
    except MandateRefused:
        raise Http404 from None
    if found.representee_id != party.id:
        raise Http404
    return party, found


def _reveal(mandate: Mandate, giver: Party) -> str:
    plain = codes.reveal(opens=mandate.id, giver=giver.id, now=clock.now())
    return plain.reveal() if plain else ""


def _about(mandate: Mandate, giver: Party) -> dict[str, Any]:
    live = codes.live_code(opens=mandate.id, now=clock.now())
    return {
        "mandate": mandate,
        "name": other_name(mandate, viewer=giver),
        "is_open": mandate.representative_id is None,
        "services": [line.service.name for line in mandate.shown_lines],
        "first_day": day(mandate.first_day),
        "last_day": day(mandate.last_day),
        "code_last_day": day(live.last_day) if live else "",
        "can_be_shown": bool(live and live.sealed),
        "section": "pages:mandates",
    }
