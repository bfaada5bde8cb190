"""Everybody who works at the organisation: to search, to filter, and page by page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.organisations.models import Licence, Member
from namens.organisations.people import Show, licences_of, people_of, state_of
from namens.pages.fields import TextField
from namens.pages.manager.frame import SECTION, done_sentence, managing, person_url
from namens.pages.manager.wording import OPEN, Badge, badge_of, kind_of, services_of, standing_of
from namens.pages.mandates.wording import day
from namens.pages.paging import ON_A_PAGE, page_number
from namens.signin.session import signed_in_manager

FILTERS = {
    Show.EVERYBODY: gettext_noop("Everybody who works here"),
    Show.INVITED: gettext_noop("Invited, not begun yet"),
    Show.WITHOUT_LICENCE: gettext_noop("Without a licence"),
    Show.UNSEEN: gettext_noop("Not logged in for a long time"),
    Show.MANAGERS: gettext_noop("Managers"),
    Show.FORMER: gettext_noop("Who left"),
}


class PeopleForm(forms.Form):
    """Whom to look for. A name never stands in an address: the form is posted."""

    text = TextField(label=gettext_lazy("Name or e-mail address"), required=False)


@dataclass(frozen=True)
class PersonRow:
    """One line of the list."""

    url: str
    name: str
    is_oneself: bool
    kind: str
    team: str
    standing: Badge
    licence: str
    licence_badge: Badge | None
    seen: str


@require_http_methods(["GET", "POST"])
@signed_in_manager
def people(request: HttpRequest) -> HttpResponse:
    """Show the people of the organisation. The same number of statements, however many there are."""
    manager, now = managing(request), clock.now()
    show, text, number = _wanted(request)
    start = (number - 1) * ON_A_PAGE
    found = list(people_of(manager.organisation_id, show=show, text=text, now=now)[start : start + ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    licences, today = licences_of(shown), clock.day_of(now)
    page = {
        "form": PeopleForm(initial={"text": text}),
        "rows": [_row(one, licences.get(one.party_id, []), manager=manager.party_id, today=today) for one in shown],
        "text": text,
        "show": show.value,
        "filters": [(one.value, _(label), one is show) for one, label in FILTERS.items()],
        "is_searched": bool(text) or show is not Show.EVERYBODY,
        "earlier_page": number - 1,
        "later_page": number + 1 if len(found) > ON_A_PAGE else 0,
        "done": done_sentence(request),
        "section": SECTION,
    }
    return render(request, "pages/manager/people.html", page)


def _wanted(request: HttpRequest) -> tuple[Show, str, int]:
    """Give whom to show, the words to look for and the page. Words come by post only."""
    asked = request.POST if request.method == "POST" else request.GET
    form = PeopleForm(asked)
    form.is_valid()
    chosen = asked.get("show", "")
    show = Show(chosen) if chosen in list(Show) else Show.EVERYBODY
    text = form.cleaned_data.get("text", "") if request.method == "POST" else ""
    return show, text.replace("\0", ""), page_number(asked.get("page", "1"))


def _row(member: Member, licences: list[Licence], *, manager: UUID, today: date) -> PersonRow:
    running = [one for one in licences if state_of(one, today=today) in OPEN]
    first = running[0] if running else (licences[0] if licences else None)
    return PersonRow(
        url=person_url(member.party_id),
        name=member.full_name,
        is_oneself=member.party_id == manager,
        kind=kind_of(member),
        team=member.team.name if member.team else "",
        standing=standing_of(member),
        licence=_licence_words(first),
        licence_badge=badge_of(first, today=today) if first else None,
        seen=day(clock.day_of(member.seen_at)) if member.seen_at else "",
    )


def _licence_words(licence: Licence | None) -> str:
    if licence is None:
        return _("None")
    until = {"services": services_of(licence), "day": day(licence.last_day)}
    return _("%(services)s, up to and including %(day)s") % until
