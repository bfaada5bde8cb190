"""To the broker."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.pages.entrance.refused import refused_page
from namens.signin import brokers
from namens.signin.brokers import Broker
from namens.signin.login import LoginRefused
from namens.signin.openid_connect import OpenIdConnect
from namens.signin.session import login_url

UNDER_WAY = "logins-under-way"
MOST_UNDER_WAY = 5


@require_safe
def start(request: HttpRequest, broker: str) -> HttpResponse:
    """Remember where this login goes on, and send the browser to the broker."""
    found = broker_or_404(broker)
    departure = OpenIdConnect(found).depart(
        level=wanted_level(request.GET.get("level", "")), callback=callback_url(found), now=clock.now()
    )
    if isinstance(departure, LoginRefused):
        return refused_page(request, departure.reason, broker=found)
    under_way = dict(list(request.session.get(UNDER_WAY, {}).items())[-MOST_UNDER_WAY + 1 :])
    memory = {**departure.memory, "broker": found.key, "next": local_path(request.GET.get("next", ""))}
    request.session[UNDER_WAY] = {**under_way, departure.state: memory}
    return redirect(departure.url)


@require_safe
def again(request: HttpRequest, broker: str) -> HttpResponse:
    """Say to who sent a form too late that a new login is needed, and lead the way."""
    url = login_url(next_path=local_path(request.GET.get("next", "")), broker=broker_or_404(broker))
    page = {
        "heading": _("You are not logged in any more"),
        "sentences": [_("It took too long. Log in again. Then look whether everything is filled in.")],
        "actions": [{"url": url, "label": _("Log in again"), "kind": "primary"}],
    }
    return render(request, "message.html", page)


def broker_or_404(key: str) -> Broker:
    """Give the broker. Raises Http404."""
    found = brokers.find(key)
    if found is None:
        raise Http404
    return found


def callback_url(broker: Broker) -> str:
    """Give the address that the broker sends the browser back to."""
    return f"{settings.BASE_URL}{reverse('signin:callback', args=[broker.key])}"


def local_path(wanted: str) -> str:
    """Give `wanted` when it is a path of ours, else the overview: nobody is sent to another site."""
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if local else reverse("pages:mandates")


def way_back(next_path: str) -> str:
    """Give where a portal hears that somebody broke off its login; nothing for a login at our own pages."""
    try:
        place = resolve(next_path)
    except Resolver404:
        return ""
    return reverse("openid:abandon", kwargs=place.kwargs) if place.view_name == "openid:choose" else ""


def wanted_level(wanted: str) -> AssuranceLevel:
    """Read the level at which somebody must log in; what is none is the usual one."""
    return AssuranceLevel(wanted) if wanted in list(AssuranceLevel) else AssuranceLevel.LOW
