"""The parts of this program that live as long as it runs, and how a page reaches them."""

from dataclasses import dataclass
from typing import cast

from authlib.integrations.flask_client import FlaskOAuth2App
from flask import current_app, session

from mijn_toeslagen.administration import Administration
from mijn_toeslagen.decisions import Decisions
from mijn_toeslagen.sessions import Clock, Sessions, StoredSession
from mijn_toeslagen.settings import Settings

NAME = "portal"


@dataclass(frozen=True, kw_only=True)
class Portal:
    """Settings, files, the clock, Authlib's client for Namens, and the door where our machine asks, if it does."""

    settings: Settings
    clock: Clock
    sessions: Sessions
    administration: Administration
    namens: FlaskOAuth2App
    decisions: Decisions | None


def portal() -> Portal:
    """Give the parts of the program that answers this request."""
    return cast(Portal, current_app.extensions[NAME])


def visit() -> StoredSession:
    """Give the session of this request, with what is ours in it."""
    return cast(StoredSession, cast(object, session._get_current_object()))  # type: ignore[attr-defined]  # Werkzeug's proxy
