"""Iemand machtigen: what only the client can tell. Administration, an allowance partner, other helpers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.mandates.models import MandateService
from namens.mandates.refusals import MandateReason
from namens.organisations.naming import name_of
from namens.pages.client.giving import Page
from namens.pages.client.resuming import giving_of
from namens.pages.fields import CHOOSE_YES_OR_NO, NO, YES, YES_OR_NO, OneOfField
from namens.pages.sentences import sentence_for
from namens.pages.walk import is_sent
from namens.signin.session import signed_in

REQUIRED = {"required": CHOOSE_YES_OR_NO}


class AboutForm(forms.Form):
    """The register knows of guardianship, not of administration: so the client is asked."""

    administered = OneOfField(
        label=gettext_lazy("Are you under administration (bewind) or guardianship (curatele)?"),
        help_text=gettext_lazy("Then a judge has appointed somebody who arranges your affairs."),
        choices=YES_OR_NO,
        error_messages=REQUIRED,
    )


class PartnerForm(forms.Form):
    """Only to tell what the partner has to do; nothing else follows from it."""

    partner = OneOfField(
        label=gettext_lazy("Do you have an allowance partner?"),
        help_text=gettext_lazy("That is the person with whom you apply for allowances. Most often you live together."),
        choices=YES_OR_NO,
        error_messages=REQUIRED,
    )


class OthersForm(forms.Form):
    """A yes or no for each service with which somebody else helps already."""

    def __init__(self, data: QueryDict | None, *, others: list[MandateService], initial: Mapping[str, object]) -> None:
        super().__init__(data, initial=dict(initial))
        for line in others:
            named = {"name": helper_of(line), "service": line.service.name}
            self.fields[str(line.id)] = OneOfField(
                label=_("Must %(name)s stop with %(service)s?") % named,
                choices=[(YES, _("Yes, stop at once")), (NO, _("No, both may help me"))],
                error_messages={"required": _("Choose yes or no for %(name)s and %(service)s") % named},
            )


@require_http_methods(["GET", "POST"])
@signed_in
def about(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask about administration and guardianship; a yes leads to who can help instead."""
    giving = giving_of(request, draft=draft, page=Page.ABOUT)
    if isinstance(giving, HttpResponse):
        return giving
    before = {"administered": NO} if giving.answers.not_administered else {}
    form = AboutForm(giving.typed(request), initial=before)
    if is_sent(request, form) and form.cleaned_data["administered"] == NO:
        return giving.keep(replace(giving.answers, not_administered=True))
    if is_sent(request, form):
        giving.keep(replace(giving.answers, not_administered=False))
        return render(request, "message.html", _somebody_else_decides(giving.url(Page.ABOUT)))
    return giving.show(request, Page.ABOUT, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def partner(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask whether there is an allowance partner, who gives an own mandate."""
    giving = giving_of(request, draft=draft, page=Page.PARTNER)
    if isinstance(giving, HttpResponse):
        return giving
    known = giving.answers.partner
    form = PartnerForm(giving.typed(request), initial={} if known is None else {"partner": YES if known else NO})
    if is_sent(request, form):
        return giving.keep(replace(giving.answers, partner=form.cleaned_data["partner"] == YES))
    return giving.show(request, Page.PARTNER, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def others(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask whether other helpers must stop with the same services."""
    giving = giving_of(request, draft=draft, page=Page.OTHERS)
    if isinstance(giving, HttpResponse):
        return giving
    before = {line: YES if stops else NO for line, stops in giving.answers.others_stop.items()}
    form = OthersForm(giving.typed(request), others=giving.others, initial=before)
    if is_sent(request, form):
        others_stop = {line: answer == YES for line, answer in form.cleaned_data.items()}
        return giving.keep(replace(giving.answers, others_stop=others_stop))
    return giving.show(request, Page.OTHERS, form=form)


def helper_of(line: MandateService) -> str:
    """Give the name of the helper of a running line."""
    return name_of(line.representative) if line.representative else ""


def _somebody_else_decides(back_url: str) -> dict[str, Any]:
    return {
        "heading": _("You cannot mandate somebody yourself"),
        "sentences": [
            sentence_for(MandateReason.GIVER_UNDER_ADMINISTRATION),
            _("Is there nobody to ask, or do you have questions? Call the helpdesk."),
        ],
        "actions": [
            {"url": reverse("pages:lessons"), "label": _("Read how it works")},
            {"url": back_url, "label": _("Change my answer")},
        ],
        "section": "pages:give",
    }
