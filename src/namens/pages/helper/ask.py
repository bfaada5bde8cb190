"""Gemachtigd worden, the first questions: what it means, which services, and for how long."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.lib.periods import Duration
from namens.mandates.acting import check_has_licence
from namens.mandates.refusals import MandateRefused
from namens.mandates.terms import check_can_help
from namens.pages.choices import ServicesForm
from namens.pages.fields import OneOfField
from namens.pages.helper.answers import Answers
from namens.pages.helper.asking import JOURNEY, Page, asking_of
from namens.pages.helper.working import bsn_obstacle, told_helper
from namens.pages.lengths import LENGTHS
from namens.pages.walk import is_sent
from namens.pages.widgets import Described
from namens.signin import drafts
from namens.signin.session import present, signed_in_helper

CANNOT_ASK = gettext_lazy("You cannot ask for a mandate")


class LengthForm(forms.Form):
    """For how long."""

    duration = OneOfField(
        label=gettext_lazy("For how long?"),
        error_messages={"required": gettext_lazy("Choose for how long you want to help")},
    )

    def __init__(self, data: QueryDict | None, *, durations: Sequence[Duration], chosen: str) -> None:
        super().__init__(data, initial={"duration": chosen})
        choices = [(one.value, Described(LENGTHS[one], _note(one))) for one in durations]
        self.fields["duration"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(["GET", "POST"])
@signed_in_helper
def begin(request: HttpRequest) -> HttpResponse:
    """Say what asking means and what is needed for it; the button begins a draft."""
    visitor = present(request)
    obstacle = bsn_obstacle(request, heading=CANNOT_ASK, section="pages:ask") or _obstacle(request)
    if obstacle is not None:
        return obstacle
    if request.method == "POST":
        draft = drafts.begin(party=visitor.party, journey=JOURNEY, answers=Answers().as_kept(), now=clock.now())
        return redirect(reverse(f"pages:{Page.SERVICES}", args=[draft.id]))
    return render(request, "pages/helper/ask.html", {"days": settings.LETTER_WORKING_DAYS})


@require_http_methods(["GET", "POST"])
@signed_in_helper
def services(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask which services; those for which a client has to log in stand apart."""
    asking = asking_of(request, draft=draft, page=Page.SERVICES)
    if isinstance(asking, HttpResponse):
        return asking
    form = ServicesForm(asking.typed(request), offered=asking.offered, initial={"services": asking.answers.chosen})
    if is_sent(request, form):
        return asking.keep(replace(asking.answers, chosen=tuple(form.cleaned_data["services"])))
    return asking.show(request, Page.SERVICES, form=form, too_strong=asking.offered.too_strong)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def length(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask for how long."""
    asking = asking_of(request, draft=draft, page=Page.LENGTH)
    if isinstance(asking, HttpResponse):
        return asking
    form = LengthForm(asking.typed(request), durations=asking.durations, chosen=asking.answers.duration)
    if is_sent(request, form):
        return asking.keep(replace(asking.answers, duration=form.cleaned_data["duration"]))
    return asking.show(request, Page.LENGTH, form=form)


def _obstacle(request: HttpRequest) -> HttpResponse | None:
    """Give the page for who cannot ask anybody, whoever the client would be."""
    visitor = present(request)
    try:
        check_can_help(visitor.helper, today=clock.today())
        if visitor.member is not None:
            check_has_licence(visitor.member, at=clock.now())
    except MandateRefused as refused:
        page = {"heading": CANNOT_ASK, "sentences": [told_helper(refused)], "section": "pages:ask"}
        return render(request, "message.html", page, status=403)
    return None


def _note(duration: Duration) -> str:
    if duration.months <= settings.BY_LETTER_MONTHS:
        return ""
    return _("Only if your client logs in and says yes. With the code from the letter it becomes at most a year.")
