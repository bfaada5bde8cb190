"""The question that a telephone swindler cannot stand: does the person who asks sit with you, now?"""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.mandates.actions import decline
from namens.mandates.refusals import MandateRefused
from namens.pages.client.giving import Giving, Page
from namens.pages.client.resuming import giving_of
from namens.pages.fields import YES, OneOfField
from namens.pages.walk import is_sent
from namens.signin.session import signed_in

FAR, UNKNOWN = "far", "unknown"


class ThereForm(forms.Form):
    """Here, somewhere else, or nobody known."""

    def __init__(self, data: QueryDict | None, *, giving: Giving) -> None:
        super().__init__(data, initial={"there": YES} if giving.answers.there else {})
        of_organisation = giving.organisation is not None
        nobody = _("I do not know this organisation") if of_organisation else _("I do not know this person")
        self.fields["there"] = OneOfField(
            label=question(giving),
            choices=[
                (YES, _("Yes, at the same table or in the same room")),
                (FAR, _("No, we talk by phone, video, e-mail or messages")),
                (UNKNOWN, nobody),
            ],
            error_messages={"required": _("Choose whether this person is with you now")},
        )


@require_http_methods(["GET", "POST"])
@signed_in
def there(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask it. Who is called up says so here. That ends the request at once: a second thought does not bring it back.

    Who does not know who asks is asked once more, on the page where that is reported.
    """
    giving = giving_of(request, draft=draft, page=Page.THERE)
    if isinstance(giving, HttpResponse):
        return giving
    form = ThereForm(giving.typed(request), giving=giving)
    if not is_sent(request, form):
        return giving.show(request, Page.THERE, form=form)
    if form.cleaned_data["there"] == YES:
        return giving.keep(replace(giving.answers, there=True))
    if form.cleaned_data["there"] == UNKNOWN:
        return redirect("pages:decline-unknown", mandate=giving.answers.request)
    return _stop(giving)


def question(giving: Giving) -> str:
    """Give the question, with the name of who asks, and of the organisation when it is asked in the name of one."""
    if giving.asker is None:
        return _("Is %(name)s with you now?") % {"name": giving.helper_name}
    who = {"name": giving.asker.short_name, "organisation": giving.helper_name}
    return _("Is %(name)s of %(organisation)s with you now?") % who


def _stop(giving: Giving) -> HttpResponse:
    asked = giving.answers.request
    if asked is None:
        raise AssertionError("only what was asked has this page")
    # Answered or taken back meanwhile: the page of the request says how it stands.
    with suppress(MandateRefused):
        decline(mandate=asked, by=giving.visitor.party, is_unknown=False, now=clock.now())
    return redirect("pages:request", mandate=asked)
