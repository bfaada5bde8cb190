"""The work list of a member: what is new or must be done, and all clients whom a licence reaches."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from namens.lib import clock, workdays
from namens.mandates import requests_at_work
from namens.mandates.clients_of import Wanted, clients_of, grounds_of, lines_of
from namens.mandates.models import MandateRequest
from namens.mandates.renewals import pending
from namens.organisations.models import Member
from namens.organisations.reach import Ground, managers_of
from namens.pages.paging import ON_A_PAGE
from namens.pages.work.asked import asked_rows
from namens.pages.work.choosing import EXPLANATIONS, LABELS, Choice, Tab, chosen_in, seek, usual
from namens.pages.work.here import member_here
from namens.pages.work.rows import ENDS_SOON, client_row
from namens.signin.session import signed_in_member

URGENT = timedelta(days=7)
OF_CLIENTS = frozenset({Tab.TODAY, Tab.ENDS, Tab.ALL})


@require_safe
@signed_in_member
def work(request: HttpRequest) -> HttpResponse:
    """Show one list. Without a licence there is nothing to show, and the page says whom to ask."""
    member, choice, now = member_here(request), chosen_in(request), clock.now()
    grounds = grounds_of(member, now=now)
    page: dict[str, Any] = {"choice": choice, "member": member, "has_licence": bool(grounds), "section": "pages:work"}
    if not grounds:
        page["managers"] = managers_of(member.organisation)
        return render(request, "pages/work/worklist.html", page)
    page.update({"heading": LABELS[choice.tab], "explanation": EXPLANATIONS[choice.tab]})
    if choice.tab in OF_CLIENTS:
        page.update(_clients(member, grounds, choice, now))
    if choice.tab not in {Tab.ENDS, Tab.ALL}:
        page.update(_asked(member, grounds, choice, now))
    return render(request, "pages/work/worklist.html", page)


@require_POST
@signed_in_member
def search(request: HttpRequest) -> HttpResponse:
    """Keep what is sought out of the address: it is somebody's name."""
    return redirect(seek(request, words=request.POST.get("words", "")))


def _clients(member: Member, grounds: frozenset[Ground], choice: Choice, now: datetime) -> dict[str, Any]:
    """Give one page of clients. Four statements, however many there are."""
    start, wanted = (choice.page - 1) * ON_A_PAGE, _wanted(choice, now)
    found = clients_of(member, grounds=grounds, wanted=wanted, now=now, start=start, most=ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    lines = lines_of(member, clients=shown, grounds=grounds, now=now)
    asked = frozenset(pending(member, clients=lines, today=clock.day_of(now))) if lines else frozenset()
    rows = [
        client_row(one, lines.get(one.party, []), member=member, wanted=wanted, renewals=asked, now=now)
        for one in shown
    ]
    can_tick = any(not row.needs_reason for row in rows)
    return {"rows": rows, "can_tick": can_tick, "has_more": len(found) > ON_A_PAGE}


def _wanted(choice: Choice, now: datetime) -> Wanted:
    wanted, today = Wanted(typed=choice.sought, whose=choice.whose, sort=choice.sort), clock.day_of(now)
    if choice.tab is Tab.TODAY:
        since = clock.start_of(workdays.working_day_before(today))
        return replace(wanted, ends_by=today + URGENT, news_since=since, reached_now=True)
    if choice.tab is Tab.ENDS:
        return replace(wanted, ends_by=today + ENDS_SOON, reached_now=True)
    return wanted


def _asked(member: Member, grounds: frozenset[Ground], choice: Choice, now: datetime) -> dict[str, Any]:
    """Give one page of what was asked; today only its first. Two statements, however much there is."""
    today, is_today = clock.day_of(now), choice.tab is Tab.TODAY
    every = requests_at_work.asked_at_work(member, grounds=grounds, whose=choice.whose, sort=choice.sort, now=now)
    if is_today and choice.page > 1:
        return {}
    start = (choice.page - 1) * ON_A_PAGE
    chosen = _of_tab(every, choice.tab, today).prefetch_related("services")
    found = list(chosen[start : start + ON_A_PAGE + 1])
    has_more = len(found) > ON_A_PAGE
    half = choice.tab is Tab.PARTNER
    page = {"asked": asked_rows(found[:ON_A_PAGE], member=member, today=today, half=half), "half": half}
    if is_today:
        codes = replace(usual(Tab.CODE), whose=choice.whose)
        return {**page, "more_asked_url": codes.url if has_more else ""}
    return {**page, "has_more": has_more}


def _of_tab(every: QuerySet[MandateRequest], tab: Tab, today: date) -> QuerySet[MandateRequest]:
    if tab is Tab.LETTER:
        return requests_at_work.waits_for_letter(every, today=today)
    if tab is Tab.CODE:
        return requests_at_work.has_code(every, today=today)
    if tab is Tab.PARTNER:
        return requests_at_work.half_done(every)
    since = workdays.working_day_before(today)
    return requests_at_work.due(every, since=since, until=today + URGENT, today=today)
