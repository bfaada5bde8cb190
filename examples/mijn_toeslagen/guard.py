"""Who may see a page: who logged in, not too long ago, with a login that was not stopped, and still may."""

import hmac
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Response, g, request
from namens_client import NoAnswer

from mijn_toeslagen import asking
from mijn_toeslagen import visitor as visitors
from mijn_toeslagen.answers import go_to, page
from mijn_toeslagen.portal import portal, visit
from mijn_toeslagen.visitor import Visitor

WITHOUT_SESSION = frozenset({"static", "pages.health", "logout.notice", "hearing.receive"})
LOGIN_KEYS = ("claims", "level", "token", "id_token", "since")
LONGEST_TYPED = 200
Words = ParamSpec("Words")


def current_visitor() -> Visitor | None:
    """Give who is logged in; None when nobody is, when it was too long ago, or when how sure it was is not known."""
    claims = visit().get("claims")
    if claims is None or "level" not in visit() or _is_over():
        return None
    settings = portal().settings
    return visitors.read(claims, issuer=settings.issuer, service_key=settings.service_key)


def shown_visitor() -> Visitor | None:
    """Give whom a page may name: only who was let in by this very request, and still is logged in."""
    visitor: Visitor | None = g.get("let_in")
    return None if visitor is None or current_visitor() is None else visitor


def for_visitors(
    view: Callable[Concatenate[Visitor, Words], Response],
) -> Callable[Words, Response]:
    """Let only people in who are logged in and still may; the view gets who that is.

    Others log in first and then come back. Whether somebody who acts for another still may, Namens says each time.
    """

    @wraps(view)
    def guarded(*args: Words.args, **kwargs: Words.kwargs) -> Response:
        visitor = current_visitor()
        if visitor is None:
            return login_first()
        try:
            if not asking.may(visitor):
                return let_out()
            g.let_in = visitor
            return view(visitor, *args, **kwargs)
        except NoAnswer:
            return not_now()

    return guarded


def login_first() -> Response:
    """Send somebody through login. A form that was on its way is kept for the same person."""
    if request.method != "POST":
        visit()["back"] = request.path
        forget_login()
        return go_to("/inloggen")
    if "claims" in visit():
        visit()["back"] = request.path
    _keep_typed()
    forget_login()
    # Not a redirect: the browser would apply our form-action to every step of the login, also to the ones after Namens.
    return page("login_again", status=403)


def let_out() -> Response:
    """End the login here: Namens says that this visitor may not act for the client any more."""
    visit().clear()
    return page("gone" if request.method == "POST" else "stopped", status=403, on_behalf=True)


def not_now() -> Response:
    """Ask to try again in a moment, and keep what was typed: whether this visitor may is not known.

    So the page names nobody.
    """
    _keep_typed()
    g.pop("let_in", None)
    return page("away", status=503)


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
    """Keep a form that cannot be taken now. Only the person who typed it gets it back."""
    claims, typed = visit().get("claims"), request.form.get("value")
    if claims is None or typed is None:
        return
    settings = portal().settings
    owner = visitors.read(claims, issuer=settings.issuer, service_key=settings.service_key)
    visit()["draft"] = {"path": request.path, "typed": typed[:LONGEST_TYPED], "owner": owner.pair}
