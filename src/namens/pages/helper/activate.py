"""Machtiging activeren: code and BSN, a look at what it is, and the yes."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from namens.codes import actions as codes
from namens.codes.actions import Match
from namens.codes.plain import PlainCode
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.lib import clock
from namens.mandates import queries
from namens.mandates.actions import activate, try_code
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason
from namens.pages.fields import BsnField, CodeField, remind_of_bsn
from namens.pages.mandates.detail import left_out_sentences, own_mandate
from namens.pages.mandates.wording import day
from namens.pages.register import register_obstacle
from namens.pages.sentences import sentence_for
from namens.parties.models import Party
from namens.signin.session import present, signed_in
from namens.signin.typed import filled

MATCHED = "matched-codes"


class CodeForm(forms.Form):
    """What the helper got from the client. The BSN is never shown again: at most its last three digits are."""

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
            _remember(request, answer)
            return redirect("pages:activate-check", mandate=answer.opens)
        refusal = answer
    return _entry(request, form, refusal)


@require_http_methods(["GET", "POST"])
@signed_in
def check(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Show for whom the code is and what may be done; the yes uses the code up."""
    code, helper = _matched(request, mandate), present(request).party
    if code is None:
        return _after(mandate, helper) or redirect("pages:activate")
    waiting = queries.waiting_mandate(mandate)
    problem = ""
    if request.method == "POST":
        obstacle = register_obstacle(request, party=waiting.representee)
        if obstacle is not None:
            return obstacle
        try:
            answer = activate(code=code, helper=helper, now=clock.now())
        except MandateRefused as refused:
            problem = sentence_for(refused.reason, viewer="helper")
        else:
            return _after(mandate, helper) or _refused(request, waiting, answer)
    return render(request, "pages/helper/activate_check.html", {**_shown(waiting, helper), "problem": problem})


@require_safe
@signed_in
def done(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Say that the mandate is active, from when, and where it can be used."""
    _, found = own_mandate(request, mandate)
    return render(request, "pages/helper/activated.html", _shown(found, None))


def _remember(request: HttpRequest, match: Match) -> None:
    """Keep the code that fits by its mandate: a second tab may be busy with the code of somebody else."""
    request.session[MATCHED] = {**request.session.get(MATCHED, {}), str(match.opens): str(match.code)}


def _matched(request: HttpRequest, mandate: UUID) -> UUID | None:
    """Give the code that this helper typed for this mandate, while it lives: a withdrawn mandate is shown no more."""
    kept = request.session.get(MATCHED, {}).get(str(mandate))
    return UUID(kept) if kept and codes.lives(code=UUID(kept), opens=mandate, now=clock.now()) else None


def _after(mandate: UUID, helper: Party) -> HttpResponse | None:
    """Give the way on for who pressed twice: the mandate is active for this helper already. None when it is not."""
    if queries.holds(helper, mandate=mandate):
        return redirect("pages:activated", mandate=mandate)
    return None


def _refused(request: HttpRequest, waiting: Mandate, answer: object) -> HttpResponse:
    """Say that the code does not work (any more); when the register forbids the mandate, say whom to call."""
    waiting.refresh_from_db(fields=["end_reason"])
    if waiting.end_reason and EndReason(waiting.end_reason).is_block:
        # One sentence, whatever the register said: that is the client's own affair.
        sentences = [sentence_for(MandateReason.GIVER_ERRONEOUS, viewer="helper")]
        page = {"heading": _("The mandate is not active"), "sentences": sentences}
        return render(request, "message.html", page, status=403)
    return _entry(request, CodeForm(), answer if isinstance(answer, CodeRefusal) else None)


def _entry(request: HttpRequest, form: CodeForm, refusal: CodeRefusal | None) -> HttpResponse:
    if form.is_bound and form.cleaned_data.get("bsn"):
        remind_of_bsn(form, ends_in=form.cleaned_data["bsn"].last_three)
    page = {"form": form, "refusal": refusal, "paused": refusal == CodeRefusal(CodeReason.PAUSED)}
    return render(request, "pages/helper/enter_code.html", page)


def _shown(mandate: Mandate, helper: Party | None) -> dict[str, object]:
    today = clock.today()
    replaced = queries.replaced_by_activation(mandate=mandate, helper=helper, today=today) if helper else []
    return {
        "mandate": mandate,
        "name": mandate.representee.person.name.full,
        "services": [line.service.name for line in mandate.shown_lines],
        "first_day": day(mandate.first_day),
        "last_day": day(mandate.last_day),
        "starts_later": mandate.first_day > clock.today(),
        "left_out": left_out_sentences(mandate),
        "replaced": [line.service.name for line in replaced],
    }
