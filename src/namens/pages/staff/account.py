"""The own account: which second steps are set up, adding one, and leaving."""

from collections.abc import Callable
from functools import wraps

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import view_recovery_codes
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import add_webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from namens.lib import clock
from namens.signin.models import Staff
from namens.signin.session import forgetting
from namens.signin.staff.session import account_of, complete, leave, staff_of

APP, PASSKEY, SPARE = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES

View = Callable[[HttpRequest], HttpResponse]


def for_account(view: View) -> View:
    """Let nobody through who gave no password in this session. Without a second step one can only set one up."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        account = account_of(request)
        if account is None:
            return redirect("account_login")
        if staff_of(request) is None and has_second_step(account):
            # A password alone opens nothing of an account that has more: the whole login again.
            leave(request, now=clock.now())
            return redirect("account_login")
        return view(request)

    return guarded


@require_safe
@for_account
def home(request: HttpRequest) -> HttpResponse:
    """Show the own account; who has no second step reads how to set one up, and nothing else."""
    account = account_of(request)
    kinds = Authenticator.objects.filter(user=account).order_by("created_at")
    page = {
        "account": account,
        "has_app": any(one.type == APP for one in kinds),
        "has_spare_codes": any(one.type == SPARE for one in kinds),
        "passkeys": [one for one in kinds if one.type == PASSKEY],
        "is_enrolled": staff_of(request) is not None,
    }
    return render(request, "pages/staff/account.html", page)


@for_account
def add_app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app; there is one at most."""
    if Authenticator.objects.filter(user=account_of(request), type=APP).exists():
        return redirect("mfa_index")
    return _adding(request, activate_totp, kind=APP)


@for_account
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Set up a passkey."""
    return _adding(request, add_webauthn, kind=PASSKEY)


@for_account
def spare_codes(request: HttpRequest) -> HttpResponse:
    """Show the spare codes, once."""
    shown: HttpResponse = view_recovery_codes(request)
    return shown


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session, and let the browser forget what it kept."""
    leave(request, now=clock.now())
    return forgetting(redirect("account_login"))


def has_second_step(account: Staff) -> bool:
    """Say whether an app or a passkey is set up."""
    return bool(Authenticator.objects.filter(user=account, type__in=[APP, PASSKEY]).exists())


def _adding(request: HttpRequest, view: View, *, kind: str) -> HttpResponse:
    account = account_of(request)
    before = Authenticator.objects.filter(user=account).count()
    response = view(request)
    if request.method == "POST" and Authenticator.objects.filter(user=account).count() > before:
        complete(request, kind=kind, now=clock.now())
        is_first = before == 0
        return redirect(reverse("mfa_view_recovery_codes") if is_first else reverse("mfa_index"))
    return response
