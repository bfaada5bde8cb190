"""Addresses of the staff login. The names without ours in front are those that allauth looks for."""

from allauth.account.views import login, reauthenticate
from allauth.mfa.base.views import authenticate
from allauth.mfa.recovery_codes.views import generate_recovery_codes
from django.urls import URLPattern, path

from namens.pages.staff import account, invitation

urlpatterns: list[URLPattern] = [
    path("", account.home, name="mfa_index"),
    path("inloggen", login, name="account_login"),
    path("inloggen/tweede-stap", authenticate, name="mfa_authenticate"),
    path("uitloggen", account.log_out, name="staff-logout"),
    path("wachtwoord", account.for_account(reauthenticate), name="account_reauthenticate"),
    path("app", account.add_app, name="mfa_activate_totp"),
    path("passkey", account.add_passkey, name="mfa_add_webauthn"),
    path("reservecodes", account.spare_codes, name="mfa_view_recovery_codes"),
    path("reservecodes/nieuw", account.for_account(generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("uitnodiging", invitation.choose_password, name="staff-invitation"),
    path("uitnodiging/<str:token>", invitation.arrive, name="staff-arrive"),
]
