"""Proposing a portal, or other terms for one. A secret is made by us, and shown once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.journal.events import Channel
from namens.lib import clock
from namens.pages.operator.guarding import for_operators
from namens.pages.portals import shown_once
from namens.pages.portals.filling import USUAL, form_of, groups_of, held_by, new_secret, say
from namens.pages.portals.forms import ChangePortalForm, NewPortalForm, PortalForm
from namens.pages.portals.guarding import SECTION, about, address, of_portal, operator
from namens.services.actions import propose_change, propose_portal
from namens.services.models import Portal
from namens.services.profiles import Authentication
from namens.services.refusals import ServiceRefused


@require_http_methods(["GET", "POST"])
@for_operators
def new(request: HttpRequest) -> HttpResponse:
    """Propose a portal."""
    form = form_of(request, NewPortalForm, initial=dict(USUAL))
    if form.is_valid():
        said = form.cleaned_data
        secret = new_secret() if said["authentication"] == Authentication.SECRET else ""
        terms = form.terms(client_id=said["client_id"], sector=said["sector"], secret=secret)
        try:
            portal = propose_portal(terms=terms, by=operator(request), channel=Channel.PAGES, now=clock.now())
        except ServiceRefused as refused:
            say(form, refused)
        else:
            return _go_on(request, portal, secret)
    return _page(request, form, {"section": SECTION, "heading": _("Register a portal")})


@require_http_methods(["GET", "POST"])
@of_portal
def change(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Propose other terms."""
    if portal.approved_at is None:
        return redirect(address(portal.id))
    form = form_of(request, ChangePortalForm, initial=held_by(portal))
    if form.is_valid():
        wants = form.cleaned_data["new_secret"] and form.cleaned_data["authentication"] == Authentication.SECRET
        secret = new_secret() if wants else ""
        terms = form.terms(client_id=portal.client_id, sector=portal.sector, secret=secret)
        try:
            propose_change(portal=portal.id, terms=terms, by=operator(request), channel=Channel.PAGES, now=clock.now())
        except ServiceRefused as refused:
            say(form, refused)
        else:
            return _go_on(request, portal, secret)
    return _page(request, form, {**about(portal), "heading": _("Change this portal")})


@require_safe
@of_portal
def secret(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Show the new secret, once."""
    kept = shown_once.take(request, portal=portal.id)
    if kept is None:
        raise Http404
    return render(request, "pages/portals/secret.html", {**about(portal), "secret": kept})


def _go_on(request: HttpRequest, portal: Portal, secret_made: str) -> HttpResponse:
    if not secret_made:
        return redirect(address(portal.id))
    shown_once.keep(request, portal=portal.id, secret=secret_made)
    return redirect("pages:portal-secret", portal=portal.id)


def _page(request: HttpRequest, form: PortalForm, page: dict[str, object]) -> HttpResponse:
    return render(request, "pages/portals/form.html", {**page, "form": form, "groups": groups_of(form)})
