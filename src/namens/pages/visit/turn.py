"""For the client: your turn; and at the end everything is closed, also for who pressed nothing."""

from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namens.lib import clock
from namens.pages.visit.portals import portals_for_oneself
from namens.parties.models import Kind
from namens.signin import brokers, session, visits
from namens.signin.login import LoginKind
from namens.signin.openid_connect import OpenIdConnect
from namens.signin.session import forgetting, login_url
from namens.signin.visits import Over

_LOGIN_OF = {Kind.PERSON: (LoginKind.PERSON, "pages:home"), Kind.MEMBER: (LoginKind.MEMBER, "pages:work")}


@require_safe
def turn(request: HttpRequest) -> HttpResponse:
    """Let the client begin. The page says nothing of the helper, and of the client only what the client sees anyway."""
    visit = visits.under_way(request.session, now=clock.now())
    if visit is None:
        return _close(request)
    minutes = settings.VISIT_IDLE_SECONDS // 60
    return render(request, "pages/visit/turn.html", {"portal": visit.portal, "minutes": minutes})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """Ask whether the client is done; the button closes everything."""
    visit = visits.under_way(request.session, now=clock.now())
    if visit is None or request.method == "POST":
        return _close(request)
    return render(request, "pages/visit/end.html", {"portal": visit.portal})


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """Go by the broker, which logs out too where it can. By a page: a form may not lead there (CSP `form-action`)."""
    over = visits.over(request.session)
    if over is None:
        return redirect("pages:home")
    broker = brokers.find(over.broker) if over.broker else None
    back = f"{settings.BASE_URL}{reverse('pages:visit-closed')}"
    address = OpenIdConnect(broker).logout_url(back=back, now=clock.now()) if broker else ""
    # Told once: who comes here by Back is not sent to the broker again.
    visits.keep(request.session, replace(over, broker="", untold=over.untold or bool(broker and not address)))
    if not address:
        return redirect("pages:visit-closed")
    return render(request, "pages/visit/leaving.html", {"address": address, "broker": broker})


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say that everything is closed, and what can be done next."""
    if visits.under_way(request.session, now=clock.now()) is not None:
        return redirect("pages:visit-end")
    over = visits.over(request.session)
    context = {"over": over, "helper_url": _helper_url(over), "portal": _portal_of(over)}
    return forgetting(render(request, "pages/visit/closed.html", context))


@require_POST
def partner(request: HttpRequest) -> HttpResponse:
    """Do the same again for the next person, at the same portal."""
    over = visits.over(request.session)
    portal = portals_for_oneself().filter(id=over.portal).first() if over else None
    if over is None or portal is None:
        return redirect("pages:visit")
    with transaction.atomic():
        visits.begin(request.session, portal=portal, world=over.world, helper=None, now=clock.now())
    return redirect("pages:visit-turn")


def _close(request: HttpRequest) -> HttpResponse:
    session.logout(request, now=clock.now())
    if visits.over(request.session) is None:
        return redirect("pages:visit-closed")
    return forgetting(redirect("pages:visit-leaving"))


def _helper_url(over: Over | None) -> str:
    """Give where the helper logs in afresh: as whom they were here before."""
    kind, page = _LOGIN_OF.get(over.world if over else Kind.PERSON, _LOGIN_OF[Kind.PERSON])
    known = brokers.every(kind=kind)
    return login_url(next_path=reverse(page), broker=known[0] if known else None)


def _portal_of(over: Over | None) -> str:
    found = portals_for_oneself().filter(id=over.portal).first() if over else None
    return found.name if found else ""
