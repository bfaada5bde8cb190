"""The questions to an operator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from namens.pages.fields import DateField
from namens.pages.fields_at_work import OrganisationForm, OrganisationNameField, PersonAtWorkForm, ReasonField


class AdmitForm(OrganisationForm, PersonAtWorkForm):
    """An organisation, and its first manager."""

    field_order = [*OrganisationForm.base_fields, *PersonAtWorkForm.base_fields]

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # Django's own signature has no type for data
        self.fields["given_name"].label = _("First name of the first manager")
        self.fields["family_name"].label = _("Family name of the first manager")
        self.fields["email"].label = _("E-mail address of the first manager")
        self.fields["email"].help_text = _("The invitation goes there.")


class MergeForm(AdmitForm):
    """The organisation that goes on, its first manager, and until when the present mandates run."""

    last_day = DateField(
        label=_("Until when do the present mandates run?"),
        help_text=_("For example 27 3 2027. That day is included. Clients need time to say yes again."),
    )
    field_order = [*AdmitForm.field_order, "last_day"]


class BlockForm(forms.Form):
    """Why something is stopped."""

    reason = ReasonField(
        label=_("Why?"), help_text=_("Only operators read this. Do not write the name of a client, or a BSN.")
    )


class RenameForm(forms.Form):
    """What it is called from now on."""

    name = OrganisationNameField(label=_("New name"), help_text=_("Clients read this name from now on."))


class LeaveForm(forms.Form):
    """The last day of an organisation."""

    last_day = DateField(
        label=_("What is the last day on which this organisation helps clients?"),
        help_text=_("For example 27 3 2027. That day is included."),
    )


class ManagerForm(PersonAtWorkForm):
    """Somebody who becomes a manager."""
