"""What an agent fills in before a code letter goes out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.helpdesk.letters import Said
from namens.helpdesk.refusals import CallerRefusal
from namens.lib.periods import Duration
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.terms import check_by_letter, months_by_letter
from namens.pages.choices import SET_PREFIX, Offered
from namens.pages.fields import HelperNumberField, OneOfField, SomeOfField
from namens.pages.sentences import sentence_for
from namens.pages.widgets import Described

YES, NO = "yes", "no"
YES_OR_NO = [(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))]


class NumberForm(forms.Form):
    """By which the caller names a helper."""

    number = HelperNumberField(
        label=gettext_lazy("Helper number that the caller reads out"),
        help_text=gettext_lazy("Nine letters and digits. The helper gave it to the caller."),
        error_messages={
            "required": gettext_lazy("Fill in the helper number, or choose that the caller cannot name the helper")
        },
    )


class CodeLetterForm(forms.Form):
    """With what, for how long, and what only the caller can tell. Nothing is filled in beforehand."""

    administered = OneOfField(
        label=gettext_lazy("Ask: are you under administration (bewind) or guardianship (curatele)?"),
        choices=YES_OR_NO,
    )
    prompted = OneOfField(
        label=gettext_lazy("Ask: is somebody with you who tells you what to say?"),
        help_text=gettext_lazy("Somebody who helps with hearing or with the language is fine."),
        choices=YES_OR_NO,
    )
    moved = OneOfField(
        label=gettext_lazy("Ask: did you tell the municipality where you live now?"),
        help_text=gettext_lazy("The register says that the caller moved in the last two weeks."),
        choices=YES_OR_NO,
    )
    field_order = ("services", "duration", "administered", "moved", "prompted")

    def __init__(self, data: QueryDict | None, *, offered: Offered, is_open: bool, has_moved: bool) -> None:
        super().__init__(data)
        self.offered = offered
        whole = [(SET_PREFIX + one.key, Described(one.name, one.explained)) for one, _members in offered.sets]
        single = [(service.key, Described(service.name, service.explained)) for service in offered.services]
        self.fields["services"] = SomeOfField(
            label=_("Ask: with what may your helper help you?"),
            choices=[*whole, *single],
            error_messages={"required": _("Choose at least one service.")},
        )
        self.fields["duration"] = OneOfField(label=_("Ask: for how long?"), choices=lengths(is_open=is_open))
        if not has_moved:
            del self.fields["moved"]
        self.order_fields(self.field_order)

    @property
    def said(self) -> Said:
        """Give what the caller told."""
        return Said(
            is_administered=self.cleaned_data["administered"] == YES,
            is_prompted=self.cleaned_data["prompted"] == YES,
            has_reported_move=self.cleaned_data.get("moved", YES) == YES,
        )

    def clean(self) -> dict[str, Any]:
        """Give services and duration as such. What stops the letter is said at the question that brought it out."""
        cleaned = super().clean() or {}
        self._stop(cleaned, "administered", answer=YES, reason=MandateReason.GIVER_UNDER_ADMINISTRATION)
        self._stop(cleaned, "prompted", answer=YES, reason=CallerRefusal.CALLER_PROMPTED)
        self._stop(cleaned, "moved", answer=NO, reason=CallerRefusal.MOVE_NOT_REPORTED)
        if "services" in cleaned and "duration" in cleaned:
            cleaned["services"] = self.offered.pick(cleaned["services"])
            cleaned["duration"] = Duration(cleaned["duration"])
            try:
                check_by_letter(cleaned["services"], duration=cleaned["duration"])
            except MandateRefused as refused:
                self.add_error("duration", sentence_for(refused.reason, viewer="agent"))
        return cleaned

    def _stop(
        self, cleaned: Mapping[str, Any], field: str, *, answer: str, reason: MandateReason | CallerRefusal
    ) -> None:
        if cleaned.get(field) == answer:
            self.add_error(field, sentence_for(reason, viewer="agent"))


def lengths(*, is_open: bool) -> list[tuple[str, str]]:
    """Give the lengths that come out different with a letter only, in words."""
    found: dict[int, Duration] = {}
    for duration in Duration:
        if duration is not Duration.TODAY:
            found.setdefault(months_by_letter(duration, open_code=is_open), duration)
    return [(duration.value, months_in_words(months)) for months, duration in found.items()]


def months_in_words(months: int) -> str:
    """Give a length as people say it."""
    if months == 12:
        return _("1 year")
    return _("1 month") if months == 1 else _("%(months)s months") % {"months": months}
