"""Staff of the tests: Hester and Karim (helpdesk), Olga (operator), Otto (auditor), and browsers in which they are."""

import time
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from namens.lib import clock
from namens.signin.models import Role, Staff
from namens.signin.staff import session
from tests.people import NOW

PASSWORD = "een-lang-wachtwoord-van-hester"


def make_staff(
    name: str = "Hester", *, role: Role = Role.HELPDESK_AGENT, now: datetime = NOW, with_password: bool = False
) -> Staff:
    """Give an account. Without a password nobody can log in to it, which is all that most tests need."""
    staff = Staff(name=name, email=f"{name.lower()}@namens.example", role=role, invited_at=now)
    if with_password:
        staff.set_password(PASSWORD)
    else:
        staff.set_unusable_password()
    staff.save()
    return staff


def make_agent(name: str = "Hester", *, now: datetime = NOW, with_password: bool = False) -> Staff:
    """Give a helpdesk agent with an authenticator app and spare codes."""
    agent = make_staff(name, now=now, with_password=with_password)
    TOTP.activate(agent, generate_totp_secret())
    RecoveryCodes.activate(agent)
    return agent


def log_in_agent(agent: Staff, *, client: Client | None = None, second_step: bool = True) -> Client:
    """Give a browser in which this staff member has just logged in."""
    browser, request = client or Client(), HttpRequest()
    request.session = SessionStore(
        browser.cookies["namens_session"].value if "namens_session" in browser.cookies else None
    )
    session.begin(request, staff=agent, second_step=second_step, now=clock.now())
    request.session.save()
    browser.cookies["namens_session"] = request.session.session_key or ""
    return browser


def code_of(agent: Staff) -> str:
    """Give what the authenticator app of this agent shows now."""
    from namens.signin.staff.adapters import FactorAdapter  # noqa: PLC0415 - allauth wants the settings first

    stored = Authenticator.objects.get(user=agent, type=Authenticator.Type.TOTP).data["secret"]
    return code_for(FactorAdapter().decrypt(stored))


def code_for(secret: str) -> str:
    """Give what an app with this secret shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
