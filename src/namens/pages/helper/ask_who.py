"""Gemachtigd worden: the client and the allowance partner. What is typed is sealed at once, and shown to nobody."""

from dataclasses import replace
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.pages.fields import (
    CHOOSE_YES_OR_NO,
    NO,
    YES,
    YES_OR_NO,
    LabelField,
    OneOfField,
)
from namens.pages.helper.answers import Person
from namens.pages.helper.asking import Asking, Page, asking_of
from namens.pages.helper.stated import OF_CLIENT, OF_PARTNER, StatedForm, Words
from namens.pages.walk import is_sent
from namens.parties import stating
from namens.signin.session import signed_in_helper


class PersonForm(StatedForm):
    """For whom a helper asks, by the helper's own name for them."""

    field_order = ("label", "bsn", "born")

    label = LabelField(help_text=gettext_lazy("Only you see this. For example a first name."))

    def __init__(self, data: QueryDict | None, *, words: Words, asking: Asking, known: Person | None) -> None:
        others = [one for one in asking.answers.people if one != known]
        super().__init__(data, words=words, visitor=asking.visitor, today=asking.today, others=others, known=known)
        self.initial = {"label": known.label} if known else {}
        self.fields["label"].label = str(words.label)
        if asking.visitor.member is not None:
            self.fields["label"].help_text = _("You and colleagues with a licence for it see this. Not the client.")

    def seal(self) -> Person:
        """Seal what was stated, in place of what was stated here before."""
        return self.seal_as(str(self.cleaned_data["label"]))


class PartnerForm(forms.Form):
    """Whether there is somebody for whom the same is asked."""

    partner = OneOfField(
        label=gettext_lazy("Does your client have an allowance partner?"),
        help_text=gettext_lazy(
            "The person with whom your client applies for allowances. Most often they live together."
        ),
        choices=YES_OR_NO,
        error_messages={"required": CHOOSE_YES_OR_NO},
    )


@require_http_methods(["GET", "POST"])
@signed_in_helper
def client(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask who the client is."""
    asking = asking_of(request, draft=draft, page=Page.CLIENT)
    if isinstance(asking, HttpResponse):
        return asking
    form = PersonForm(asking.typed(request), words=OF_CLIENT, asking=asking, known=asking.answers.client)
    if is_sent(request, form):
        return asking.keep(replace(asking.answers, client=form.seal()))
    form.remind()
    return asking.show(request, Page.CLIENT, form=form)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def partner(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask whether there is an allowance partner. What was stated of one is erased at a no."""
    asking = asking_of(request, draft=draft, page=Page.PARTNER)
    if isinstance(asking, HttpResponse):
        return asking
    known = asking.answers.has_partner
    form = PartnerForm(asking.typed(request), initial={} if known is None else {"partner": YES if known else NO})
    if is_sent(request, form):
        has_partner = form.cleaned_data["partner"] == YES
        stated = asking.answers.partner
        if stated is not None and not has_partner:
            stating.forget(stated=stated.kept)
        return asking.keep(replace(asking.answers, has_partner=has_partner, partner=stated if has_partner else None))
    return asking.show(request, Page.PARTNER, form=form)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def partner_details(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask who the partner is."""
    asking = asking_of(request, draft=draft, page=Page.PARTNER_DETAILS)
    if isinstance(asking, HttpResponse):
        return asking
    form = PersonForm(asking.typed(request), words=OF_PARTNER, asking=asking, known=asking.answers.partner)
    if is_sent(request, form):
        return asking.keep(replace(asking.answers, partner=form.seal()))
    form.remind()
    return asking.show(request, Page.PARTNER_DETAILS, form=form)
