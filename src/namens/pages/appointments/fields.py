"""When and where an appointment is, as people type it."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from namens.appointments.models.appointment import LONGEST_PLACE
from namens.appointments.refusals import AppointmentReason, AppointmentRefused
from namens.appointments.times import check_when, instant_of
from namens.lib import clock
from namens.pages.appointments.answers import Moment
from namens.pages.fields import LONGEST_INPUT, DateField, LabelField, OneOfField
from namens.pages.sentences import sentence_for

MINUTES = (
    (30, _("Half an hour")),
    (45, _("45 minutes")),
    (60, _("1 hour")),
    (90, _("An hour and a half")),
    (120, _("2 hours")),
)
_OF_THE_DAY = frozenset({AppointmentReason.TOO_FAR})
_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.h ]?([0-5][0-9]))?(?: ?(?:uur|u|h))?", re.ASCII | re.IGNORECASE)


class TimeField(forms.Field):
    """A time of the day as clocks show it: 14:00, 9.30, 14. Gives a `time`."""

    widget = forms.TextInput({"class": "namens-textbox--number", "autocomplete": "off", "spellcheck": "false"})
    default_error_messages = {
        "required": _("Fill in a time, for example 14:00"),
        "unreadable": _("Fill in a time with hours and minutes, for example 14:00"),
    }

    def to_python(self, value: str | None) -> time | None:
        """Give the time, or None when nothing was typed. Raises ValidationError saying what to do."""
        typed = (value or "")[:LONGEST_INPUT].strip()
        if not typed:
            return None
        read = _TIME.fullmatch(typed)
        if read is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return time(int(read[1]), int(read[2] or 0))

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - as Django has it
        """Give a time as people write it."""
        return value.strftime("%H:%M") if isinstance(value, time) else value


class PlaceField(LabelField):
    """Where it is: one line that reads in one direction."""

    default_validators = [MaxLengthValidator(LONGEST_PLACE)]
    default_error_messages = {"max_length": _("This is too long. Fill in at most 120 characters.")}


class MomentForm(forms.Form):
    """When and where."""

    day = DateField(label=_("On which day?"), help_text=_("For example 27 3 2027."))
    at = TimeField(label=_("At what time does it begin?"), help_text=_("For example 14:00."))
    minutes = OneOfField(label=_("How long does it last?"), choices=MINUTES)
    place = PlaceField(
        label=_("Where is it?"),
        help_text=_("This comes on the sheet for your client. For example: Community centre, room 2."),
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, known: Moment | None) -> None:
        initial = {"day": known.day, "at": known.at, "minutes": known.minutes, "place": known.place} if known else {}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Ask another moment where this one cannot be, at the field that is about it."""
        cleaned = super().clean() or {}
        day, at, minutes = (cleaned.get(name) for name in ("day", "at", "minutes"))
        if isinstance(day, date) and isinstance(at, time) and minutes:
            try:
                check_when(instant_of(day, at=at), minutes=int(minutes), now=clock.now())
            except AppointmentRefused as refused:
                field = "day" if refused.reason in _OF_THE_DAY or day < clock.today() else "at"
                self.add_error(field, sentence_for(refused.reason, viewer="helper"))
        return cleaned

    @property
    def moment(self) -> Moment:
        """Give what was filled in, once it is in order."""
        cleaned = self.cleaned_data
        return Moment(
            day=cleaned["day"], at=cleaned["at"], minutes=int(cleaned["minutes"]), place=cleaned.get("place", "")
        )
