"""Aan tafel: what it is, and the questions before there is a QR."""

from dataclasses import replace
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.appointments import queries
from namens.lib import clock
from namens.mandates.acting import check_has_licence
from namens.mandates.refusals import MandateRefused
from namens.mandates.terms import check_can_help
from namens.pages.choices import ServicesForm
from namens.pages.fields import NO, YES, LabelField, OneOfField
from namens.pages.helper.ask_who import PartnerForm
from namens.pages.helper.working import told_helper
from namens.pages.lengths import LENGTHS
from namens.pages.mandates.wording import hour
from namens.pages.table.answers import Answers
from namens.pages.table.asking import JOURNEY, Asking, Page, asking_of
from namens.pages.walk import is_sent
from namens.signin import drafts
from namens.signin.session import Visitor, present, signed_in_helper


class LengthForm(forms.Form):
    """For how long."""

    duration = OneOfField(
        label=gettext_lazy("For how long?"),
        error_messages={"required": gettext_lazy("Choose for how long you want to help")},
    )

    def __init__(self, data: QueryDict | None, *, asking: Asking) -> None:
        super().__init__(data, initial={"duration": asking.answers.duration})
        choices = [(one.value, LENGTHS[one]) for one in asking.durations]
        self.fields["duration"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class WhoForm(forms.Form):
    """The helper's own name for who sits there."""

    label = LabelField(
        label=gettext_lazy("What do you call this client?"),
        help_text=gettext_lazy("Only you see this. For example a first name."),
    )


@require_http_methods(["GET", "POST"])
@signed_in_helper
def begin(request: HttpRequest) -> HttpResponse:
    """Say what this is, and what waits still; the button begins a draft."""
    visitor = present(request)
    obstacle = _obstacle(request, visitor)
    if obstacle is not None:
        return obstacle
    if request.method == "POST":
        draft = drafts.begin(party=visitor.party, journey=JOURNEY, answers=Answers().as_kept(), now=clock.now())
        return redirect(reverse(f"pages:{Page.SERVICES}", args=[draft.id]))
    waiting = [
        {
            "label": one.request.label,
            "made": hour(one.made_at),
            "url": reverse("pages:hand-off-shown", args=[one.request_id]),
        }
        for one in queries.still_waiting(visitor.party, now=clock.now())
    ]
    return render(request, "pages/table/begin.html", {"waiting": waiting})


@require_http_methods(["GET", "POST"])
@signed_in_helper
def services(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask which services."""
    asking = asking_of(request, draft=draft, page=Page.SERVICES)
    if isinstance(asking, HttpResponse):
        return asking
    form = ServicesForm(asking.typed(request), offered=asking.offered, initial={"services": asking.answers.chosen})
    if is_sent(request, form):
        return asking.keep(replace(asking.answers, chosen=tuple(form.cleaned_data["services"])))
    return asking.show(request, Page.SERVICES, form=form)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def length(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask for how long."""
    asking = asking_of(request, draft=draft, page=Page.LENGTH)
    if isinstance(asking, HttpResponse):
        return asking
    form = LengthForm(asking.typed(request), asking=asking)
    if is_sent(request, form):
        return asking.keep(replace(asking.answers, duration=form.cleaned_data["duration"]))
    return asking.show(request, Page.LENGTH, form=form)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def who(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask for the helper's own name for who sits there: all that is shown before there is a yes."""
    asking = asking_of(request, draft=draft, page=Page.WHO)
    if isinstance(asking, HttpResponse):
        return asking
    form = WhoForm(asking.typed(request), initial={"label": asking.answers.label})
    if is_sent(request, form):
        return asking.keep(replace(asking.answers, label=form.cleaned_data["label"]))
    return asking.show(request, Page.WHO, form=form)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def partner(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask whether there is an allowance partner, who opens an own QR."""
    asking = asking_of(request, draft=draft, page=Page.PARTNER)
    if isinstance(asking, HttpResponse):
        return asking
    known = asking.answers.has_partner
    form = PartnerForm(asking.typed(request), initial={} if known is None else {"partner": YES if known else NO})
    if is_sent(request, form):
        return asking.keep(replace(asking.answers, has_partner=form.cleaned_data["partner"] == YES))
    return asking.show(request, Page.PARTNER, form=form)


def _obstacle(request: HttpRequest, visitor: Visitor) -> HttpResponse | None:
    """Give the page for who cannot ask anybody, whoever the client would be."""
    try:
        check_can_help(visitor.helper, today=clock.today())
        if visitor.member is not None:
            check_has_licence(visitor.member, at=clock.now())
    except MandateRefused as refused:
        heading = _("You cannot ask for a mandate")
        page = {"heading": heading, "sentences": [told_helper(refused)], "section": "pages:table"}
        return render(request, "message.html", page, status=403)
    return None
