"""Iemand machtigen: an organisation as helper, found by name or by its number in the trade register."""

from dataclasses import replace
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.organisations.actions.finding import FEWEST_LETTERS, Hits, find_organisations, is_kvk_number
from namens.organisations.queries import taking_part
from namens.pages.client.answers import Answers
from namens.pages.client.give_who import begin_draft
from namens.pages.client.giving import Giving, Page, frame_of
from namens.pages.client.resuming import giving_of
from namens.pages.fields import TextField
from namens.pages.sentences import sentence_for
from namens.pages.walk import is_sent
from namens.parties.models import Party
from namens.parties.refusals import PartyRefusal
from namens.signin.session import present, signed_in
from namens.signin.typed import filled

CHOSEN = "organisation"


class FindForm(forms.Form):
    """A part of the name, or the whole number."""

    text = TextField(
        label=_("Name or KvK number of the organisation"),
        help_text=_("A part of the name is enough. The KvK number has 8 digits; it is on letters of the organisation."),
        error_messages={"required": _("Fill in the name or the KvK number")},
    )

    def clean_text(self) -> str:
        """Give what to look for. Raises ValidationError for less than three signs."""
        text: str = self.cleaned_data["text"]
        if not is_kvk_number(text) and len(text.replace(" ", "")) < FEWEST_LETTERS:
            raise forms.ValidationError(_("Fill in at least three letters of the name, or the 8 digits of the number"))
        return text


@require_http_methods(["GET", "POST"])
@signed_in
def find(request: HttpRequest, draft: UUID | None = None) -> HttpResponse:
    """Look for organisations; choosing one begins a draft, or changes this one."""
    giving = giving_of(request, draft=draft, page=Page.WHO) if draft else None
    if isinstance(giving, HttpResponse):
        return giving
    chosen = _chosen(request)
    if chosen is not None:
        return _keep(request, giving, chosen)
    client = present(request).party
    form = FindForm(None if CHOSEN in request.POST else filled(request, party=client))
    hits = _found(form, asker=client) if is_sent(request, form) else None
    back = giving.url(Page.WHO) if giving else reverse("pages:give")
    page = {**frame_of(Page.WHO), "heading": _("Which organisation?"), "form": form, "hits": hits, "back_url": back}
    return render(request, "pages/client/give_organisation.html", {**page, "is_gone": CHOSEN in request.POST})


def _found(form: FindForm, *, asker: Party) -> Hits | None:
    """Give what was found; else None, with the reason among the form's errors."""
    found = find_organisations(text=form.cleaned_data["text"], asker=asker, now=clock.now())
    if isinstance(found, PartyRefusal):
        form.add_error("text", sentence_for(found))
        return None
    return found


def _chosen(request: HttpRequest) -> UUID | None:
    """Give the organisation that was chosen, as long as it takes part."""
    try:
        wanted = UUID(request.POST.get(CHOSEN, ""))
    except ValueError:
        return None
    return taking_part(today=clock.today()).filter(party=wanted).values_list("party", flat=True).first()


def _keep(request: HttpRequest, giving: Giving | None, chosen: UUID) -> HttpResponse:
    """Keep the answer; another organisation than before is asked about again."""
    if giving is None:
        return begin_draft(present(request), answers=Answers(helper=chosen))
    confirmed = giving.answers.confirmed and giving.answers.helper == chosen
    return giving.keep(replace(giving.answers, helper=chosen, open_code=False, confirmed=confirmed))
