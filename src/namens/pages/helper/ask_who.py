"""Gemachtigd worden: the client and the allowance partner. What is typed is sealed at once, and shown to nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.lib.partial_date import PartialDate
from namens.pages.fields import (
    CHOOSE_YES_OR_NO,
    NO,
    YES,
    YES_OR_NO,
    BirthDateField,
    BsnField,
    LabelField,
    OneOfField,
    remind_of_bsn,
)
from namens.pages.helper.answers import Person
from namens.pages.helper.asking import Asking, Page, asking_of
from namens.pages.walk import is_sent
from namens.parties import stating
from namens.parties.identifiers import Bsn
from namens.signin.session import signed_in_helper


@dataclass(frozen=True)
class Words:
    """What the form asks of one or the other."""

    label: str | Promise
    bsn: str | Promise
    born: str | Promise
    same: str | Promise


OF_CLIENT = Words(
    label=gettext_lazy("What do you call this client?"),
    bsn=gettext_lazy("BSN of your client"),
    born=gettext_lazy("Date of birth of your client"),
    same=gettext_lazy("This is the BSN of the allowance partner. Fill in the BSN of your client."),
)
OF_PARTNER = Words(
    label=gettext_lazy("What do you call the allowance partner?"),
    bsn=gettext_lazy("BSN of the allowance partner"),
    born=gettext_lazy("Date of birth of the allowance partner"),
    same=gettext_lazy("This is the BSN of your client. Fill in the BSN of the allowance partner."),
)


class PersonForm(forms.Form):
    """For whom a helper asks. The BSN is never shown again: at most its last three digits are."""

    label = LabelField(help_text=gettext_lazy("Only you see this. For example a first name."))
    bsn = BsnField(help_text=gettext_lazy("Nine digits. The number is on a passport or identity card."))
    born = BirthDateField(
        help_text=gettext_lazy("For example 27 3 1951. Fill in 0 for a day or month that nobody knows.")
    )

    def __init__(self, data: QueryDict | None, *, words: Words, asking: Asking, known: Person | None) -> None:
        super().__init__(data, initial={"label": known.label} if known else {})
        self._words, self._asking, self._known = words, asking, known
        for name in ("label", "bsn", "born"):
            self.fields[name].label = getattr(words, name)
        if asking.visitor.member is not None:
            self.fields["label"].help_text = _("You and colleagues with a licence for it see this. Not the client.")

    def clean_bsn(self) -> Bsn:
        """Give the BSN. Raises ValidationError for the helper's own, and for one that both would have."""
        bsn: Bsn = self.cleaned_data["bsn"]
        visitor = self._asking.visitor
        if visitor.member is None and stating.is_oneself(bsn=bsn, party=visitor.party):
            raise forms.ValidationError(_("This is your own BSN. Fill in the BSN of the person whom you help."))
        people = self._asking.answers.people
        if any(stating.is_same(bsn=bsn, stated=other.kept) for other in people if other != self._known):
            raise forms.ValidationError(str(self._words.same))
        return bsn

    def clean_born(self) -> PartialDate:
        """Give the date of birth. Raises ValidationError for a year that still has to come."""
        born: PartialDate = self.cleaned_data["born"]
        if born.year > self._asking.today.year:
            raise forms.ValidationError(_("This year still has to come. Fill in the year of birth"), code="year")
        return born

    def remind(self) -> None:
        """Say how the BSN ended that was filled in, now or before."""
        typed = self.cleaned_data.get("bsn") if self.is_bound and not self.is_valid() else None
        if typed is not None or self._known is not None:
            remind_of_bsn(self, ends_in=typed.last_three if typed else self._known.ends_in if self._known else "")

    def seal(self) -> Person:
        """Seal what was stated, in place of what was stated here before."""
        stated: Mapping[str, object] = self.cleaned_data
        if self._known is not None:
            stating.forget(stated=self._known.kept)
        bsn: Bsn = self.cleaned_data["bsn"]
        kept = stating.state(bsn=bsn, birth_date=self.cleaned_data["born"], now=clock.now())
        return Person(label=str(stated["label"]), kept=kept, ends_in=bsn.last_three)


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
