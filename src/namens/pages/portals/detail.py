"""One portal: how it stands, what it is registered with, and what waits for a second operator."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.grants.models import FetchedKeys
from namens.lib import clock
from namens.pages.portals.guarding import about, names_of, of_portal, operator
from namens.pages.portals.passing import passing
from namens.pages.portals.words import STANDINGS, TONES, compared, rows_of, warnings_of
from namens.pages.rows import Row
from namens.services.actions import what_changes
from namens.services.models import Portal, PortalChange, Status
from namens.services.terms import as_data
from namens.services.thumbprints import told

MOST_CHANGES = 20


@require_safe
@of_portal
def portal(request: HttpRequest, portal: Portal) -> HttpResponse:
    """Show it, with what this operator can do."""
    standing, terms, by = Status(portal.status), as_data(portal), operator(request)
    changes = list(portal.changes.order_by("-proposed_at", "-id")[:MOST_CHANGES])
    names = names_of(_people(portal, changes))
    waiting = next((one for one in changes if one.status == Status.PROPOSED), None)
    page = {
        "standing": _(STANDINGS[standing]),
        "tone": TONES[standing],
        "waits": standing is Status.PROPOSED,
        "is_open": standing is Status.APPROVED,
        "is_own": portal.proposed_by == by,
        "warnings": warnings_of(terms) if standing is Status.PROPOSED else [],
        "change": _waiting(waiting, names, by) if waiting else None,
        "rows": [*_origin(portal, names), *rows_of(terms), *_keys_since(portal, changes), *_fetched(portal)],
        "passing": passing(portal, now=clock.now()) if portal.approved_at is not None else None,
        "history": [_decided(one, names) for one in changes if one is not waiting],
    }
    return render(request, "pages/portals/portal.html", {**about(portal), **page})


def _people(portal: Portal, changes: list[PortalChange]) -> list[str]:
    of_changes = [name for one in changes for name in (one.proposed_by, one.decided_by)]
    return [portal.proposed_by, portal.approved_by, portal.withdrawn_by, *of_changes]


def _waiting(change: PortalChange, names: dict[str, str], by: str) -> dict[str, object]:
    """Give the change that waits, old beside new, with what to look at twice."""
    what = what_changes(change)
    return {
        "id": change.id,
        "by": names[change.proposed_by],
        "at": change.proposed_at,
        "is_own": change.proposed_by == by,
        "lines": compared(change.before, change.terms, what=what),
        "warnings": warnings_of({**change.terms, **_unless_new(change, what)}),
    }


def _unless_new(change: PortalChange, what: list[str]) -> dict[str, str]:
    """Leave out what stays as it is: warnings are about what this change brings."""
    warned = ("profile", "bsn_legal_basis", "search_basis", "journals_decisions", "events_uri")
    return {name: "" for name in warned if name not in what and change.before}


def _decided(change: PortalChange, names: dict[str, str]) -> dict[str, object]:
    is_held = change.status == Status.APPROVED
    return {
        "lines": [one.label for one in compared(change.before, change.terms, what=what_changes(change))],
        "by": names[change.proposed_by],
        "decider": names.get(change.decided_by, ""),
        "at": change.decided_at,
        "is_held": is_held,
    }


def _origin(portal: Portal, names: dict[str, str]) -> list[Row]:
    """Give who it is, and which operators let it in."""
    told_rows = [
        Row(_("Client id"), [portal.client_id]),
        Row(_("Sector"), [portal.sector]),
        Row(_("Proposed"), [f"{names[portal.proposed_by]}, {_moment(portal.proposed_at)}"]),
    ]
    if portal.approved_at is not None:
        told_rows.append(Row(_("Agreed"), [f"{names[portal.approved_by]}, {_moment(portal.approved_at)}"]))
    if portal.withdrawn_at is not None:
        told_rows.append(Row(_("Stopped"), [f"{names[portal.withdrawn_by]}, {_moment(portal.withdrawn_at)}"]))
    return told_rows


def _keys_since(portal: Portal, changes: list[PortalChange]) -> list[Row]:
    """Give since when its keys are as they are: the newest change of them, else when it was let in."""
    if not portal.jwks or portal.approved_at is None:
        return []
    held = (one for one in changes if one.status == Status.APPROVED and "jwks" in what_changes(one))
    newest = next(held, None)
    at = newest.decided_at if newest is not None else None
    return [Row(_("Its public keys are so since"), [_moment(at or portal.approved_at)])]


def _fetched(portal: Portal) -> list[Row]:
    """Give the keys that were fetched at the portal's address, and when."""
    if not portal.jwks_uri:
        return []
    found = FetchedKeys.objects.filter(portal=portal, address=portal.jwks_uri).first()
    if found is None or found.fetched_at is None:
        return [Row(_("Keys that were fetched"), [_("None yet. They are fetched when the portal first needs them.")])]
    when = _("Fetched %(fetched)s, tried %(tried)s") % {
        "fetched": _moment(found.fetched_at),
        "tried": _moment(found.tried_at),
    }
    return [Row(_("Keys that were fetched"), [when, *(told(key) for key in found.keys)])]


def _moment(at: datetime) -> str:
    return date_format(at.astimezone(clock.AMSTERDAM), "j F Y, H:i")
