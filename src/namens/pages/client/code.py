"""The code of a mandate that waits: masked until shown, on paper, and a new one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.codes import actions as codes
from namens.lib import clock
from namens.mandates import queries
from namens.mandates.actions import new_code
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.pages.mandates.second_yes import waits_sentences
from namens.pages.mandates.wording import day, other_name
from namens.parties.models import Kind, Party
from namens.signin.session import present, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def code(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Show what the helper has to do; the code itself only after a press of the button."""
    giver, waiting = own_waiting_mandate(request, mandate)
    if waiting.state != State.OFFERED:
        return redirect("pages:given" if _came_at_once(waiting) else "pages:mandate", mandate=waiting.id)
    shown = _reveal(waiting, giver) if request.method == "POST" else ""
    return render(request, "pages/client/code.html", {**_about(waiting, giver), "code": shown})


@require_safe
@signed_in
def given(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Say that the yes was enough: who goes on with an organisation or a helper needs no code."""
    giver, found = own_waiting_mandate(request, mandate)
    if not _came_at_once(found):
        return redirect("pages:mandate", mandate=found.id)
    words = {"name": other_name(found, viewer=giver), "first": day(found.first_day), "last": day(found.last_day)}
    page = {
        "heading": _("%(name)s may help you") % words,
        "sentences": [
            _("From %(first)s up to and including %(last)s. No code is needed: you mandated %(name)s before.") % words,
            _("You get a letter that confirms this."),
            *waits_sentences(found, client=giver),
            *_about_people(found, words),
            _("You can stop at any moment, in My mandates or by calling the helpdesk. It works at once."),
        ],
        "actions": [
            {"url": reverse("pages:mandate", args=[found.id]), "label": _("See this mandate"), "kind": "primary"},
            {"url": reverse("pages:mandates"), "label": _("To my mandates")},
        ],
        "section": "pages:mandates",
    }
    return render(request, "message.html", page)


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


def _came_at_once(mandate: Mandate) -> bool:
    """Say whether the yes was enough: it was given, and there never was a code."""
    given = mandate.state == State.ACTIVE and not mandate.duration
    return given and codes.newest_issue(giver=mandate.representee_id, opens=[mandate.id]) is None


def _about_people(mandate: Mandate, words: dict[str, str]) -> list[str]:
    if not _is_of_organisation(mandate):
        return []
    return [_("In My mandates you see who of %(name)s did what for you. You can leave somebody out.") % words]


def _is_of_organisation(mandate: Mandate) -> bool:
    return mandate.representative is not None and mandate.representative.kind == Kind.ORGANISATION


def _reveal(mandate: Mandate, giver: Party) -> str:
    plain = codes.reveal(opens=mandate.id, giver=giver.id, now=clock.now())
    return plain.reveal() if plain else ""


def _about(mandate: Mandate, giver: Party) -> dict[str, Any]:
    live = codes.live_code(opens=mandate.id, now=clock.now())
    return {
        "mandate": mandate,
        "name": other_name(mandate, viewer=giver),
        "is_open": mandate.representative_id is None,
        "is_organisation": _is_of_organisation(mandate),
        "services": [line.service.name for line in mandate.shown_lines],
        "first_day": day(mandate.first_day),
        "last_day": day(mandate.last_day),
        "waits": waits_sentences(mandate, client=giver),
        "code_last_day": day(live.last_day) if live else "",
        "can_be_shown": bool(live and live.sealed),
        "section": "pages:mandates",
    }
