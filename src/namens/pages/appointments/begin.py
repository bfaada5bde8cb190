"""Making an appointment, the first questions: with whom, when and where, about what, and whether a partner comes."""

from dataclasses import replace
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates.acting import check_has_licence
from namens.mandates.refusals import MandateRefused
from namens.mandates.terms import check_can_help
from namens.pages.appointments.answers import Answers
from namens.pages.appointments.fields import MomentForm
from namens.pages.appointments.known import known_client
from namens.pages.appointments.preparing import JOURNEY, Page, preparing_of
from namens.pages.choices import ServicesForm
from namens.pages.fields import CHOOSE_YES_OR_NO, NO, YES, YES_OR_NO, LabelField, OneOfField
from namens.pages.helper.working import told_helper
from namens.pages.walk import is_sent
from namens.signin import drafts
from namens.signin.session import Visitor, present, signed_in_helper

ONLY_YOU = gettext_lazy("Only you see this. For example a first name.")
LONGEST_LABEL = 60


class LabelForm(forms.Form):
    """The helper's own name for somebody."""

    label = LabelField(help_text=ONLY_YOU)


class PartnerForm(forms.Form):
    """Whether somebody comes for whom the same is asked."""

    partner = OneOfField(
        label=gettext_lazy("Does an allowance partner come too?"),
        help_text=gettext_lazy(
            "The person with whom your client applies for allowances. Most often they live together."
        ),
        choices=YES_OR_NO,
        error_messages={"required": CHOOSE_YES_OR_NO},
    )


@require_http_methods(["GET", "POST"])
@signed_in_helper
def begin(request: HttpRequest) -> HttpResponse:
    """Say what an appointment is; the button begins a draft, perhaps with a client who is known."""
    obstacle = _obstacle(request)
    if obstacle is not None:
        return obstacle
    if request.method == "POST":
        visitor = present(request)
        answers = _with_known(visitor, request.POST.get("client", ""))
        draft = drafts.begin(party=visitor.party, journey=JOURNEY, answers=answers.as_kept(), now=clock.now())
        return redirect(reverse(f"pages:{Page.WHO}", args=[draft.id]))
    return render(request, "pages/appointments/begin.html", {"section": "pages:appointments"})


@require_http_methods(["GET", "POST"])
@signed_in_helper
def who(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask what the helper calls the client."""
    walk = preparing_of(request, draft=draft, page=Page.WHO)
    if isinstance(walk, HttpResponse):
        return walk
    form = _label_form(LabelForm(walk.typed(request), initial={"label": walk.answers.label}), walk.visitor)
    form.fields["label"].label = _("What do you call this client?")
    if is_sent(request, form):
        return walk.keep(replace(walk.answers, label=form.cleaned_data["label"]))
    return walk.show(request, Page.WHO, form=form)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def when(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask when and where."""
    walk = preparing_of(request, draft=draft, page=Page.WHEN)
    if isinstance(walk, HttpResponse):
        return walk
    form = MomentForm(walk.typed(request), known=walk.answers.moment)
    if is_sent(request, form):
        return walk.keep(replace(walk.answers, moment=form.moment))
    return walk.show(request, Page.WHEN, form=form)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def services(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask which services."""
    walk = preparing_of(request, draft=draft, page=Page.SERVICES)
    if isinstance(walk, HttpResponse):
        return walk
    form = ServicesForm(walk.typed(request), offered=walk.offered, initial={"services": walk.answers.chosen})
    if is_sent(request, form):
        return walk.keep(replace(walk.answers, chosen=tuple(form.cleaned_data["services"])))
    return walk.show(request, Page.SERVICES, form=form)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def partner(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask whether a partner comes."""
    walk = preparing_of(request, draft=draft, page=Page.PARTNER)
    if isinstance(walk, HttpResponse):
        return walk
    known = walk.answers.has_partner
    form = PartnerForm(walk.typed(request), initial={} if known is None else {"partner": YES if known else NO})
    if is_sent(request, form):
        return walk.keep(replace(walk.answers, has_partner=form.cleaned_data["partner"] == YES))
    return walk.show(request, Page.PARTNER, form=form)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def partner_who(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask what the helper calls the partner."""
    walk = preparing_of(request, draft=draft, page=Page.PARTNER_WHO)
    if isinstance(walk, HttpResponse):
        return walk
    initial = {"label": walk.answers.partner_label}
    form = _label_form(LabelForm(walk.typed(request), initial=initial), walk.visitor)
    form.fields["label"].label = _("What do you call the allowance partner?")
    if is_sent(request, form):
        return walk.keep(replace(walk.answers, partner_label=form.cleaned_data["label"]))
    return walk.show(request, Page.PARTNER_WHO, form=form)


def _label_form(form: LabelForm, visitor: Visitor) -> LabelForm:
    if visitor.member is not None:
        form.fields["label"].help_text = _("You and colleagues with a licence for it see this. Not the client.")
    return form


def _with_known(visitor: Visitor, typed: str) -> Answers:
    """Give the first answers, with a client whom this helper helps already; anybody else is not known."""
    try:
        known = known_client(visitor, client=UUID(typed), now=clock.now())
    except ValueError:
        known = None
    return Answers(known=known.id, label=known.person.name.full[:LONGEST_LABEL]) if known else Answers()


def _obstacle(request: HttpRequest) -> HttpResponse | None:
    """Give the page for who cannot ask anybody, whoever the client would be."""
    visitor = present(request)
    try:
        check_can_help(visitor.helper, today=clock.today())
        if visitor.member is not None:
            check_has_licence(visitor.member, at=clock.now())
    except MandateRefused as refused:
        heading = _("You cannot make an appointment")
        page = {"heading": heading, "sentences": [told_helper(refused)], "section": "pages:appointments"}
        return render(request, "message.html", page, status=403)
    return None
