"""Where django-allauth asks how things are done here. It does the logging in; sessions and journal are ours."""

from typing import ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.parties import keys
from namens.signin.models import Role, Staff
from namens.signin.staff import session

REMEMBER_USED_SECONDS = 5 * 60
_PURPOSE = "staff-factor"
_WRONG = {
    "email_password_mismatch": _("E-mail address and password do not belong together. Try again."),
    "incorrect_code": _("This code is not right. Look at the code now in your app, and try again."),
    "incorrect_password": _("This password is not right. Try again."),
    "too_many_login_attempts": _("You tried too often. Wait five minutes, and try again."),
    "rate_limited": _("You tried too often. Wait five minutes, and try again."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """How staff log in: password, then a second step, then a session of ours."""

    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **_WRONG}

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        """Let nobody register by themselves."""
        return False

    def login(self, request: HttpRequest, user: Staff) -> None:
        """Begin the session, and take along how this person proved who they are."""
        records = get_authentication_records(request, user)
        done = session.did_second_step(request, staff=user)
        session.begin(request, staff=user, second_step=done, now=clock.now())
        for record in records:
            record_authentication(request, user, **{key: record[key] for key in record if key != "at"})

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Give where somebody begins who was not on the way to a page: agents at the helpdesk, operators at a list."""
        staff = session.staff_of(request)
        begins_at = {Role.HELPDESK_AGENT.value: "pages:caller-find", Role.OPERATOR.value: "pages:organisations"}
        return reverse(begins_at.get(staff.role, "mfa_index") if staff is not None else "mfa_index")

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:  # noqa: ARG002 - allauth's
        """Write down that a password was not accepted, and for which account, when there is one."""
        known = Staff.objects.filter(email=str(credentials.get("email", "")).strip().lower()).first()
        note_refusal(known, step="password")

    def reauthenticate(self, user: Staff, password: str) -> bool:
        """Say whether this is the password of who is logged in; tries count as at the login."""
        known = self.authenticate(self.request, email=user.email, password=password)
        return isinstance(known, Staff) and known.id == user.id

    def is_reauthentication_required(self, *, app: str, **_options: object) -> bool:  # noqa: ARG002 - allauth's
        """Ask the password again before keys change, but not right after an invitation: it was chosen just then."""
        return bool(self.request.session.get(session.SECOND_STEP))

    def get_reauthentication_methods(self, user: Staff) -> list[dict[str, str]]:
        """Give one way: the password. The session had a second step already."""
        if not user.is_authenticated:
            return []
        return [{"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}]


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second steps: their secrets are stored encrypted."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, **_WRONG}

    def encrypt(self, text: str) -> str:
        """Give a secret as it is stored."""
        return keys.seal(_PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        """Give it back."""
        return keys.unseal(_PURPOSE, encrypted_text)

    def generate_authenticator_name(self, user: Staff, type: str) -> str:  # noqa: A002 - allauth's
        """Give the name of a passkey that its owner did not name."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code that an authenticator app scans."""
        return segno.make(url, error="m").svg_inline(omitsize=True, border=2)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Give the domain that passkeys belong to: always that of the settings, whatever name a request used."""
        return {"id": settings.ALLOWED_HOSTS[0], "name": "Namens"}

    def get_public_key_credential_user_entity(self, user: Staff) -> dict[str, object]:
        """Give how a passkey names its owner."""
        return {"id": user.id.bytes, "display_name": user.name, "name": user.email}


def take_once(staff: Staff, *, code: str) -> None:
    """Refuse a code that this person used before. Raises ValidationError.

    allauth remembers a used code for one period, and takes codes of the period before and after too.
    """
    used = keys.digest_now(_PURPOSE, f"{staff.id}:{code.strip()}")
    if not cache.add(f"staff-code:{used}", True, REMEMBER_USED_SECONDS):  # noqa: FBT003 - what is kept does not matter
        raise FactorAdapter().validation_error("incorrect_code")


def note_refusal(staff: Staff | None, *, step: str) -> None:
    """Write down that a step of a staff login was not accepted."""
    with transaction.atomic():
        write(
            Event.STAFF_SIGN_IN_REFUSED,
            at=clock.now(),
            channel=Channel.PAGES,
            subject=staff.id if staff else None,
            result="not-accepted",
            details={"step": step},
        )
