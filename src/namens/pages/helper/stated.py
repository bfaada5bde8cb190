"""The form in which a helper states somebody. What is typed is sealed at once, and shown to nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.lib import clock
from namens.lib.partial_date import PartialDate
from namens.pages.fields import BirthDateField, BsnField, remind_of_bsn
from namens.pages.helper.answers import Person
from namens.parties import stating
from namens.parties.identifiers import Bsn
from namens.signin.session import Visitor


@dataclass(frozen=True)
class Words:
    """What the form asks of one or the other, and what it says to who states a person that cannot be."""

    label: str | Promise
    bsn: str | Promise
    born: str | Promise
    same: str | Promise
    oneself: str | Promise


OF_CLIENT = Words(
    label=gettext_lazy("What do you call this client?"),
    bsn=gettext_lazy("BSN of your client"),
    born=gettext_lazy("Date of birth of your client"),
    same=gettext_lazy("This is the BSN of the allowance partner. Fill in the BSN of your client."),
    oneself=gettext_lazy("This is your own BSN. Fill in the BSN of the person whom you help."),
)
OF_PARTNER = Words(
    label=gettext_lazy("What do you call the allowance partner?"),
    bsn=gettext_lazy("BSN of the allowance partner"),
    born=gettext_lazy("Date of birth of the allowance partner"),
    same=gettext_lazy("This is the BSN of your client. Fill in the BSN of the allowance partner."),
    oneself=gettext_lazy(
        "This is your own BSN. Are you the allowance partner yourself? Then you need no mandate for your own data: "
        "log in as yourself. Go back, and choose No at the allowance partner."
    ),
)


class StatedForm(forms.Form):
    """Somebody by BSN and date of birth. The BSN is never shown again: at most its last three digits are."""

    bsn = BsnField(help_text=gettext_lazy("Nine digits. The number is on a passport or identity card."))
    born = BirthDateField(
        help_text=gettext_lazy("For example 27 3 1951. Fill in 0 for a day or month that nobody knows.")
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        words: Words,
        visitor: Visitor,
        today: date,
        others: Iterable[Person],
        known: Person | None,
    ) -> None:
        super().__init__(data)
        self._words, self._visitor, self._today = words, visitor, today
        self._others, self._known = list(others), known
        for name in ("bsn", "born"):
            self.fields[name].label = getattr(words, name)

    def clean_bsn(self) -> Bsn:
        """Give the BSN. Raises ValidationError for the helper's own, and for one that both would have."""
        bsn: Bsn = self.cleaned_data["bsn"]
        if self._visitor.member is None and stating.is_oneself(bsn=bsn, party=self._visitor.party):
            raise forms.ValidationError(str(self._words.oneself))
        if any(stating.is_same(bsn=bsn, stated=other.kept) for other in self._others):
            raise forms.ValidationError(str(self._words.same))
        return bsn

    def clean_born(self) -> PartialDate:
        """Give the date of birth. Raises ValidationError for a year that still has to come."""
        born: PartialDate = self.cleaned_data["born"]
        if born.year > self._today.year:
            raise forms.ValidationError(_("This year still has to come. Fill in the year of birth"), code="year")
        return born

    def remind(self) -> None:
        """Say how the BSN ended that was filled in, now or before."""
        typed = self.cleaned_data.get("bsn") if self.is_bound and not self.is_valid() else None
        if typed is not None or self._known is not None:
            remind_of_bsn(self, ends_in=typed.last_three if typed else self._known.ends_in if self._known else "")

    def seal_as(self, label: str) -> Person:
        """Seal what was stated, in place of what was stated here before."""
        if self._known is not None:
            stating.forget(stated=self._known.kept)
        bsn: Bsn = self.cleaned_data["bsn"]
        kept = stating.state(bsn=bsn, birth_date=self.cleaned_data["born"], now=clock.now())
        return Person(label=label, kept=kept, ends_in=bsn.last_three)
