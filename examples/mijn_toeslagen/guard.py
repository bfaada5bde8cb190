"""Who may see a page: only who logged in, not too long ago, with a login that was not stopped."""

import hmac
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Response, request

from mijn_toeslagen import visitor as visitors
from mijn_toeslagen.answers import go_to, page
from mijn_toeslagen.portal import portal, visit
from mijn_toeslagen.visitor import Visitor

WITHOUT_SESSION = frozenset({"static", "pages.health", "logout.notice"})
LOGIN_KEYS = ("claims", "token", "id_token", "since")
LONGEST_TYPED = 200
Words = ParamSpec("Words")


def current_visitor() -> Visitor | None:
    """Give who is logged in; None when nobody is, or when it was too long ago."""
    claims = visit().get("claims")
    if claims is None or _is_over():
        return None
    settings = portal().settings
    return visitors.read(claims, issuer=settings.issuer, service_key=settings.service_key)


def for_visitors(
    view: Callable[Concatenate[Visitor, Words], Response],
) -> Callable[Words, Response]:
    """Let only people in who are logged in; the view gets who that is. Others log in first and then come back."""

    @wraps(view)
    def guarded(*args: Words.args, **kwargs: Words.kwargs) -> Response:
        visitor = current_visitor()
        return login_first() if visitor is None else view(visitor, *args, **kwargs)

    return guarded


def login_first() -> Response:
    """Send somebody through login. A form that was on its way is kept for the same person."""
    if request.method != "POST":
        visit()["back"] = request.path
        forget_login()
        return go_to("/inloggen")
    _keep_typed()
    forget_login()
    # Not a redirect: the browser would apply our form-action to every step of the login, also to the ones after Namens.
    return page("login_again", status=403)


def forget_login() -> None:
    """Forget who was logged in; what was typed stays, for the same person."""
    for key in LOGIN_KEYS:
        visit().pop(key, None)


def check_stopped() -> Response | None:
    """Tell once that Namens ended this login."""
    stop = visit().stopped
    if stop is None or request.endpoint in WITHOUT_SESSION | {"login.start", "login.back"}:
        return None
    visit().told = True
    return page("stopped", status=403, on_behalf=stop.on_behalf)


def check_post() -> Response | None:
    """Refuse a form that did not come from our own page."""
    if request.method != "POST" or request.endpoint in WITHOUT_SESSION:
        return None
    known = visit().get("csrf")
    if known is None:
        return page("login_again", status=403)
    given = request.form.get("csrf", "")
    return None if hmac.compare_digest(known.encode(), given.encode()) else page("old_form", status=400)


def _is_over() -> bool:
    since: float = visit().get("since", 0)
    age = timedelta(seconds=portal().clock().timestamp() - since)
    return age >= portal().settings.longest_login


def _keep_typed() -> None:
    """Keep a form that came after the login was over. Only the person who typed it gets it back."""
    claims, typed = visit().get("claims"), request.form.get("value")
    if claims is None:
        return
    settings = portal().settings
    owner = visitors.read(claims, issuer=settings.issuer, service_key=settings.service_key)
    visit()["back"] = request.path
    if typed is not None:
        visit()["draft"] = {"path": request.path, "typed": typed[:LONGEST_TYPED], "owner": owner.pair}
