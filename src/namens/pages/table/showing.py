"""The helper's page at the table: the QR, what to say, and whether it is done. It never tells more than is allowed."""

from typing import Any
from uuid import UUID

import segno
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namens.appointments import queries
from namens.appointments.actions import hand_off_again, make_hand_off, withdraw_hand_off
from namens.appointments.models import HandOff
from namens.appointments.queries import Standing
from namens.appointments.refusals import HandOffRefused
from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.refusals import MandateRefused
from namens.pages.fields import LabelField
from namens.pages.helper.working import told_helper
from namens.pages.lengths import LENGTHS
from namens.pages.mandates.wording import day, hour
from namens.pages.rows import Row
from namens.pages.table.check import refused_page
from namens.pages.walk import is_sent
from namens.signin.session import present, signed_in_helper


class PartnerForm(forms.Form):
    """The helper's own name for the partner."""

    label = LabelField(
        label=gettext_lazy("What do you call the allowance partner?"),
        help_text=gettext_lazy("Only you see this. For example a first name."),
    )


@require_safe
@signed_in_helper
def show(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Show the QR while it can be opened, and how it stands."""
    hand_off, standing = _own(request, asked)
    if standing is not Standing.WAITS:
        is_active = standing is Standing.ACTIVE
        rows = {"rows": _agreed(hand_off)} if is_active else {}
        page = {**_about(hand_off), "is_active": is_active, **rows}
        return render(request, "pages/table/done.html", page)
    return render(request, "pages/table/shown.html", {**_about(hand_off), **_to_open(hand_off)})


@require_POST
@signed_in_helper
def again(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Make a new QR for the same in place of this one, which opens nothing any more."""
    visitor, (hand_off, standing) = present(request), _own(request, asked)
    if standing is Standing.ACTIVE:
        return redirect("pages:hand-off-shown", asked=asked)
    try:
        made = hand_off_again(hand_off, helper=visitor.helper, member=visitor.member, now=clock.now())
    except HandOffRefused as refused:
        return refused_page(request, refused)
    except MandateRefused as refused:
        return _cannot(request, told_helper(refused))
    return redirect("pages:hand-off-shown", asked=made.hand_off.request_id)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def stop(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Ask whether it has to go, and take it back."""
    visitor, (hand_off, standing) = present(request), _own(request, asked)
    if standing is not Standing.WAITS:
        return redirect("pages:hand-off-shown", asked=asked)
    if request.method == "POST":
        withdraw_hand_off(asked=asked, helper=visitor.helper, member=visitor.member, now=clock.now())
        return redirect("pages:hand-off-shown", asked=asked)
    page = {**_about(hand_off), "back_to": "pages:hand-off-shown"}
    return render(request, "pages/table/stop.html", page)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def partner(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Make the QR for the partner: the same services and length, an own yes."""
    visitor, (hand_off, _standing) = present(request), _own(request, asked)
    other = queries.other_half(hand_off.request)
    if other is not None:
        return redirect("pages:hand-off-shown", asked=other.id)
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if is_sent(request, form):
        try:
            made = make_hand_off(
                helper=visitor.helper,
                member=visitor.member,
                label=form.cleaned_data["label"],
                services=list(hand_off.request.services.all()),
                duration=Duration(hand_off.request.duration),
                now=clock.now(),
                partner_of=hand_off.request,
                appointment=hand_off.appointment,
            )
        except HandOffRefused as refused:
            return refused_page(request, refused)
        except MandateRefused as refused:
            return _cannot(request, told_helper(refused))
        return redirect("pages:hand-off-shown", asked=made.hand_off.request_id)
    return render(request, "pages/table/partner.html", {**_about(hand_off), "form": form})


def _own(request: HttpRequest, asked: UUID) -> tuple[HandOff, Standing]:
    """Give this helper's own hand-off. Raises Http404 for anybody else's."""
    try:
        return queries.own_hand_off(present(request).party, asked=asked, now=clock.now())
    except HandOffRefused:
        raise Http404 from None


def _cannot(request: HttpRequest, sentence: str) -> HttpResponse:
    page = {"heading": _("There is no new QR code"), "sentences": [sentence], "section": "pages:table"}
    return render(request, "message.html", page, status=403)


def _about(hand_off: HandOff) -> dict[str, Any]:
    asked = hand_off.request
    is_pair = hand_off.with_partner or asked.partner_of_id is not None
    other = queries.other_half(asked) if is_pair else None
    return {
        "hand_off": hand_off,
        "asked": asked,
        "rows": [
            Row(_("Your client"), [asked.label]),
            Row(_("With what"), [service.name for service in asked.services.all()]),
            Row(_("For how long"), [str(LENGTHS[Duration(asked.duration)])]),
        ],
        "is_pair": is_pair,
        "is_partner": asked.partner_of_id is not None,
        "other": other,
        "appointment": hand_off.appointment_id,
        "section": "pages:table",
    }


def _agreed(hand_off: HandOff) -> list[Row]:
    """Give what the client said yes to, which may be for shorter than was asked."""
    asked, mandate = hand_off.request, hand_off.request.mandate
    until = [_("up to and including %(day)s") % {"day": day(mandate.last_day)}] if mandate else []
    services = [service.name for service in asked.services.all()]
    return [Row(_("Your client"), [asked.label]), Row(_("With what"), services), Row(_("Last day"), until)]


def _to_open(hand_off: HandOff) -> dict[str, Any]:
    """Give what the client needs. All of it follows from times that are fixed, whoever opened it."""
    shown = queries.shown(hand_off, now=clock.now())
    closes_at = hand_off.request.closes_at
    page = {"closes": hour(closes_at) if closes_at else "", "opens_until": hour(hand_off.opens_until)}
    if shown is None:
        return {**page, "can_be_opened": False}
    address = f"{settings.BASE_URL}{reverse('pages:hand-off', args=[shown.id.reveal()])}"
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, border=2)
    return {
        **page,
        "can_be_opened": True,
        "number": shown.number.reveal(),
        "short_address": f"{settings.BASE_URL}{reverse('pages:now')}".partition("://")[2],
        "picture": mark_safe(drawn),  # noqa: S308 - segno draws it from our own words
    }
