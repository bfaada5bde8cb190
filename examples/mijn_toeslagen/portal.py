"""The parts of this program that live as long as it runs, and how a page reaches them."""

from dataclasses import dataclass, field
from threading import Event
from typing import cast

from authlib.integrations.flask_client import FlaskOAuth2App
from flask import current_app, session
from namens_client import Namens

from mijn_toeslagen.administration import Administration
from mijn_toeslagen.heard import Heard
from mijn_toeslagen.mandates import Mandates
from mijn_toeslagen.reports import Reports
from mijn_toeslagen.secret import Secrets
from mijn_toeslagen.sessions import Clock, Sessions, StoredSession
from mijn_toeslagen.settings import Settings

NAME = "portal"


@dataclass(frozen=True, kw_only=True)
class Portal:
    """Settings, files, the clock, Authlib's client for Namens, and what our machine asks and tells, if it does."""

    settings: Settings
    clock: Clock
    sessions: Sessions
    administration: Administration
    namens: FlaskOAuth2App
    reports: Reports
    heard: Heard
    mandates: Mandates
    secrets: Secrets
    machine: Namens | None
    something_to_report: Event = field(default_factory=Event)
    something_missed: Event = field(default_factory=Event)


def portal() -> Portal:
    """Give the parts of the program that answers this request."""
    return cast(Portal, current_app.extensions[NAME])


def visit() -> StoredSession:
    """Give the session of this request, with what is ours in it."""
    return cast(StoredSession, cast(object, session._get_current_object()))  # type: ignore[attr-defined]  # Werkzeug's proxy
