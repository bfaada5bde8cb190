"""The questions that our forms ask about organisations and their people."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from namens.lib import friendly
from namens.pages.fields import TOO_LONG, YES, YES_OR_NO, EmailField, LabelField, OneOfField
from namens.parties.identifiers import InvalidKvkNumber, KvkNumber


class KvkField(forms.Field):
    """A number in the trade register. Gives a `KvkNumber`."""

    default_error_messages = {
        "required": _("Fill in the KvK number"),
        "too_long": TOO_LONG,
        "wrong": _("Fill in all 8 digits of the KvK number, for example 12345678"),
    }

    def to_python(self, value: str | None) -> KvkNumber | None:
        """Give the number, or None when nothing was typed. Raises ValidationError saying what to do."""
        typed = value or ""
        if len(typed) > friendly.LONGEST_INPUT:
            raise ValidationError(self.error_messages["too_long"], code="too_long")
        digits = friendly.tidy(typed)
        try:
            return KvkNumber(digits) if digits else None
        except InvalidKvkNumber:
            raise ValidationError(self.error_messages["wrong"], code="wrong") from None


class OrganisationNameField(LabelField):
    """What an organisation is called: one line that reads in one direction."""

    default_validators = [MaxLengthValidator(150)]
    default_error_messages = {"max_length": _("This is too long. Fill in at most 150 characters.")}


class HumanNameField(LabelField):
    """A part of somebody's name: one line that reads in one direction."""

    default_validators = [MaxLengthValidator(75)]
    default_error_messages = {"max_length": _("This is too long. Fill in at most 75 characters.")}


class ReasonField(LabelField):
    """A reason in one line."""

    default_validators = [MaxLengthValidator(300)]
    default_error_messages = {"max_length": _("This is too long. Fill in at most 300 characters.")}


class OrganisationForm(forms.Form):
    """What is said of an organisation, whoever says it."""

    kvk_number = KvkField(
        label=_("KvK number"),
        help_text=_("8 digits, for example 12345678."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = OrganisationNameField(label=_("Name of the organisation"), help_text=_("Clients read this name."))
    may_process_bsn = OneOfField(
        label=_("May this organisation use citizen service numbers (BSN)?"),
        help_text=_("Only when a law says so. Otherwise nobody of this organisation types a BSN."),
        choices=YES_OR_NO,
    )
    bsn_basis = ReasonField(
        label=_("By which law, and for which task?"),
        help_text=_("Only if you chose yes. For example: Wmo 2015, article 5.1.1."),
        required=False,
    )

    def clean(self) -> dict[str, object]:
        """Ask the law with a yes, and forget it with a no."""
        cleaned = super().clean() or {}
        says_yes = cleaned.get("may_process_bsn") == YES
        if says_yes and not cleaned.get("bsn_basis") and "bsn_basis" not in self.errors:
            self.add_error("bsn_basis", _("Fill in the law and the task"))
        return {**cleaned, "may_process_bsn": says_yes, "bsn_basis": cleaned.get("bsn_basis", "") if says_yes else ""}


class PersonAtWorkForm(forms.Form):
    """Somebody who is invited."""

    given_name = HumanNameField(label=_("First name"))
    family_name = HumanNameField(label=_("Family name"), help_text=_("With its prefix, for example: de Vries."))
    email = EmailField(label=_("E-mail address at work"))
