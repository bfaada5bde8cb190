"""The link of an invitation: it leads to choosing a password, once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from namens.lib import clock
from namens.pages.staff.forms import ChoosePasswordForm
from namens.parties import keys
from namens.signin.staff import accounts
from namens.signin.staff.refusals import StaffRefused
from namens.signin.staff.session import begin

TOKEN = "staff-invitation"  # noqa: S105 - the name of a place, not a token


@require_safe
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address at once: an address stays in histories. The session holds it sealed."""
    request.session[TOKEN] = keys.seal(TOKEN, token)
    return redirect("staff-invitation")


@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """Ask a password; then the second step has to be set up."""
    sealed = request.session.get(TOKEN)
    token = keys.unseal(TOKEN, sealed) if sealed else ""
    staff = accounts.invited(token=token, now=clock.now())
    if staff is None:
        return render(request, "pages/staff/no_invitation.html", status=404)
    form = ChoosePasswordForm(request.POST if request.method == "POST" else None, staff=staff)
    if form.is_valid():
        try:
            joined = accounts.join(token=token, password=form.cleaned_data["password"], now=clock.now())
        except StaffRefused:
            return render(request, "pages/staff/no_invitation.html", status=404)
        begin(request, staff=joined, second_step=False, now=clock.now())
        return redirect("mfa_index")
    return render(request, "pages/staff/choose_password.html", {"form": form, "account": staff})
