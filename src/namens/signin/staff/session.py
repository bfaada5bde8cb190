"""A staff member's session. It is never a citizen's session too: beginning one ends the other in that browser."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.signin import lasting, session
from namens.signin.models import Role, Staff

SECOND_STEP = "second-step"
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOT_ENROLLED = "not-enrolled"

View = ParamSpec("View")
Page = Callable[Concatenate[HttpRequest, View], HttpResponse]
Account = Staff | AnonymousUser


class StaffMiddleware:
    """Sets `request.user`: the account of a staff session that is alive, whether or not the second step was done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; who it is is only looked up when somebody asks."""
        request.user = SimpleLazyObject(lambda: _account(request))  # type: ignore[assignment]  # stands in for it
        return self._get_response(request)


def account_of(request: HttpRequest) -> Staff | None:
    """Give who gave a password in this session, perhaps without a second step: enough to set one up, and no more."""
    return request.user if isinstance(request.user, Staff) else None


def staff_of(request: HttpRequest) -> Staff | None:
    """Give which staff member is logged in, password and second step; None for anybody else."""
    return account_of(request) if request.session.get(SECOND_STEP) else None


class NoStaffHere(Exception):
    """A page that needs a staff member was asked for without one: `for_staff` is missing on the view."""


def present(request: HttpRequest) -> Staff:
    """Give who is logged in, on a page behind `for_staff`. Raises NoStaffHere."""
    staff = staff_of(request)
    if staff is None:
        raise NoStaffHere
    return staff


def for_staff(*roles: Role) -> Callable[[Page[View]], Page[View]]:
    """Let only staff with one of these roles through (any role when none is named): others log in or read 403."""

    def guard(view: Page[View]) -> Page[View]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: View.args, **kwargs: View.kwargs) -> HttpResponse:
            staff = staff_of(request)
            if staff is None:
                return _way_in(request)
            if roles and staff.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def begin(request: HttpRequest, *, staff: Staff, second_step: bool, now: datetime) -> None:
    """Begin a session for this account. An older one in this browser ends first, whoever it was."""
    with transaction.atomic():
        session.logout(request, now=now)
        auth.login(request, staff, backend=BACKEND)
        request.session.update({lasting.SINCE: now.isoformat(), lasting.SEEN: now.isoformat()})
        _note(request, staff, second_step=second_step, now=now)


def complete(request: HttpRequest, *, kind: str, now: datetime) -> None:
    """Let the second step that was set up just now be the second step of this session too."""
    staff = account_of(request)
    if staff is None:
        raise NoStaffHere
    with transaction.atomic():
        details = {"kind": kind}
        write(Event.STAFF_FACTOR_ADDED, at=now, channel=Channel.PAGES, actor=staff.id, details=details)
        if not request.session.get(SECOND_STEP):
            _note(request, staff, second_step=True, now=now)
    # Whoever proved this just now may see the spare codes without the password again.
    record_authentication(request, staff, "mfa", type=kind, reauthenticated=True)


def leave(request: HttpRequest, *, now: datetime) -> None:
    """End the session of this staff member."""
    staff = account_of(request)
    with transaction.atomic():
        if staff is not None:
            write(Event.STAFF_SIGNED_OUT, at=now, channel=Channel.PAGES, actor=staff.id)
        auth.logout(request)


def did_second_step(request: HttpRequest, *, staff: Staff) -> bool:
    """Say whether a second step was done in the login that is under way."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, staff))


def _note(request: HttpRequest, staff: Staff, *, second_step: bool, now: datetime) -> None:
    request.session[SECOND_STEP] = second_step
    result = "done" if second_step else NOT_ENROLLED
    write(Event.STAFF_SIGNED_IN, at=now, channel=Channel.PAGES, actor=staff.id, result=result)


def _account(request: HttpRequest) -> Account:
    kept, now = request.session, clock.now()
    if auth.SESSION_KEY not in kept or session.PARTY in kept or not lasting.is_alive(kept, now):
        return AnonymousUser()
    account = auth.get_user(request)
    if not isinstance(account, Staff):
        return AnonymousUser()
    lasting.touch(kept, now)
    return account


def _way_in(request: HttpRequest) -> HttpResponse:
    """Lead to the login, or to setting up a second step; back to the page after it, unless a form was sent."""
    if account_of(request) is not None:
        return HttpResponseRedirect(reverse("mfa_index"))
    query = f"?{urlencode({'next': request.path})}" if request.method == "GET" else ""
    return HttpResponseRedirect(f"{reverse('account_login')}{query}")
