"""What helpers ask of this client: who, for what and for how long, and the answers."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import assurance, clock
from namens.lib.assurance import AssuranceLevel
from namens.lib.periods import Duration
from namens.mandates import requests_of
from namens.mandates.actions import decline as say_no
from namens.mandates.actions import report_refused
from namens.mandates.at_table import is_first_yes, longer_from
from namens.mandates.models import Mandate, Origin
from namens.mandates.queries import with_lines
from namens.mandates.refusals import MandateRefused
from namens.organisations.naming import in_full
from namens.pages.choices import highest, searching_portals
from namens.pages.client.agreeing import Agreeing
from namens.pages.client.answers import Answers
from namens.pages.client.giving import JOURNEY
from namens.pages.client.outcome import outcome_of
from namens.pages.client.replaced import replaced_services
from namens.pages.lengths import LENGTHS
from namens.pages.mandates.wording import day, hour, other_name
from namens.pages.public.home import ways_in
from namens.pages.rows import Row
from namens.parties.models import Kind, Party
from namens.services.models import Service
from namens.signin import drafts
from namens.signin.session import Visitor, present, signed_in

YES, SHORTER = "yes", "shorter"


@require_safe
@signed_in
def every(request: HttpRequest) -> HttpResponse:
    """Show all that waits for an answer."""
    client = present(request).party
    waiting = with_lines(list(requests_of.waiting_for(client, now=clock.now())))
    cards = [_card(mandate, client) for mandate in waiting]
    return render(request, "pages/client/requests.html", {"cards": cards, "section": "pages:mandates"})


@require_http_methods(["GET", "POST"])
@signed_in
def one(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Show what is asked; a yes leads to the questions that are left. What can be answered no more says so."""
    visitor, asked = _own(request, mandate)
    if not requests_of.can_be_answered(asked, now=clock.now()):
        return outcome_of(request, asked, viewer=visitor.party)
    answer, stronger = request.POST.get("answer"), _too_strong(asked, visitor)
    if answer in {YES, SHORTER} and not stronger and not _waits_for_day(asked):
        return _begin(visitor, asked, duration=asked.duration if answer == YES else "")
    level = highest(stronger)
    page = {
        **_shown(asked, visitor.party),
        "searching": searching_portals(requests_of.services_of(asked)),
        "too_strong": [service.name for service in stronger],
        "ways_in": ways_in(back_to=request.path, level=level) if stronger else [],
    }
    return render(request, "pages/client/request.html", page)


@require_http_methods(["GET", "POST"])
@signed_in
def decline(request: HttpRequest, mandate: UUID, *, is_unknown: bool) -> HttpResponse:
    """Ask once more, and then say no. The helper hears nothing of it."""
    visitor, asked = _own(request, mandate)
    if request.method == "POST":
        try:
            say_no(mandate=asked.id, by=visitor.party, is_unknown=is_unknown, now=clock.now())
        except MandateRefused:
            # Answered or taken back meanwhile: the page of the request says how it stands.
            return redirect("pages:request", mandate=asked.id)
    if request.method == "POST" or not requests_of.can_be_answered(asked, now=clock.now()):
        return redirect("pages:request", mandate=asked.id)
    page = {**_shown(asked, visitor.party), "is_unknown": is_unknown}
    return render(request, "pages/client/decline.html", page)


@require_http_methods(["GET", "POST"])
@signed_in
def report(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Take the report of who said no at the table, because nobody sat there."""
    visitor, asked = _own(request, mandate)
    if request.method == "POST":
        try:
            report_refused(mandate=asked.id, by=visitor.party, now=clock.now())
        except MandateRefused:
            # Reported already, or never refused: the page of the request says how it stands.
            return redirect("pages:request", mandate=asked.id)
    if request.method == "POST" or not requests_of.can_be_reported(asked):
        return redirect("pages:request", mandate=asked.id)
    return render(request, "pages/client/report_refused.html", _shown(asked, visitor.party))


def _own(request: HttpRequest, mandate: UUID) -> tuple[Visitor, Mandate]:
    """Give the client and what was asked of them. Raises Http404 for anybody else's."""
    visitor = present(request)
    try:
        return visitor, requests_of.request_to(visitor.party, mandate=mandate)
    except MandateRefused:
        raise Http404 from None


def _begin(visitor: Visitor, asked: Mandate, *, duration: str) -> HttpResponse:
    """Begin a draft with this answer and go to the next question."""
    answers = replace(Answers(), request=asked.id, duration=duration)
    draft = drafts.begin(party=visitor.party, journey=JOURNEY, answers=answers.as_kept(), now=clock.now())
    agreeing = Agreeing(draft=draft.id, visitor=visitor, answers=answers, today=clock.today(), asked=asked)
    return redirect(agreeing.url(agreeing.next_page))


def _shown(asked: Mandate, client: Party) -> dict[str, Any]:
    return {
        "mandate": asked,
        "name": other_name(asked, viewer=client),
        "organisation": asked.representative is not None and asked.representative.kind == Kind.ORGANISATION,
        "asker": in_full(asker) if (asker := requests_of.asker_of(asked)) else "",
        "by_phone": asked.origin == Origin.BY_PHONE,
        "rows": _rows(asked),
        **_at_table(asked),
        **replaced_services(requests_of.replaced_by_yes(asked, today=clock.today())),
        "section": "pages:mandates",
    }


def _rows(asked: Mandate) -> list[Row]:
    is_first = is_first_yes(asked, today=clock.today())
    duration = Duration.TODAY if is_first else Duration(asked.duration)
    ends = {"length": LENGTHS[duration], "day": day(duration.last_day(clock.today()))}
    return [
        Row(
            _("With what"),
            [f"{one.name}: {one.explained} ({one.provider_name})" for one in requests_of.services_of(asked)],
        ),
        Row(_("For how long"), [_length(asked, ends)]),
        _end(asked),
    ]


def _length(asked: Mandate, ends: dict[str, Any]) -> str:
    if asked.opens_on is not None:
        return _("Only during the appointment on %(day)s") % {"day": day(asked.opens_on)}
    return _("%(length)s. With a yes today: up to and including %(day)s.") % ends


def _waits_for_day(asked: Mandate) -> bool:
    """Say whether it is for an appointment on a later day: no can be said now, yes only then."""
    return asked.opens_on is not None and asked.opens_on > clock.today()


def _end(asked: Mandate) -> Row:
    if asked.closes_at is not None:
        return Row(_("You can answer until"), [_("%(time)s today") % {"time": hour(asked.closes_at)}])
    if asked.opens_on is not None:
        return Row(_("You can say yes on"), [day(asked.opens_on)])
    return Row(_("You can answer up to and including"), [day(asked.waits_until or clock.today())])


def _at_table(asked: Mandate) -> dict[str, Any]:
    """Give what is said besides of what was opened at the table: it has no letter, and the first yes is a small one."""
    today = clock.today()
    is_first = is_first_yes(asked, today=today)
    return {
        "at_table": asked.closes_at is not None,
        "is_first": is_first,
        "longer_from": day(longer_from(today)) if is_first else "",
        "yes_on": day(asked.opens_on) if asked.opens_on is not None and _waits_for_day(asked) else "",
        "can_be_shorter": not is_first and asked.duration != Duration.TODAY,
    }


def _too_strong(asked: Mandate, visitor: Visitor) -> list[Service]:
    return [
        service
        for service in requests_of.services_of(asked)
        if not assurance.meets(visitor.level, minimum=AssuranceLevel(service.minimum_level))
    ]


def _card(mandate: Mandate, client: Party) -> dict[str, Any]:
    url = reverse("pages:request", args=[mandate.id])
    services = ", ".join(line.service.name for line in mandate.shown_lines)
    asker = requests_of.asker_of(mandate)
    by = [_("Asked by %(name)s") % {"name": in_full(asker)}] if asker else []
    length = _("For how long: %(length)s") % {"length": LENGTHS[Duration(mandate.duration)]}
    if mandate.opens_on is not None:
        length = _("Only during the appointment on %(day)s") % {"day": day(mandate.opens_on)}
    return {
        "heading": other_name(mandate, viewer=client),
        "url": url,
        "sentences": [*by, services, length],
        "actions": [{"url": url, "label": _("Look at this request")}],
    }
