"""Wat hebt u gedaan: the own lines of a helper. Never who stopped what or why; only what the helper did.

A member of an organisation reads the same of what was done in its name, in the pages for work.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from namens.journal.events import Event
from namens.journal.models import JournalEntry
from namens.lib import clock
from namens.mandates import done
from namens.pages.done.choosing import Choice, Others, choice_of, names_of
from namens.pages.done.lines import act_in, keys_in, portals_of, service_names
from namens.pages.done.overview import days_of, links_of, stretch_in
from namens.parties.models import Party
from namens.signin.session import present, signed_in

SENTENCES: Mapping[str, str] = {
    Event.MANDATE_USED: gettext_noop("You logged in at %(portal)s for %(name)s."),
    Event.ACT_REPORTED: gettext_noop("You did this for %(name)s at %(portal)s: %(act)s."),
    Event.REQUEST_COMPARED: gettext_noop("You asked %(name)s for a mandate."),
    Event.RENEWAL_ASKED: gettext_noop("You asked %(name)s to go on."),
    Event.MANDATE_ACTIVATED: gettext_noop("You activated the mandate of %(name)s."),
    Event.MANDATE_REPORTED: gettext_noop("You reported that the name of %(name)s is spelt wrong."),
    Event.MANDATE_STOPPED: gettext_noop("You stopped the mandate of %(name)s."),
    Event.CLIENT_OPENED: gettext_noop("You gave a reason to look at the data of %(name)s."),
    Event.CLIENT_TAKEN_OVER: gettext_noop("You took over %(name)s as your own client."),
}
EVENTS = frozenset(map(Event, SENTENCES))
Names = Mapping[UUID, str]


@dataclass(frozen=True)
class OwnLine:
    """One line of a helper."""

    at: datetime
    sentence: str
    services: list[str]


@require_safe
@signed_in
def by_me(request: HttpRequest) -> HttpResponse:
    """Show fifty lines of what the person who is here did for others. As many statements for one line as for fifty."""
    helper = present(request).party
    clients = names_of(done.clients_of_helper(helper))
    choice = choice_of(
        request.GET,
        others=Others("client", _("Which client?"), _("All clients"), clients),
        services=done.services_between(helper=helper),
        oldest=done.oldest_of(helper),
        today=clock.today(),
    )
    page = own_page(request, choice, actor=helper, helper=helper, names=lambda _entries: clients)
    return render(request, "pages/done/by_me.html", page)


def own_page(
    request: HttpRequest, choice: Choice, *, actor: Party, helper: Party, names: Callable[[list[JournalEntry]], Names]
) -> dict[str, object]:
    """Give what both pages show. Three statements, and those of `names`: whom in these entries the reader may know."""
    entries = done.done_by(actor, helper=helper, events=EVENTS, wanted=choice.wanted)
    stretch = stretch_in(request, entries)
    lines = own_lines(stretch.entries, names=names(stretch.entries))
    return {"choice": choice, "days": days_of(lines), "page_url": request.path, **links_of(stretch, choice)}


def own_lines(entries: list[JournalEntry], *, names: Names) -> list[OwnLine]:
    """Give the lines of entries that the reader wrote. Two statements."""
    portals, services = portals_of(entries), service_names(entries)
    return [
        OwnLine(
            at=entry.at,
            sentence=_(SENTENCES[entry.event])
            % {
                "name": (names.get(entry.subject) if entry.subject else None) or _("a client of before"),
                "portal": (portals.get(entry.portal) if entry.portal else None) or _("a portal"),
                "act": act_in(entry),
            },
            services=[services.get(key, key) for key in keys_in(entry)],
        )
        for entry in entries
    ]
