"""Iemand machtigen: which services, and which sensitive actions."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from namens.pages.choices import SensitiveAction, ServicesForm
from namens.pages.client.giving import Giving, Page
from namens.pages.client.resuming import giving_of
from namens.pages.fields import CHOOSE_YES_OR_NO, NO, YES, YES_OR_NO, OneOfField
from namens.pages.public.home import ways_in
from namens.pages.walk import is_sent
from namens.signin.session import signed_in


class ExtraForm(forms.Form):
    """A yes or no for each sensitive action, with nothing filled in beforehand."""

    def __init__(
        self, data: QueryDict | None, *, actions: list[SensitiveAction], initial: Mapping[str, object]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        for action in actions:
            self.fields[action.key] = OneOfField(
                label=action.question,
                help_text=_("This is about: %(services)s.") % {"services": ", ".join(action.services)},
                choices=YES_OR_NO,
                error_messages={"required": CHOOSE_YES_OR_NO},
            )


@require_http_methods(["GET", "POST"])
@signed_in
def services(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask which services; those that need a stronger login stand apart, with the way to one."""
    giving = giving_of(request, draft=draft, page=Page.SERVICES)
    if isinstance(giving, HttpResponse):
        return giving
    form = ServicesForm(giving.typed(request), offered=giving.offered, initial={"services": giving.answers.chosen})
    if is_sent(request, form):
        return giving.keep(replace(giving.answers, chosen=tuple(form.cleaned_data["services"])))
    stronger = giving.offered.too_strong
    ways = ways_in(back_to=request.path, level=giving.offered.stronger_level) if stronger else []
    return giving.show(request, Page.SERVICES, form=form, too_strong=stronger, ways_in=ways)


@require_http_methods(["GET", "POST"])
@signed_in
def extra(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask for each sensitive action whether the helper may do it too."""
    giving = giving_of(request, draft=draft, page=Page.EXTRA)
    if isinstance(giving, HttpResponse):
        return giving
    form = ExtraForm(giving.typed(request), actions=giving.sensitive, initial=_given_before(giving))
    if is_sent(request, form):
        granted = {key: answer == YES for key, answer in form.cleaned_data.items()}
        services_on_page = tuple(service.key for service in giving.services)
        return giving.keep(replace(giving.answers, granted=granted, granted_for=services_on_page))
    return giving.show(request, Page.EXTRA, form=form, unguarded=giving.unguarded)


def _given_before(giving: Giving) -> dict[str, str]:
    return {key: YES if yes else NO for key, yes in giving.answers.granted.items()}
