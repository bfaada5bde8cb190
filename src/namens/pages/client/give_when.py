"""Iemand machtigen: from when, and until when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.mandates.refusals import MandateReason
from namens.mandates.terms import latest_first_day
from namens.pages.client.answers import OWN_DAY
from namens.pages.client.giving import Giving, Page
from namens.pages.client.resuming import giving_of
from namens.pages.fields import DateField, OneOfField
from namens.pages.lengths import lengths
from namens.pages.mandates.wording import day
from namens.pages.sentences import sentence_for
from namens.pages.walk import is_sent
from namens.signin.session import signed_in

TODAY, LATER = "today", "later"


class FromForm(forms.Form):
    """Today, or a day within the next ninety days."""

    start = OneOfField(
        label=gettext_lazy("From when may your helper help you?"),
        choices=[(TODAY, gettext_lazy("From today")), (LATER, gettext_lazy("From a later day"))],
    )
    first_day = DateField(
        label=gettext_lazy("Which later day?"),
        help_text=gettext_lazy("Only for a later day. For example 27 3 2027."),
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, today: date, initial: Mapping[str, object]) -> None:
        super().__init__(data, initial=dict(initial))
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Give the first day. A later day has to be filled in, not over, and within ninety days."""
        cleaned = super().clean() or {}
        if cleaned.get("start") == TODAY:
            self.errors.pop("first_day", None)
            return {**cleaned, "first_day": self.today}
        if cleaned.get("start") == LATER and "first_day" not in self.errors:
            self._check(cleaned.get("first_day"))
        return cleaned

    def _check(self, first_day: date | None) -> None:
        if first_day is None:
            self.add_error("first_day", _("Fill in the first day: day, month and year"))
        elif first_day < self.today:
            self.add_error("first_day", sentence_for(MandateReason.DAY_PAST))
        elif first_day > latest_first_day(self.today):
            self.add_error("first_day", sentence_for(MandateReason.FIRST_DAY_TOO_FAR))


class UntilForm(forms.Form):
    """A length that is allowed here, or a last day of one's own; a request was for a length."""

    own_last_day = DateField(
        label=gettext_lazy("Which last day?"),
        help_text=gettext_lazy("Only for a day that you choose yourself. That day is included."),
        required=False,
    )
    field_order = ("duration", "own_last_day")

    def __init__(
        self, data: QueryDict | None, *, first_day: date, longest: date, own_day: bool, initial: Mapping[str, object]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.first_day, self.longest = first_day, longest
        by_day = [(OWN_DAY, _("A last day that I choose myself"))] if own_day else []
        if not own_day:
            del self.fields["own_last_day"]
        self.fields["duration"] = OneOfField(
            label=_("Until when may your helper help you?"),
            choices=[*lengths(first_day, longest=longest), *by_day],
            error_messages={"required": _("Choose until when your helper may help you")},
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Give the length. A day of one's own has to be filled in and lie within what is allowed."""
        cleaned = super().clean() or {}
        if cleaned.get("duration") != OWN_DAY:
            self.errors.pop("own_last_day", None)
            return {**cleaned, "own_last_day": None}
        if "own_last_day" not in self.errors:
            self._check(cleaned.get("own_last_day"))
        return cleaned

    def _check(self, last_day: date | None) -> None:
        if last_day is None:
            self.add_error("own_last_day", _("Fill in the last day: day, month and year"))
        elif last_day < self.first_day:
            self.add_error("own_last_day", sentence_for(MandateReason.LAST_DAY_BEFORE_FIRST))
        elif last_day > self.longest:
            sentence = _("Choose a day up to and including %(day)s. Longer is not allowed here.")
            self.add_error("own_last_day", sentence % {"day": day(self.longest)})


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask the first day."""
    giving = giving_of(request, draft=draft, page=Page.FROM)
    if isinstance(giving, HttpResponse):
        return giving
    form = FromForm(giving.typed(request), today=giving.today, initial=_start_before(giving))
    if is_sent(request, form):
        return giving.keep(replace(giving.answers, first_day=form.cleaned_data["first_day"]))
    return giving.show(request, Page.FROM, form=form, latest=day(latest_first_day(giving.today)))


@require_http_methods(["GET", "POST"])
@signed_in
def until(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask the last day, as a length or as a date."""
    giving = giving_of(request, draft=draft, page=Page.UNTIL)
    if isinstance(giving, HttpResponse):
        return giving
    form = UntilForm(
        giving.typed(request),
        first_day=giving.first_day or giving.today,
        longest=giving.longest_last_day,
        own_day=not giving.is_request,
        initial={"duration": giving.answers.duration, "own_last_day": giving.answers.own_last_day},
    )
    if is_sent(request, form):
        return giving.keep(replace(giving.answers, **form.cleaned_data))
    return giving.show(request, Page.UNTIL, form=form, longest=day(giving.longest_last_day))


def _start_before(giving: Giving) -> dict[str, Any]:
    first_day = giving.answers.first_day
    if first_day is None:
        return {}
    return {"start": TODAY} if first_day == giving.today else {"start": LATER, "first_day": first_day}
