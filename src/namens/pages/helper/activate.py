"""Machtiging activeren: code and BSN, a look at what it is, and the yes."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from namens.codes.plain import PlainCode
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.lib import clock
from namens.mandates import queries
from namens.mandates.actions import activate, try_code
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateRefused
from namens.pages.fields import BsnField, CodeField
from namens.pages.mandates.detail import left_out_sentences, own_mandate
from namens.pages.mandates.wording import day
from namens.pages.register import register_obstacle
from namens.pages.sentences import sentence_for
from namens.parties.models import Party
from namens.signin.session import present, signed_in
from namens.signin.typed import filled

MATCHED = "matched-code"


class CodeForm(forms.Form):
    """What the helper got from the client."""

    code = CodeField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Your client has the code, for example on paper. Dashes and small letters are fine."),
    )
    bsn = BsnField(
        label=gettext_lazy("BSN of your client"),
        help_text=gettext_lazy("Nine digits. The number is on a passport or identity card."),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask code and BSN; a code that fits leads to the check page, any other to one and the same answer."""
    form = CodeForm(filled(request, party=present(request).party))
    refusal: CodeRefusal | None = None
    if request.method == "POST" and form.is_valid():
        answer = try_code(
            code=PlainCode(form.cleaned_data["code"]),
            bsn=form.cleaned_data["bsn"],
            helper=present(request).party,
            now=clock.now(),
        )
        if not isinstance(answer, CodeRefusal):
            request.session[MATCHED] = {"code": str(answer.code), "mandate": str(answer.opens)}
            return redirect("pages:activate-check")
        refusal = answer
    page = {"form": form, "refusal": refusal, "paused": refusal == CodeRefusal(CodeReason.PAUSED)}
    return render(request, "pages/helper/enter_code.html", page)


@require_http_methods(["GET", "POST"])
@signed_in
def check(request: HttpRequest) -> HttpResponse:
    """Show for whom the code is and what may be done; the yes uses the code up."""
    matched = request.session.get(MATCHED)
    if matched is None:
        return redirect("pages:activate")
    helper = present(request).party
    mandate = queries.waiting_mandate(UUID(matched["mandate"]))
    problem = ""
    if request.method == "POST":
        obstacle = register_obstacle(request, party=mandate.representee)
        if obstacle is not None:
            return obstacle
        try:
            answer = activate(code=UUID(matched["code"]), helper=helper, now=clock.now())
        except MandateRefused as refused:
            problem = sentence_for(refused.reason, viewer="helper")
        else:
            del request.session[MATCHED]
            return _after(request, answer, mandate)
    return render(request, "pages/helper/activate_check.html", {**_shown(mandate, helper), "problem": problem})


@require_safe
@signed_in
def done(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Say that the mandate is active, from when, and where it can be used."""
    _, found = own_mandate(request, mandate)
    return render(request, "pages/helper/activated.html", _shown(found, None))


def _after(request: HttpRequest, answer: object, mandate: Mandate) -> HttpResponse:
    if isinstance(answer, CodeRefusal):
        page = {"form": CodeForm(), "refusal": answer, "paused": False}
        return render(request, "pages/helper/enter_code.html", page)
    return redirect("pages:activated", mandate=mandate.id)


def _shown(mandate: Mandate, helper: Party | None) -> dict[str, object]:
    today = clock.today()
    replaced = queries.replaced_by_activation(mandate=mandate, helper=helper, today=today) if helper else []
    return {
        "mandate": mandate,
        "name": mandate.representee.person.name.full,
        "services": [line.service.name for line in mandate.lines.all()],
        "first_day": day(mandate.first_day),
        "last_day": day(mandate.last_day),
        "starts_later": mandate.first_day > clock.today(),
        "left_out": left_out_sentences(mandate),
        "replaced": [line.service.name for line in replaced],
    }
