"""The one field of its own kind at the table."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from namens.appointments.plain import InvalidHandOff, PlainNumber
from namens.pages.widgets import NumberInput


class HandOffNumberField(forms.Field):
    """The eight digits under a QR, in ONE input. Gives a `PlainNumber`; no error ever repeats what was typed."""

    widget = NumberInput
    default_error_messages = {
        "required": _("Fill in the number on your helper’s screen"),
        "unsound": _("Fill in all 8 digits of the number. Ask your helper to read it out once more"),
    }

    def to_python(self, value: str | None) -> PlainNumber | None:
        """Give the number, or None when nothing was typed. Raises ValidationError saying what to do."""
        if not (value or "").strip():
            return None
        try:
            return PlainNumber.parse(value or "")
        except InvalidHandOff:
            raise ValidationError(self.error_messages["unsound"], code="unsound") from None
