"""Iemand machtigen, the first question: who is going to help you?"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock, friendly
from namens.pages.client.answers import Answers
from namens.pages.client.giving import JOURNEY, Giving, Page, frame_of
from namens.pages.client.resuming import giving_of
from namens.pages.fields import HelperNumberField
from namens.pages.seen import is_seen, mark
from namens.pages.sentences import sentence_for
from namens.pages.walk import is_sent
from namens.parties.actions import find_helper
from namens.parties.identifiers import InvalidHelperNumber, SoundHelperNumber, parse_helper_number
from namens.parties.models import Party
from namens.parties.refusals import PartyRefusal
from namens.signin import drafts, typed
from namens.signin.session import Visitor, present, signed_in


class WhoForm(forms.Form):
    """The number of the helper."""

    number = HelperNumberField(
        label=_("Helper number"),
        help_text=_("Nine letters and digits. Your helper finds this number in Namens, under Your helper number."),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def begin(request: HttpRequest, number: str = "") -> HttpResponse:
    """Ask for the helper number, perhaps filled in by the QR of the helper; the answer begins a draft."""
    visitor = present(request)
    form = WhoForm(typed.filled(request, party=visitor.party), initial={"number": _readable(number)})
    helper = found_helper(form, asker=visitor.party) if is_sent(request, form) else None
    if helper is not None:
        return begin_draft(visitor, answers=Answers(helper=helper.id))
    page = {
        "form": form,
        "organisation_url": reverse("pages:give-organisation"),
        "without_url": reverse("pages:give-open"),
        "back_url": reverse("pages:home"),
    }
    return render(request, "pages/client/give_who.html", {**page, **frame_of(Page.WHO)})


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask for the helper number again, in a draft that exists."""
    giving = giving_of(request, draft=draft, page=Page.WHO)
    if isinstance(giving, HttpResponse):
        return giving
    form = WhoForm(giving.typed(request))
    helper = found_helper(form, asker=giving.visitor.party) if is_sent(request, form) else None
    if helper is not None:
        same = helper.id == giving.answers.helper
        confirmed = giving.answers.confirmed and same
        return giving.keep(replace(giving.answers, helper=helper.id, open_code=False, confirmed=confirmed))
    return giving.show(
        request,
        Page.WHO,
        form=form,
        organisation_url=reverse("pages:give-organisation-in", args=[draft]),
        without_url=reverse("pages:give-open-in", args=[draft]),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def open_code(request: HttpRequest, draft: UUID | None = None) -> HttpResponse:
    """Tell what a code without a name means; the yes chooses it."""
    visitor = present(request)
    giving = giving_of(request, draft=draft, page=Page.WHO) if draft else None
    if isinstance(giving, HttpResponse):
        return giving
    if request.method == "POST":
        before = giving.answers if giving else Answers()
        chosen = replace(before, helper=None, open_code=True, confirmed=False)
        return giving.keep(chosen) if giving else begin_draft(visitor, answers=chosen)
    back = giving.url(Page.WHO) if giving else reverse("pages:give")
    page = {**frame_of(Page.WHO), "back_url": back, "months": settings.OPEN_CODE_MONTHS}
    page["heading"] = _("You do not know the helper number")
    return render(request, "pages/client/give_open.html", page)


@require_http_methods(["GET", "POST"])
@signed_in
def confirm(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show the name behind the number, or the organisation; the yes says that this is the one."""
    giving = giving_of(request, draft=draft, page=Page.HELPER)
    if isinstance(giving, HttpResponse):
        return giving
    if giving.needs_hand_off:
        return render(request, "message.html", _only_by_hand_off(giving))
    seen = mark(giving.answers.helper)
    if request.method == "POST" and is_seen(request, now_shown=seen):
        return giving.keep(replace(giving.answers, confirmed=True))
    organisations = reverse("pages:give-organisation-in", args=[draft])
    about: dict[str, Any] = {"organisation": giving.organisation, "organisation_url": organisations, "seen": seen}
    if giving.organisation is not None:
        about["heading"] = _("Is this the organisation?")
    return giving.show(request, Page.HELPER, other_url=giving.url(Page.WHO), **about)


def _only_by_hand_off(giving: Giving) -> dict[str, Any]:
    """Give the page for an organisation whose people may not type the BSN that goes with a first code."""
    name = {"name": giving.helper_name}
    at_table = gettext(
        "So the first time goes at the table: %(name)s shows you a QR code. You open it with your own phone."
    )
    other = {"url": giving.url(Page.WHO), "label": gettext("Choose somebody else"), "kind": "primary"}
    return {
        "heading": gettext("You mandate this organisation at the table"),
        "sentences": [
            gettext("%(name)s may not process citizen service numbers (BSN).") % name,
            at_table % name,
            gettext("Call %(name)s for an appointment, or choose somebody else.") % name,
        ],
        "actions": [other],
        "section": "pages:give",
    }


def found_helper(form: WhoForm, *, asker: Party) -> Party | None:
    """Give the helper of the number that was filled in; else None, with the reason among the form's errors."""
    found = find_helper(number=SoundHelperNumber(form.cleaned_data["number"]), asker=asker, now=clock.now())
    if isinstance(found, PartyRefusal):
        form.add_error("number", sentence_for(found))
        return None
    return found.party


def begin_draft(visitor: Visitor, *, answers: Answers) -> HttpResponse:
    """Begin a draft with the first answer and go to the next question."""
    draft = drafts.begin(party=visitor.party, journey=JOURNEY, answers=answers.as_kept(), now=clock.now())
    giving = Giving(draft=draft.id, visitor=visitor, answers=answers, today=clock.today())
    return redirect(giving.url(giving.next_page))


def _readable(number: str) -> str:
    """Give a number from an address as people read it; nothing when it cannot be a helper number."""
    try:
        return friendly.grouped(parse_helper_number(number), size=3)
    except InvalidHelperNumber:
        return ""
