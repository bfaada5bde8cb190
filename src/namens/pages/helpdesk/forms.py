"""What an agent fills in during a call."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.mandates.models import MandateService
from namens.pages.fields import BirthDateField, BsnField, DateField, HelperNumberField, OneOfField, TextField

EVERYTHING = "everything"
_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Z]{2}", re.ASCII)


class PostcodeField(TextField):
    """A Dutch postcode; gives `3511AB`."""

    default_error_messages = {
        "required": gettext_lazy("Fill in the postcode"),
        "wrong": gettext_lazy("A postcode has 4 digits and 2 letters, for example 3511 AB"),
    }

    def clean(self, value: object) -> str:
        """Give the postcode without spaces, in capitals. Raises ValidationError."""
        postcode = re.sub(r"\s", "", super().clean(value)).upper()
        if not _POSTCODE.fullmatch(postcode):
            raise ValidationError(self.error_messages["wrong"], code="wrong")
        return postcode


class CallerForm(forms.Form):
    """The three things by which a caller is found, always together."""

    bsn = BsnField(label=gettext_lazy("BSN of the caller"))
    birth_date = BirthDateField(
        label=gettext_lazy("Date of birth of the caller"),
        help_text=gettext_lazy("Day or month unknown? Fill in 0."),
    )
    postcode = PostcodeField(
        label=gettext_lazy("Postcode of the caller"),
        widget=forms.TextInput({"autocomplete": "off", "class": "namens-textbox--number"}),
    )


class HelperForm(forms.Form):
    """The two things by which the own mandates of a helper are found."""

    number = HelperNumberField(label=gettext_lazy("Helper number of the caller"))
    birth_date = BirthDateField(
        label=gettext_lazy("Date of birth of the client"),
        help_text=gettext_lazy("The client is the person who is helped. Day or month unknown? Fill in 0."),
    )


class StopForm(forms.Form):
    """What has to stop."""

    what = OneOfField(label=gettext_lazy("What must stop?"))

    def __init__(self, *arguments: object, running: list[MandateService], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # Django's own signature has no type for data
        only = [(line.service.key, _("Only %(service)s") % {"service": line.service.name}) for line in running]
        several = only if len(only) > 1 else []
        self.fields["what"].choices = [(EVERYTHING, _("Everything")), *several]  # type: ignore[attr-defined]  # a ChoiceField


class ShortenForm(forms.Form):
    """The new last day."""

    last_day = DateField(
        label=gettext_lazy("What is the new last day?"),
        help_text=gettext_lazy("For example 27 3 2027. That day is included."),
    )
