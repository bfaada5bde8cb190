"""E-mail beside letters: give an address, type the code that came there, or want no e-mail any more."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from namens.lib import clock
from namens.pages.fields import EmailCodeField, EmailField
from namens.pages.sentences import sentence_for
from namens.post import addresses
from namens.post.plain import EmailCode
from namens.post.refusals import EmailRefusal
from namens.signin.session import present, signed_in
from namens.signin.typed import filled

View = Callable[[HttpRequest], HttpResponse]


class AddressForm(forms.Form):
    """Where e-mail must go."""

    email = EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Only an address that nobody else reads."),
    )


class CodeForm(forms.Form):
    """What came by e-mail."""

    code = EmailCodeField(
        label=gettext_lazy("Confirmation code"),
        help_text=gettext_lazy("Six characters. Spaces and small letters are fine."),
    )


def where_email_is_sent(view: View) -> View:
    """Let a page not exist in a deployment that sends no e-mail."""

    def guarded(request: HttpRequest) -> HttpResponse:
        if settings.MAILER == "none":
            raise Http404
        return view(request)

    return guarded


@require_http_methods(["GET", "POST"])
@where_email_is_sent
@signed_in
def address(request: HttpRequest) -> HttpResponse:
    """Ask the address, and send a code to it: the same page follows, whoever else has that address."""
    party = present(request).party
    form = AddressForm(filled(request, party=party))
    if request.method == "POST" and form.is_valid():
        refused = addresses.ask(party=party, address=form.cleaned_data["email"], now=clock.now())
        if refused is None:
            return redirect("pages:email-code")
        form.add_error("email", sentence_for(refused))
    return render(request, "pages/letters/email.html", {"form": form, "own": addresses.address_of(party.id)})


@require_http_methods(["GET", "POST"])
@where_email_is_sent
@signed_in
def code(request: HttpRequest) -> HttpResponse:
    """Ask the code that was sent, and take the address when it fits."""
    party = present(request).party
    waiting = addresses.waiting_address_of(party.id, now=clock.now())
    form = CodeForm(filled(request, party=party))
    if request.method == "POST" and form.is_valid():
        answer = addresses.confirm(party=party, code=EmailCode(form.cleaned_data["code"]), now=clock.now())
        if not isinstance(answer, EmailRefusal):
            return redirect("pages:letters")
        form.add_error("code", sentence_for(answer))
    elif waiting is None:
        return redirect("pages:email")
    return render(request, "pages/letters/email_code.html", {"form": form, "waiting": waiting})


@require_http_methods(["GET", "POST"])
@where_email_is_sent
@signed_in
def stop(request: HttpRequest) -> HttpResponse:
    """Send no e-mail any more. A plain look, as after a new login, stops nothing."""
    if request.method == "POST":
        addresses.remove(party=present(request).party, now=clock.now())
        return redirect("pages:letters")
    return redirect("pages:email")
