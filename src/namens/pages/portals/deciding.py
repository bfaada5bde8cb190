"""The second operator agrees or does not; and one operator stops a portal at once."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from namens.journal.events import Channel
from namens.lib import clock
from namens.pages.operator.asking import ask
from namens.pages.portals.guarding import SECTION, about, address, of_portal, operator, problem_page
from namens.services import actions
from namens.services.actions import approve_portal, refuse_change, refuse_portal, withdraw_portal
from namens.services.models import Portal
from namens.services.refusals import ServiceReason, ServiceRefused


@require_POST
@of_portal
def approve(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Let a proposed portal in."""
    try:
        approve_portal(client_id=portal.client_id, by=operator(request), channel=Channel.PAGES, now=clock.now())
    except ServiceRefused as refused:
        return problem_page(request, portal, refused)
    return redirect(address(portal.id))


@require_http_methods(["GET", "POST"])
@of_portal
def refuse(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Ask whether the operator is sure, and take the proposal away."""
    if request.method == "POST":
        try:
            refuse_portal(client_id=portal.client_id, by=operator(request), channel=Channel.PAGES, now=clock.now())
        except ServiceRefused as refused:
            return problem_page(request, portal, refused)
        return redirect(reverse(SECTION))
    return ask(
        request,
        about(portal),
        heading=_("Take this proposal away?"),
        sentences=[_("What was filled in is gone then. The client id can be proposed again.")],
        button=_("Take the proposal away"),
        tone="negative",
    )


@require_POST
@of_portal
def approve_change(request: HttpRequest, portal: Portal, change: UUID) -> HttpResponse:
    """Let a change hold: exactly the one that was shown."""
    try:
        _check(portal, change)
        actions.approve_change(change=change, by=operator(request), channel=Channel.PAGES, now=clock.now())
    except ServiceRefused as refused:
        return problem_page(request, portal, refused)
    return redirect(address(portal.id))


@require_POST
@of_portal
def drop_change(request: HttpRequest, portal: Portal, change: UUID) -> HttpResponse:
    """Take a change away."""
    try:
        _check(portal, change)
        refuse_change(change=change, by=operator(request), channel=Channel.PAGES, now=clock.now())
    except ServiceRefused as refused:
        return problem_page(request, portal, refused)
    return redirect(address(portal.id))


@require_http_methods(["GET", "POST"])
@of_portal
def withdraw(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Ask whether the operator is sure, and stop the portal."""
    if request.method == "POST":
        try:
            withdraw_portal(portal=portal.id, by=operator(request), channel=Channel.PAGES, now=clock.now())
        except ServiceRefused as refused:
            return problem_page(request, portal, refused)
        return redirect(address(portal.id))
    return ask(
        request,
        about(portal),
        heading=_("Stop this portal?"),
        sentences=[
            _("Nobody can log in there any more, from now on. Logins that run there end at once."),
            _("Mandates stay. To use it again, propose a change; another operator must agree."),
        ],
        button=_("Yes, stop this portal"),
        tone="negative",
    )


def _check(portal: Portal, change: UUID) -> None:
    """Raise ServiceRefused unless this change is of this portal."""
    if not portal.changes.filter(id=change).exists():
        raise ServiceRefused(ServiceReason.NOT_PROPOSED)
