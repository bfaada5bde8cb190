"""Puts the program together: Flask, the login, the pages, and what holds for every answer."""

import logging
import secrets
import sqlite3
from datetime import UTC, datetime
from functools import partial

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from mijn_toeslagen import changes, client, hearing, login, logout, machine, pages, words
from mijn_toeslagen.administration import Administration
from mijn_toeslagen.answers import page
from mijn_toeslagen.guard import check_post, check_stopped, current_visitor, shown_visitor
from mijn_toeslagen.heard import Heard
from mijn_toeslagen.mandates import Mandates
from mijn_toeslagen.portal import NAME, Portal, visit
from mijn_toeslagen.reports import Reports
from mijn_toeslagen.secret import Secrets
from mijn_toeslagen.sessions import Clock, Sessions
from mijn_toeslagen.settings import Settings
from mijn_toeslagen.store import Store

LONGEST_BODY = 64 * 1024
log = logging.getLogger(NAME)


def system_clock() -> datetime:
    """Give the moment it is."""
    return datetime.now(UTC)


def create_app(settings: Settings, *, clock: Clock = system_clock) -> Flask:
    """Give the program for these settings."""
    app = Flask("mijn_toeslagen", static_url_path="/static")
    app.config.update(MAX_CONTENT_LENGTH=LONGEST_BODY, SESSION_COOKIE_NAME=settings.cookie)
    sessions = Sessions(Store(settings.data / "sessions.sqlite3"), clock=clock, secure=settings.is_secure)
    app.session_interface = sessions
    administration = Store(settings.data / "administration.sqlite3")
    events = Store(settings.data / "events.sqlite3")
    app.extensions[NAME] = Portal(
        settings=settings,
        clock=clock,
        sessions=sessions,
        administration=Administration(administration),
        reports=Reports(administration),
        heard=Heard(events),
        mandates=Mandates(events, settings.service_key),
        secrets=Secrets(settings.data / "webhook-secret"),
        namens=client.register(app, settings),
        machine=machine.connect(settings),
    )
    app.before_request(_number_request)
    app.before_request(check_stopped)
    app.before_request(check_post)
    app.after_request(partial(_add_headers, content_policy=_content_policy(settings)))
    app.register_error_handler(Exception, _excuse)
    _add_to_templates(app, settings)
    for part in (login, logout, pages, changes, hearing):
        app.register_blueprint(part.blueprint)
    return app


def _content_policy(settings: Settings) -> str:
    """Forbid everything that we do not use. Logging out is a form that leads to Namens."""
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self' {settings.issuer}"
    )


def _add_to_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals.update(
        portal_name=settings.name,
        kind=settings.kind.value,
        current_visitor=current_visitor,
        shown_visitor=shown_visitor,
        visit=visit,
    )
    app.jinja_env.filters.update(euros=words.euros, day=words.day, moment=words.moment)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _number_request() -> None:
    g.request_id = secrets.token_hex(8)


def _add_headers(response: Response, *, content_policy: str) -> Response:
    response.headers["Content-Security-Policy"] = content_policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _excuse(problem: Exception) -> ResponseReturnValue:
    """Give a page for what went wrong; never a stack trace."""
    if isinstance(problem, HTTPException) and problem.code is not None and problem.code < 500:
        return page("missing", status=problem.code)
    if "request_id" not in g:
        _number_request()
    cause = getattr(problem, "original_exception", None) or problem
    log.error("request %s failed: %s", g.request_id, type(cause).__name__, exc_info=cause)
    status = 503 if isinstance(cause, sqlite3.Error) else 500
    return page("broken", status=status, anonymous=True)
