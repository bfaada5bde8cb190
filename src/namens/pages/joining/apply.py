"""An organisation asks to join, without a login. An operator decides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import clock
from namens.organisations.actions import Terms, propose
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.pages.fields import EmailField
from namens.pages.fields_at_work import OrganisationForm, OrganisationNameField
from namens.pages.sentences import sentence_for


class ApplyForm(OrganisationForm):
    """What somebody says of the own organisation, and whom we call about it."""

    contact_name = OrganisationNameField(label=gettext_lazy("Whom can we call or write?"))
    contact_email = EmailField(label=gettext_lazy("E-mail address of this person"))


@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Ask about the organisation, and keep it for an operator."""
    form = ApplyForm(request.POST if request.method == "POST" else None)
    page: dict[str, object] = {"form": form, "problem": ""}
    if not form.is_valid():
        return render(request, "pages/joining/apply.html", page)
    said = form.cleaned_data
    try:
        propose(
            terms=terms_in(said),
            contact_name=said["contact_name"],
            contact_email=said["contact_email"].text,
            now=clock.now(),
        )
    except OrganisationRefused as refused:
        status = 429 if refused.reason is OrganisationReason.TOO_MANY_PROPOSALS else 200
        page["problem"] = sentence_for(refused.reason)
        return render(request, "pages/joining/apply.html", page, status=status)
    return redirect("pages:organisation-applied")


@require_safe
def applied(request: HttpRequest) -> HttpResponse:
    """Say what happens next."""
    return render(request, "pages/joining/applied.html")


def terms_in(said: dict[str, object]) -> Terms:
    """Give what a valid `OrganisationForm` says of an organisation."""
    return Terms(
        kvk_number=said["kvk_number"],  # type: ignore[arg-type]  # a KvkNumber, after the form
        name=str(said["name"]),
        bsn_basis=str(said["bsn_basis"]),
        may_process_bsn=bool(said["may_process_bsn"]),
    )
