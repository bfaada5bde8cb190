"""What a portal is registered for at the door that answers machines: who may ask what, and what they hear."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.pages.portals.guarding import about, of_portal
from namens.pages.rows import Row
from namens.services.models import Portal, Status
from namens.services.profiles import MachineScope


@require_safe
@of_portal
def decisions(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Show in words what holds now. Nothing is asked in the name of the portal, and nobody stands on the page."""
    page = {
        "is_open": portal.status == Status.APPROVED,
        "may_ask": MachineScope.DECISIONS in portal.machine_scopes,
        "rows": _rows(portal),
    }
    return render(request, "pages/portals/decisions.html", {**about(portal), **page})


def _rows(portal: Portal) -> list[Row]:
    services = portal.services.filter(active=True).values_list("name", "key")
    return [
        Row(_("Who may ask"), _who(portal)),
        Row(_("About which services"), [f"{name} ({key})" for name, key in services] or [_("None")]),
        Row(_("When the answer is no"), _reasons(portal)),
        Row(_("Search who helps whom"), _search(portal)),
        Row(_("In the journal"), _journal(portal)),
    ]


def _who(portal: Portal) -> list[str]:
    if MachineScope.DECISIONS not in portal.machine_scopes:
        return [_("Nobody: none of its tokens opens this door.")]
    return [
        _("Its own machines, with a token for this door only. It lasts five minutes at most."),
        _("The token of a person who logged in does not open this door."),
    ]


def _reasons(portal: Portal) -> list[str]:
    if portal.gives_reasons:
        return [_("It hears why, but only where somebody has or had a mandate for these services.")]
    return [_("It hears no, and never why.")]


def _search(portal: Portal) -> list[str]:
    if not portal.search_basis:
        return [_("It may not: no law is registered.")]
    law = _("It may, by this law: %(law)s.") % {"law": portal.search_basis}
    # As pages.choices.searching_portals gives them: else nobody reads it.
    is_read = portal.status == Status.APPROVED and MachineScope.DECISIONS in portal.machine_scopes
    return [law, _("Clients and helpers read this at their mandates.")] if is_read else [law]


def _journal(portal: Portal) -> list[str]:
    if portal.journals_decisions:
        return [_("Every decision that it asks, whatever the answer is.")]
    return [_("No decision. They are only counted.")]
