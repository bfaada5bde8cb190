"""What django-allauth is told: log in by e-mail address, a second step, nobody registers, our forms."""

from django.conf import settings

_TOLD: dict[str, object] = {
    "ACCOUNT_ADAPTER": "namens.signin.staff.adapters.AccountAdapter",
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_FORMS": {
        "login": "namens.pages.staff.forms.LoginForm",
        "reauthenticate": "namens.pages.staff.forms.PasswordAgainForm",
    },
    "MFA_ADAPTER": "namens.signin.staff.adapters.FactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_TOTP_ISSUER": "Namens",
    "MFA_TOTP_TOLERANCE": 1,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    "MFA_FORMS": {
        "authenticate": "namens.pages.staff.forms.SecondStepForm",
        "authenticate_webauthn": "namens.pages.staff.forms.PasskeyStepForm",
        "activate_totp": "namens.pages.staff.forms.AppForm",
        "add_webauthn": "namens.pages.staff.forms.PasskeyForm",
    },
}


def setting(name: str, otherwise: object) -> object:
    """Give one setting of allauth; `ALLAUTH_SETTING_GETTER` names this function."""
    match name:
        case "ALLAUTH_TRUSTED_PROXY_COUNT":
            return settings.TRUSTED_PROXIES
        case "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN":
            return settings.IS_PRACTICE and not settings.IS_HTTPS
    return _TOLD.get(name, getattr(settings, name, otherwise))
