"""What a helper asked: the answer to it, a sheet for each person, how it stands, and taking it back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates import requests_of
from namens.mandates.actions import withdraw as take_back
from namens.mandates.models import MandateRequest
from namens.mandates.refusals import MandateRefused
from namens.mandates.requests_of import Standing, standing_of
from namens.pages.helper.working import name_on_paper
from namens.pages.lengths import LENGTHS
from namens.pages.mandates.asked import describe_request, letter_sentence
from namens.pages.mandates.wording import day
from namens.pages.rows import Row
from namens.signin.session import present, signed_in_helper


@require_safe
@signed_in_helper
def done(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Say when the letters come, and what to tell the client and the partner."""
    together = _own(request, asked)
    sheets = [{"label": one.label, "url": reverse("pages:asked-sheet", args=[one.id])} for one in together]
    page = {"answer": letter_sentence(together[0]), "sheets": sheets, **_to_tell(together[0])}
    return render(request, "pages/helper/asked_done.html", page)


@require_safe
@signed_in_helper
def sheet(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Give the sheet for one person: what comes, and what to do. It holds no BSN, and not the helper's own name."""
    one = _own(request, asked)[0]
    page = {**_to_tell(one), "helper": name_on_paper(present(request)), "label": one.label}
    return render(request, "pages/helper/asked_sheet.html", page)


@require_safe
@signed_in_helper
def detail(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Show how one request stands; one that became a mandate leads there."""
    one, today = _own(request, asked)[0], clock.today()
    standing = standing_of(one, today=today)
    if standing is Standing.ACTIVE and one.mandate is not None:
        success = "pages:activated" if present(request).member else "pages:mandate"
        return redirect(success, mandate=one.mandate.id)
    page = {
        "asked": one,
        "wording": describe_request(one, today=today),
        "rows": _rows(one),
        "waits": standing.waits,
        "has_code": standing is Standing.CODE_CAN_BE_THERE,
        "section": "pages:mandates",
    }
    return render(request, "pages/helper/asked.html", page)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def withdraw(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Ask whether the request has to go, and take it back."""
    one = _own(request, asked)[0]
    if not standing_of(one, today=clock.today()).waits:
        return redirect("pages:asked", asked=one.id)
    if request.method == "POST":
        visitor = present(request)
        take_back(asked=one.id, by=visitor.helper, member=visitor.member, now=clock.now())
        return redirect("pages:asked", asked=one.id)
    return render(request, "pages/helper/asked_withdraw.html", {"asked": one, "section": "pages:mandates"})


def _own(request: HttpRequest, asked: UUID) -> list[MandateRequest]:
    """Give this helper's own request and that for the partner. Raises Http404 for anybody else's."""
    visitor = present(request)
    try:
        return requests_of.asked_together(visitor.helper, asked=asked, today=clock.today(), member=visitor.member)
    except MandateRefused:
        raise Http404 from None


def _rows(asked: MandateRequest) -> list[Row]:
    return [
        Row(_("Services"), _services(asked)),
        Row(_("For how long"), [str(LENGTHS[Duration(asked.duration)])]),
        Row(_("Asked on"), [day(clock.day_of(asked.asked_at))]),
        _end(asked),
    ]


def _end(asked: MandateRequest) -> Row:
    if asked.withdrawn_at is not None:
        return Row(_("You took it back on"), [day(clock.day_of(asked.withdrawn_at))])
    return Row(_("Your client can say yes up to and including"), [day(asked.waits_until)])


def _to_tell(asked: MandateRequest) -> dict[str, Any]:
    """Give what client and partner have to know."""
    return {
        "asked": asked,
        "services": _services(asked),
        "length": LENGTHS[Duration(asked.duration)],
        "letter_by": day(asked.letter_by),
        "waits_until": day(asked.waits_until),
        "online": f"{settings.BASE_URL}{reverse('pages:requests')}",
        "back_url": reverse("pages:asked", args=[asked.id]),
        "section": "pages:ask",
    }


def _services(asked: MandateRequest) -> list[str]:
    return [service.name for service in asked.services.all()]
