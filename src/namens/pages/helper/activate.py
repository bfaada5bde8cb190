"""Machtiging activeren: code and BSN, a look at what it is, and the yes."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from namens.codes import actions as codes
from namens.codes.actions import Match
from namens.codes.plain import PlainCode
from namens.codes.refusals import CodeReason, CodeRefusal
from namens.lib import clock
from namens.mandates import people_of, queries
from namens.mandates.actions import Activated, activate, try_code
from namens.mandates.models import Mandate
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.mandates.states import EndReason
from namens.mandates.terms import Terms, in_one_browser
from namens.organisations.models import Member
from namens.pages.fields import BsnField, CodeField, remind_of_bsn
from namens.pages.helper.working import bsn_obstacle, told_helper
from namens.pages.mandates.detail import left_out_sentences, own_mandate
from namens.pages.mandates.wording import day
from namens.pages.register import register_obstacle
from namens.pages.sentences import sentence_for
from namens.pages.walk import is_sent
from namens.parties.models import Party
from namens.signin import browsers
from namens.signin.session import Visitor, present, signed_in_helper
from namens.signin.typed import filled

MATCHED, ENDINGS = "matched-codes", "matched-endings"


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
@signed_in_helper
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask code and BSN; a code that fits leads to the check page, any other to one and the same answer."""
    visitor = present(request)
    obstacle = bsn_obstacle(request, heading=_("Activate a mandate"), section="pages:activate")
    if obstacle is not None:
        return obstacle
    form = CodeForm(filled(request, party=visitor.party))
    if not is_sent(request, form):
        return _entry(request, form)
    code, bsn = PlainCode(form.cleaned_data["code"]), form.cleaned_data["bsn"]
    try:
        answer = try_code(code=code, bsn=bsn, helper=visitor.helper, member=visitor.member, now=clock.now())
    except MandateRefused as refused:
        return _entry(request, form, problem=told_helper(refused))
    if isinstance(answer, CodeRefusal):
        return _entry(request, form, answer)
    _remember(request, answer, ends_in=bsn.last_three)
    return redirect("pages:activate-check", mandate=answer.opens)


@require_http_methods(["GET", "POST"])
@signed_in_helper
def check(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Show for whom the code is and what may be done; the yes uses the code up."""
    code, visitor = _matched(request, mandate), present(request)
    if code is None:
        return _after(mandate, visitor) or redirect("pages:activate")
    waiting = queries.waiting_mandate(mandate)
    problem = ""
    if request.method == "POST":
        obstacle = register_obstacle(request, party=waiting.representee)
        if obstacle is not None:
            return obstacle
        try:
            answer = _use(code, visitor, one_browser=_one_browser(request, waiting, visitor))
        except MandateRefused as refused:
            problem = told_helper(refused)
        else:
            return _after(mandate, visitor) or _refused(request, waiting, answer)
    page = {**_shown(waiting, helper=visitor.helper), "problem": problem}
    page["held_back"] = _goes_too_far(waiting) and bool(_one_browser(request, waiting, visitor))
    if visitor.member is not None:
        # A colleague may have typed it for whoever came by: the name is for who helps, from the activation on.
        page["name"] = _("BSN that ends in %(digits)s") % {"digits": request.session[ENDINGS][str(mandate)]}
    return render(request, "pages/helper/activate_check.html", page)


@require_safe
@signed_in_helper
def done(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Say that the mandate is active, from when, and where it can be used."""
    member = present(request).member
    found = _success_of(member, mandate) if member else own_mandate(request, mandate)[1]
    return render(request, "pages/helper/activated.html", _shown(found, helper=None))


def _use(code: UUID, visitor: Visitor, *, one_browser: str) -> Activated | CodeRefusal:
    return activate(code=code, helper=visitor.helper, member=visitor.member, now=clock.now(), one_browser=one_browser)


def _one_browser(request: HttpRequest, waiting: Mandate, visitor: Visitor) -> str:
    """Give the digest of this browser when the client was here too within two hours: who held the mouse?"""
    return browsers.shared_by(request, one=waiting.representee, other=visitor.helper, now=clock.now())


def _goes_too_far(waiting: Mandate) -> bool:
    """Say whether this is more than a yes in one browser gives at once."""
    wanted = Terms([], waiting.first_day, waiting.last_day, frozenset(waiting.granted_actions))
    return in_one_browser(wanted) != wanted


def _remember(request: HttpRequest, match: Match, *, ends_in: str) -> None:
    """Keep the code that fits by its mandate: a second tab may be busy with the code of somebody else."""
    mandate = str(match.opens)
    request.session[MATCHED] = {**request.session.get(MATCHED, {}), mandate: str(match.code)}
    request.session[ENDINGS] = {**request.session.get(ENDINGS, {}), mandate: ends_in}


def _matched(request: HttpRequest, mandate: UUID) -> UUID | None:
    """Give the code that this helper typed for this mandate, while it lives: a withdrawn mandate is shown no more."""
    kept = request.session.get(MATCHED, {}).get(str(mandate))
    return UUID(kept) if kept and codes.lives(code=UUID(kept), opens=mandate, now=clock.now()) else None


def _after(mandate: UUID, visitor: Visitor) -> HttpResponse | None:
    """Give the way on for who pressed twice: the mandate is active for this helper already. None when it is not."""
    if queries.holds(visitor.helper, mandate=mandate):
        return redirect("pages:activated", mandate=mandate)
    return None


def _success_of(member: Member, mandate: UUID) -> Mandate:
    """Give what this member activated, or asked with success. Raises Http404 for what they do not reach."""
    try:
        return people_of.own_success(member, mandate=mandate, at=clock.now())
    except MandateRefused:
        raise Http404 from None


def _refused(request: HttpRequest, waiting: Mandate, answer: object) -> HttpResponse:
    """Say that the code does not work (any more); when the register forbids the mandate, say whom to call."""
    waiting.refresh_from_db(fields=["end_reason"])
    if waiting.end_reason and EndReason(waiting.end_reason).is_block:
        # One sentence, whatever the register said: that is the client's own affair.
        sentences = [sentence_for(MandateReason.GIVER_ERRONEOUS, viewer="helper")]
        page = {"heading": _("The mandate is not active"), "sentences": sentences}
        return render(request, "message.html", page, status=403)
    return _entry(request, CodeForm(), answer if isinstance(answer, CodeRefusal) else None)


def _entry(
    request: HttpRequest, form: CodeForm, refusal: CodeRefusal | None = None, *, problem: str = ""
) -> HttpResponse:
    if request.method == "POST" and form.is_bound and form.cleaned_data.get("bsn"):
        remind_of_bsn(form, ends_in=form.cleaned_data["bsn"].last_three)
    paused = refusal == CodeRefusal(CodeReason.PAUSED)
    page = {"form": form, "refusal": refusal, "paused": paused, "problem": problem}
    return render(request, "pages/helper/enter_code.html", page)


def _shown(mandate: Mandate, *, helper: Party | None) -> dict[str, object]:
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
