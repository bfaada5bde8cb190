"""The questions of a staff login, in our words. The settings name these forms, allauth uses them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from namens.pages.fields import TextField
from namens.signin.models import Staff
from namens.signin.staff.adapters import note_refusal, take_once

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_PASSWORD = 1000
Words: TypeAlias = "str | _StrPromise"


class EmailInput(forms.EmailInput):
    """An e-mail address by which somebody logs in."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "username", "spellcheck": "false"})


def password_field(label: Words, *, autocomplete: str, help_text: Words = "") -> forms.CharField:
    """Give a question for a password; what was typed is never shown again."""
    widget = forms.PasswordInput({"autocomplete": autocomplete})
    wrong = {"required": _("Fill in the password"), "max_length": _("This is too long")}
    return forms.CharField(
        label=label, help_text=help_text, widget=widget, strip=False, max_length=LONGEST_PASSWORD, error_messages=wrong
    )


def code_field(label: Words, *, help_text: Words) -> TextField:
    """Give a question for a code of six digits, or of eight from paper."""
    widget = forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"})
    return TextField(label=label, help_text=help_text, widget=widget)


@contextmanager
def readable() -> Iterator[None]:
    """Make one refusal of everything that the library trips over: what was sent is anybody's text."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ValidationError(_("That did not work. Try again, or use an app.")) from None


class LoginForm(account_forms.LoginForm):  # type: ignore[misc]  # allauth has no types
    """The first step: address and password."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.fields["login"] = TextField(label=_("E-mail address"), widget=EmailInput())
        self.fields["password"] = password_field(_("Password"), autocomplete="current-password")
        self.order_fields(["login", "password"])


class PasswordAgainForm(account_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password once more, before keys change."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.fields["password"] = password_field(_("Your password"), autocomplete="current-password")


class SecondStepForm(factor_forms.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second step with an app, or with a code from paper."""

    code = code_field(
        _("Code"), help_text=_("Six digits from your app. Or eight digits from your sheet of spare codes.")
    )

    def clean_code(self) -> str:
        """Give the code. Raises ValidationError, and writes down that it was refused."""
        try:
            code = str(super().clean_code())
            take_once(self.user, code=code)
        except ValidationError:
            note_refusal(self.user, step="second")
            raise
        return code


class PasskeyStepForm(passkey_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """The second step with a passkey."""

    def clean_credential(self) -> object:
        """Give the passkey. Raises ValidationError, and writes down that it was refused."""
        try:
            with readable():
                return super().clean_credential()
        except ValidationError:
            note_refusal(self.user, step="second")
            raise


class AppForm(app_forms.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """Setting up an authenticator app."""

    code = code_field(_("Code from your app"), help_text=_("Six digits. They change every half minute."))


class PasskeyForm(passkey_forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Setting up a passkey."""

    name = TextField(
        label=_("Name of this passkey"),
        help_text=_("For example: my telephone. You see it in your list."),
        required=False,
    )


WEAK = {
    "password_too_short": _("This is too short. Choose at least 12 characters"),
    "password_too_common": _("Many people use this password. Choose something else"),
    "password_too_similar": _("This looks too much like your name or address. Choose something else"),
}


class ChoosePasswordForm(forms.Form):
    """A first password, by the rules in the settings."""

    password = password_field(
        _("Choose a password"),
        autocomplete="new-password",
        help_text=_("At least 12 characters. Choose something that you use nowhere else."),
    )
    again = password_field(_("The same password again"), autocomplete="new-password")

    def __init__(self, *arguments: object, staff: Staff, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # Django's own signature has no type for data
        self._staff = staff

    def clean_password(self) -> str:
        """Give the password when it is a good one."""
        password = str(self.cleaned_data["password"])
        try:
            validate_password(password, self._staff)
        except ValidationError as weak:
            raise ValidationError([WEAK.get(str(one.code), one.message) for one in weak.error_list]) from None
        return password

    def clean(self) -> dict[str, Any]:
        """Compare the two."""
        chosen = super().clean() or {}
        if chosen.get("password") and chosen.get("again") and chosen["password"] != chosen["again"]:
            self.add_error("again", _("This is not the same as above. Type it once more"))
        return chosen
