"""One appointment: when and where, what is ready, and what can be done with it now."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.appointments.actions import take_over
from namens.appointments.agenda import people
from namens.appointments.models import Appointment, Attendee, Role, Way
from namens.appointments.readiness import Ready, letter_of, mandates_of, readiness_of
from namens.appointments.refusals import AppointmentRefused
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.models import MandateRequest
from namens.pages.appointments.advising import card_url, guide_url
from namens.pages.appointments.finding import reached_or_404
from namens.pages.appointments.words import (
    for_how_long,
    ready_sentence,
    standing,
    told,
    way_words,
    weekday,
    when_words,
)
from namens.pages.mandates.wording import day
from namens.pages.rows import Row
from namens.signin.session import Visitor, present, signed_in_helper


@dataclass(frozen=True)
class Item:
    """What is to be had ready for one who comes: days and the helper's own input, and nothing else."""

    label: str
    role: str
    sentences: list[str]


@require_safe
@signed_in_helper
def detail(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Show one appointment to its keeper; a colleague within reach can take it over."""
    found, is_own = reached_or_404(request, appointment)
    page = {**shown(found, is_own=is_own), **_advice(found, present(request))}
    return render(request, "pages/appointments/appointment.html", page)


@require_safe
@signed_in_helper
def made(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Say that it was made, what happens next, and what to tell the client."""
    found, is_own = reached_or_404(request, appointment)
    page = {**shown(found, is_own=is_own), **_advice(found, present(request))}
    return render(request, "pages/appointments/appointment_made.html", page)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def take(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """Ask whether to take an appointment of a colleague over, and do it."""
    found, is_own = reached_or_404(request, appointment)
    member, problem = present(request).member, ""
    if is_own or member is None:
        return redirect("pages:appointment-detail", appointment=found.id)
    if request.method == "POST":
        try:
            take_over(appointment=found.id, member=member, now=clock.now())
        except AppointmentRefused as refused:
            problem = told(refused)
        else:
            return redirect("pages:appointment-detail", appointment=found.id)
    page = {**shown(found, is_own=is_own), "problem": problem}
    return render(request, "pages/appointments/appointment_take_over.html", page)


def shown(found: Appointment, *, is_own: bool) -> dict[str, Any]:
    """Give what every page of one appointment shows; `agenda.find` gave it."""
    now = clock.now()
    today, day_itself = clock.day_of(now), clock.day_of(found.starts_at)
    ready = readiness_of(found, today=today)
    begun, is_today = found.opened_at is not None, day_itself == today
    open_now = is_own and not found.is_over
    return {
        "appointment": found,
        "heading": _("Appointment on %(day)s") % {"day": weekday(day_itself)},
        "rows": _rows(found),
        "items": [_item(comer, found, today) for comer in people(found)],
        "standing": standing(found, now=now),
        "ready": ready_sentence(ready, only_during=found.only_during),
        "is_complete": ready.ready is Ready.COMPLETE,
        "mandates": mandates_of(found) if ready.ready is Ready.COMPLETE else [],
        "labels": [comer.label for comer in people(found)],
        "is_own": is_own,
        "keeper": found.member.full_name if found.member else "",
        "can_change": open_now and not begun and day_itself >= today,
        "can_begin": open_now and not begun and is_today,
        "can_close": open_now and day_itself <= today and (begun or day_itself < today),
        "at_table": open_now and begun and is_today,
        "asks": bool(found.duration),
        "logs_in_here": any(comer.way == Way.HERE for comer in people(found)),
        "reminded_on": day(clock.day_of(found.remind_at)) if found.remind_at else "",
        "section": "pages:appointments",
    }


def _advice(found: Appointment, visitor: Visitor) -> dict[str, str]:
    comers, day_itself = people(found), clock.day_of(found.starts_at)
    has_partner, only_during = len(comers) > 1, found.only_during
    return {
        "guide_url": guide_url(visitor, day=day_itself, has_partner=has_partner, only_during=only_during),
        "card_url": card_url(
            visitor,
            day=day_itself,
            has_partner=has_partner,
            way=Way(comers[0].way),
            only_during=only_during,
            today=clock.today(),
        ),
    }


def _rows(found: Appointment) -> list[Row]:
    comers = people(found)
    rows = [
        Row(_("With whom"), [comer.label for comer in comers]),
        Row(_("When"), when_words(found.starts_at, minutes=found.minutes)),
        Row(_("Where"), [found.place or _("Not filled in")]),
        Row(_("With what"), [service.name for service in found.services.all()]),
        Row(_("How they say yes"), list(dict.fromkeys(way_words(Way(comer.way)) for comer in comers))),
    ]
    if found.duration:
        rows.append(Row(_("For how long"), [for_how_long(Duration(found.duration))]))
    return rows


def _item(comer: Attendee, found: Appointment, today: date) -> Item:
    return Item(label=comer.label, role=comer.role, sentences=_sentences(comer, found, today))


def _sentences(comer: Attendee, found: Appointment, today: date) -> list[str]:
    match Way(comer.way):
        case Way.HERE:
            return [_("Logs in at the table, with the own DigiD.")]
        case Way.RUNS:
            return [_("Gave you a mandate already.")]
        case Way.HAND_OFF:
            return [_("Brings the own phone, and says yes at the table.")]
        case Way.LETTER:
            asked = letter_of(comer, today=today)
            return _of_letter(asked, found, today) if asked else [_("Says yes at the table, on the own phone.")]


def _of_letter(asked: MandateRequest, found: Appointment, today: date) -> list[str]:
    """Say what follows from the days: never whether there is a letter."""
    if asked.waits_until < today:
        return [_("The code can be used no more.")]
    there = _("Are the details right? Then the letter comes on %(day)s at the latest.") % {"day": day(asked.letter_by)}
    came = _("Are the details right? Then the letter is there.")
    sentences = [there if today <= asked.letter_by else came]
    if found.only_during:
        sentences.append(_("The code works on %(day)s only.") % {"day": day(asked.waits_until)})
    elif asked.waits_until < clock.day_of(found.starts_at):
        sentences.append(
            _("The code works up to and including %(day)s: before the appointment.") % {"day": day(asked.waits_until)}
        )
    return sentences


ROLES = {Role.CLIENT.value: Role.CLIENT, Role.PARTNER.value: Role.PARTNER}
