"""Wat is er voor u gedaan: everything that was done for a client, or with the client's mandates, day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namens.journal.models import JournalEntry
from namens.journal.shown import SHOWN
from namens.lib import clock
from namens.mandates import done
from namens.mandates.done import Stretch
from namens.pages.done.choosing import Choice, Others, choice_of, names_of
from namens.pages.done.lines import Line, lines_of
from namens.parties.models import Party
from namens.signin.session import present, signed_in

ON_A_PAGE, ON_PAPER = 50, 1000
OLDER, NEWER = "older", "newer"


class Dated(Protocol):
    """What has a moment."""

    @property
    def at(self) -> datetime:
        """The moment."""


One = TypeVar("One", bound=Dated)


@dataclass(frozen=True)
class Day(Generic[One]):
    """The lines of one day in Amsterdam, newest first."""

    name: str
    lines: list[One]


@dataclass(frozen=True)
class Asked:
    """What a client chose, and the entries that come of it; `helpers` are the names to choose from."""

    client: Party
    choice: Choice
    helpers: dict[UUID, str]
    entries: QuerySet[JournalEntry]

    def lines(self, entries: list[JournalEntry]) -> list[Line]:
        """Give the lines of some of the entries."""
        return lines_of(entries, client=self.client, helpers=self.helpers)


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    """Show fifty lines. As many statements for one line as for fifty, and however many there are."""
    asked = asked_by(request)
    stretch = stretch_in(request, asked.entries)
    page = {
        "choice": asked.choice,
        "days": days_of(asked.lines(stretch.entries)),
        **links_of(stretch, asked.choice),
        "page_url": reverse("pages:done"),
        "print_url": with_query(reverse("pages:done-print"), asked.choice.query),
    }
    return render(request, "pages/done/overview.html", page)


@require_safe
@signed_in
def on_paper(request: HttpRequest) -> HttpResponse:
    """Show the newest thousand lines of what was chosen, for the printer: who it is about on top, and no menus."""
    asked = asked_by(request)
    stretch = done.stretch_of(asked.entries, most=ON_PAPER)
    page = {
        "name": present(request).name,
        "choice": asked.choice,
        "days": days_of(asked.lines(stretch.entries)),
        "most": ON_PAPER if stretch.has_older else 0,
        "now": clock.now(),
        "back_url": with_query(reverse("pages:done"), asked.choice.query),
    }
    return render(request, "pages/done/sheet.html", page)


def asked_by(request: HttpRequest) -> Asked:
    """Give what the client who is here chose. Three statements; raises Http404 for what nobody could choose."""
    client = present(request).party
    helpers = names_of(done.helpers_of(client))
    choice = choice_of(
        request.GET if request.method != "POST" else request.POST,
        others=Others("helper", _("Which helper?"), _("All helpers"), helpers),
        services=done.services_between(client=client),
        oldest=done.oldest_for(client),
        today=clock.today(),
    )
    return Asked(client, choice, helpers, done.done_for(client, events=SHOWN, wanted=choice.wanted))


def stretch_in(request: HttpRequest, entries: QuerySet[JournalEntry]) -> Stretch:
    """Read the lines of this page. Raises Http404 for a place that is not among these entries."""
    after, before = _place(request, OLDER, entries), _place(request, NEWER, entries)
    stretch = done.stretch_of(entries, most=ON_A_PAGE, after=after, before=before)
    if before is not None and not stretch.has_newer:
        # The newest page is always full.
        return done.stretch_of(entries, most=ON_A_PAGE)
    return stretch


def _place(request: HttpRequest, name: str, entries: QuerySet[JournalEntry]) -> done.Place | None:
    typed = request.GET.get(name, "")
    if not typed:
        return None
    try:
        place = done.place_of(entries, entry=UUID(typed))
    except ValueError:
        place = None
    if place is None:
        raise Http404
    return place


def links_of(stretch: Stretch, choice: Choice) -> dict[str, str]:
    """Give where the newer and the older lines are; nothing where there are none."""
    first, last = (stretch.entries[0].id, stretch.entries[-1].id) if stretch.entries else (None, None)
    newer = f"?{with_name(choice.query, NEWER, first)}" if stretch.has_newer else ""
    older = f"?{with_name(choice.query, OLDER, last)}" if stretch.has_older else ""
    return {"newer_url": newer, "older_url": older}


def with_query(path: str, query: str) -> str:
    """Give an address with what was chosen behind it."""
    return f"{path}?{query}" if query else path


def with_name(query: str, name: str, entry: UUID | None) -> str:
    """Give what was chosen, and the entry from which the lines go on."""
    return f"{query}&{name}={entry}" if query else f"{name}={entry}"


def days_of(lines: Sequence[One]) -> list[Day[One]]:
    """Put lines together by their day, which is one in Amsterdam; their order stays."""
    by_day: Iterable[tuple[object, Iterable[One]]] = groupby(lines, key=lambda line: clock.day_of(line.at))
    return [Day(_day_name(list_[0].at), list_) for list_ in (list(found) for _unused, found in by_day)]


def _day_name(at: datetime) -> str:
    name = date_format(clock.day_of(at), "l j F Y")
    return name[:1].upper() + name[1:]
