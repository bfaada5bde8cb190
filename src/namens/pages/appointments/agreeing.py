"""Making an appointment: how client and partner say yes, for how long, and who they are where a letter is sent."""

from dataclasses import replace
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.appointments.models import Way
from namens.pages.appointments.answers import ONLY_DURING, Answers
from namens.pages.appointments.preparing import Page, Preparing, preparing_of
from namens.pages.fields import OneOfField
from namens.pages.helper.stated import OF_CLIENT, OF_PARTNER, StatedForm, Words
from namens.pages.lengths import LENGTHS
from namens.pages.walk import is_sent
from namens.pages.widgets import Described
from namens.parties import stating
from namens.signin.session import signed_in_helper


class WayForm(forms.Form):
    """How they say yes."""

    way = OneOfField(
        label=gettext_lazy("How do they say yes?"),
        error_messages={"required": gettext_lazy("Choose how they say yes")},
    )

    def __init__(self, data: QueryDict | None, *, choices: dict[Way, Described], chosen: str) -> None:
        super().__init__(data, initial={"way": chosen})
        self.fields["way"].choices = [(way.value, label) for way, label in choices.items()]  # type: ignore[attr-defined]  # a ChoiceField


class LengthForm(forms.Form):
    """For how long: for this appointment only, or longer."""

    duration = OneOfField(
        label=gettext_lazy("For how long?"),
        error_messages={"required": gettext_lazy("Choose for how long you want to help")},
    )

    def __init__(self, data: QueryDict | None, *, walk: Preparing) -> None:
        super().__init__(data, initial={"duration": walk.answers.duration})
        only = Described(
            _("Only during the appointment"),
            _("It stops when you close the appointment, at the latest at the end of that day."),
        )
        longer = [(one.value, Described(LENGTHS[one], _note(one.months, walk.answers.way))) for one in walk.lengths]
        self.fields["duration"].choices = [(ONLY_DURING, only), *longer]  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(["GET", "POST"])
@signed_in_helper
def way(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask how they say yes. What was stated for a letter is erased when it is another way."""
    walk = preparing_of(request, draft=draft, page=Page.WAY)
    if isinstance(walk, HttpResponse):
        return walk
    form = WayForm(walk.typed(request), choices=walk.ways.choices, chosen=walk.answers.way)
    if is_sent(request, form):
        return walk.keep(_without_stated(replace(walk.answers, way=form.cleaned_data["way"])))
    return walk.show(request, Page.WAY, form=form, no_letter=walk.ways.no_letter, guide_url=walk.guide_url)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def length(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask for how long."""
    walk = preparing_of(request, draft=draft, page=Page.LENGTH)
    if isinstance(walk, HttpResponse):
        return walk
    form = LengthForm(walk.typed(request), walk=walk)
    if is_sent(request, form):
        return walk.keep(replace(walk.answers, duration=form.cleaned_data["duration"]))
    is_first = walk.answers.way == Way.HAND_OFF and walk.visitor.member is None
    return walk.show(request, Page.LENGTH, form=form, is_first=is_first)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def client(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask who the client is, for the letter."""
    return _stated(request, draft, Page.CLIENT, words=OF_CLIENT)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def partner_details(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask who the partner is, for the letter."""
    return _stated(request, draft, Page.PARTNER_DETAILS, words=OF_PARTNER)


def _stated(request: HttpRequest, draft: UUID, page: Page, *, words: Words) -> HttpResponse:
    walk = preparing_of(request, draft=draft, page=page)
    if isinstance(walk, HttpResponse):
        return walk
    answers, is_client = walk.answers, page is Page.CLIENT
    known, other = (answers.client, answers.partner) if is_client else (answers.partner, answers.client)
    others = [other] if other is not None and answers.has_partner else []
    form = StatedForm(
        walk.typed(request), words=words, visitor=walk.visitor, today=walk.today, others=others, known=known
    )
    label = answers.label if is_client else answers.partner_label
    if is_sent(request, form):
        person = form.seal_as(label)
        return walk.keep(replace(answers, client=person) if is_client else replace(answers, partner=person))
    form.remind()
    return walk.show(request, page, form=form, label=label)


def _without_stated(answers: Answers) -> Answers:
    if answers.way == Way.LETTER:
        return answers
    for person in (answers.client, answers.partner):
        if person is not None:
            stating.forget(stated=person.kept)
    return replace(answers, client=None, partner=None)


def _note(months: int, chosen: str) -> str:
    if chosen != Way.LETTER or months <= settings.BY_LETTER_MONTHS:
        return ""
    return _("Only if your client logs in and says yes. With the code from the letter it becomes at most a year.")
