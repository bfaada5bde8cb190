"""What passes between a portal and us: events that go there, acts that come from it, and the secret that signs."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from namens.exchange.models import WebhookSecret
from namens.exchange.overview import MOST_COUNTED, Acts, acts_of
from namens.exchange.queries import Delivery, delivery_of
from namens.exchange.secrets import make_secret, secrets_of
from namens.exchange.webhook_refusals import WebhookReason, WebhookRefused
from namens.journal.events import Channel
from namens.lib import clock
from namens.pages.operator.asking import ask
from namens.pages.portals import shown_once
from namens.pages.portals.guarding import about, address, of_portal, operator
from namens.pages.portals.problem_words import problem_in_words
from namens.pages.portals.shown_once import Kept
from namens.pages.rows import Row
from namens.services.models import Portal, Status


def passing(portal: Portal, *, now: datetime) -> dict[str, object]:
    """Give the part of a portal's page about this. Seven statements, however much passes."""
    delivery, acts = delivery_of(portal.id, now=now), acts_of(portal.id, now=now)
    can_have = portal.status == Status.APPROVED and bool(portal.events_uri)
    known = secrets_of(portal.id, now=now)
    return {
        "refused": _counted(acts.refused) if acts.refused else "",
        "late_since": delivery.waiting_since if delivery.is_late(now=now) else None,
        "rows": [*_events(portal, delivery, now), *_signing(known), *_reported(portal, acts)],
        "can_make": can_have and not known,
        "portal_makes": can_have and bool(known),
    }


@require_http_methods(["GET", "POST"])
@of_portal
def new_secret(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Ask whether the operator is sure, and make the first secret for the events of this portal."""
    if request.method == "POST":
        try:
            made = make_secret(portal, by=operator(request), channel=Channel.PAGES, now=clock.now())
        except WebhookRefused as refused:
            return _problem(request, portal, refused)
        shown_once.keep(request, portal=portal.id, secret=made.secret.text, kind=Kept.EVENTS)
        return redirect("pages:portal-events-secret", portal=portal.id)
    if secrets_of(portal.id, now=clock.now()):
        return _problem(request, portal, WebhookRefused(WebhookReason.PORTAL_MAKES_IT))
    return ask(
        request,
        about(portal),
        heading=_("Make a new secret for the events?"),
        sentences=[
            _("Every event is signed with it. You see it once, and give it to the portal team in a safe way."),
            _("This is the first one. Every next one the portal makes itself, so that nobody here sees it."),
        ],
        button=_("Make a new secret"),
    )


@require_safe
@of_portal
def secret(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Show the new secret, once."""
    kept = shown_once.take(request, portal=portal.id, kind=Kept.EVENTS)
    if kept is None:
        raise Http404
    return render(request, "pages/portals/secret.html", {**about(portal), "secret": kept, "is_for_events": True})


def _problem(request: HttpRequest, portal: Portal, refused: WebhookRefused) -> HttpResponse:
    said = _("This portal is not in use, so nothing is sent there.")
    if refused.reason is WebhookReason.PORTAL_MAKES_IT:
        said = _("The portal has a secret. Only its own machine makes a new one.")
    back = {"url": address(portal.id), "label": _("Back to the portal"), "kind": "primary"}
    page = {**about(portal), "heading": _("Nothing was changed"), "sentences": [said], "actions": [back]}
    return render(request, "message.html", page, status=409)


def _events(portal: Portal, delivery: Delivery, now: datetime) -> list[Row]:
    where = [portal.events_uri] if portal.events_uri else [_("Nowhere: no address is filled in.")]
    rows = [Row(_("Where events go"), where), Row(_("What waits"), [_waiting(delivery)])]
    if delivery.problem:
        rows.append(Row(_("Why it waits"), [problem_in_words(delivery.problem), *_next_try(delivery, now)]))
    last = _moment(delivery.delivered_at) if delivery.delivered_at else _("Not yet")
    rows.append(Row(_("Last delivered"), [last]))
    return [*rows, Row(_("Given up in the last 30 days"), [_events_in_words(delivery.given_up)])]


def _waiting(delivery: Delivery) -> str:
    if delivery.waiting_since is None:
        return _("Nothing")
    told = {"events": _events_in_words(delivery.waiting), "since": _moment(delivery.waiting_since)}
    return _("%(events)s, the oldest since %(since)s") % told


def _next_try(delivery: Delivery, now: datetime) -> list[str]:
    if delivery.next_try_at is None or delivery.next_try_at <= now:
        return []
    return [_("We try again at %(at)s.") % {"at": _moment(delivery.next_try_at)}]


def _signing(known: list[WebhookSecret]) -> list[Row]:
    if not known:
        return [Row(_("The secret that signs"), [_("None yet. Without it nothing is sent.")])]
    newest, *older = known
    said = [_("Made on %(at)s") % {"at": _moment(newest.made_at)}]
    until = [one.ends_at for one in older if one.ends_at is not None]
    said += [_("The one before it signs too until %(at)s") % {"at": _moment(at)} for at in until]
    return [Row(_("The secret that signs"), said)]


def _reported(portal: Portal, acts: Acts) -> list[Row]:
    may = [f"{act['name']} ({act['key']})" for act in portal.acts] or [_("None")]
    return [
        Row(_("Which acts it may report"), may),
        Row(_("Reported in the last 30 days"), [_counted(acts.reported)]),
        Row(_("Refused in the last 30 days"), [_counted(acts.refused)]),
    ]


def _counted(number: int) -> str:
    if number > MOST_COUNTED:
        return _("More than %(most)s acts") % {"most": number_format(MOST_COUNTED, force_grouping=True)}
    told = {"number": number_format(number, force_grouping=True)}
    return ngettext("%(number)s act", "%(number)s acts", number) % told


def _events_in_words(number: int) -> str:
    told = {"number": number_format(number, force_grouping=True)}
    return ngettext("%(number)s event", "%(number)s events", number) % told


def _moment(at: datetime) -> str:
    return date_format(at.astimezone(clock.AMSTERDAM), "j F Y, H:i")
