"""Dit klopt niet: a name that is spelt wrong, or a mandate that the client never wanted; and going on after all."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import clock
from namens.mandates.actions import report as take_report
from namens.mandates.actions import restore as let_go_on
from namens.mandates.models import Mandate, ReportKind
from namens.mandates.refusals import MandateRefused
from namens.mandates.states import State
from namens.pages.fields import OneOfField
from namens.pages.mandates.detail import own_mandate
from namens.pages.mandates.stop import refuse_ended
from namens.pages.mandates.wording import other_name
from namens.pages.sentences import sentence_for
from namens.pages.walk import is_sent
from namens.parties.models import Kind
from namens.signin.session import Visitor, signed_in
from namens.signin.typed import filled


class WhatForm(forms.Form):
    """What is wrong, for the client."""

    what = OneOfField(
        label=_("What is not right?"),
        choices=[
            (ReportKind.SPELLING.value, _("The name is spelt wrong")),
            (ReportKind.UNWANTED.value, _("I do not know this person, or I did not want this")),
        ],
    )

    def __init__(self, data: QueryDict | None, *, mandate: Mandate) -> None:
        super().__init__(data)
        if _is_of_organisation(mandate):
            unwanted = _("I do not know this organisation, or I did not want this")
            choices = [(ReportKind.SPELLING.value, _("A name is spelt wrong")), (ReportKind.UNWANTED.value, unwanted)]
            self.fields["what"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


@require_http_methods(["GET", "POST"])
@signed_in
def report(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Ask the client what is not right. A helper can say only that the name is spelt wrong."""
    visitor, found, is_client = _to_report(request, mandate)
    form = WhatForm(filled(request, party=visitor.party), mandate=found) if is_client else None
    problem = ""
    if request.method == "POST" and (form is None or is_sent(request, form)):
        if form is not None and form.cleaned_data["what"] == ReportKind.UNWANTED:
            return redirect("pages:report-unwanted", mandate=found.id)
        problem = _report(found, visitor, ReportKind.SPELLING)
        if not problem:
            return redirect("pages:reported", mandate=found.id)
    page = {**_about(found, visitor), "form": form, "problem": problem}
    return render(request, "pages/mandates/report.html", page)


@require_http_methods(["GET", "POST"])
@signed_in
def unwanted(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Say that it stops at once, and stop it at the client's yes."""
    visitor, found, is_client = _to_report(request, mandate)
    if not is_client:
        raise Http404
    if found.state == State.SUSPENDED:
        return redirect("pages:mandate", mandate=found.id)
    problem = _report(found, visitor, ReportKind.UNWANTED) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return redirect("pages:mandate", mandate=found.id)
    return render(request, "pages/mandates/unwanted.html", {**_about(found, visitor), "problem": problem})


@require_safe
@signed_in
def reported(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Say what happens with a name that is spelt wrong."""
    visitor, found = own_mandate(request, mandate)
    return render(request, "pages/mandates/reported.html", _about(found, visitor))


@require_http_methods(["GET", "POST"])
@signed_in
def restore(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Ask the client whether it may go on after all, and let it."""
    visitor, found = own_mandate(request, mandate)
    if found.representee_id != visitor.party.id:
        raise Http404
    if found.state != State.SUSPENDED:
        return redirect("pages:mandate", mandate=found.id)
    if request.method == "POST":
        try:
            let_go_on(mandate=found.id, by=visitor.party, now=clock.now())
        except MandateRefused:
            # Ended or restored meanwhile: its page says how it stands.
            return redirect("pages:mandate", mandate=found.id)
        return redirect("pages:mandate", mandate=found.id)
    return render(request, "pages/mandates/restore.html", _about(found, visitor))


def _to_report(request: HttpRequest, mandate: UUID) -> tuple[Visitor, Mandate, bool]:
    """Give the visitor, the mandate, and whether they are its client. Raises Http404 for what never was active."""
    visitor, found = own_mandate(request, mandate)
    if found.activated_at is None:
        raise Http404
    return visitor, found, found.representee_id == visitor.party.id


def _report(mandate: Mandate, visitor: Visitor, kind: ReportKind) -> str:
    """Take the report; give the sentence that says why it could not be taken, if so."""
    try:
        refuse_ended(mandate)
        take_report(mandate=mandate.id, by=visitor.party, kind=kind, now=clock.now())
    except MandateRefused as refused:
        return sentence_for(refused.reason)
    return ""


def _about(mandate: Mandate, visitor: Visitor) -> dict[str, Any]:
    return {
        "mandate": mandate,
        "name": other_name(mandate, viewer=visitor.party),
        "is_client": mandate.representee_id == visitor.party.id,
        "organisation": _is_of_organisation(mandate),
        "section": "pages:mandates",
    }


def _is_of_organisation(mandate: Mandate) -> bool:
    return mandate.representative is not None and mandate.representative.kind == Kind.ORGANISATION
