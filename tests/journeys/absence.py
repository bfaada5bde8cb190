"""Time passes while somebody is away from the computer: their session at Namens was last seen long ago."""

import sys
from datetime import datetime, timedelta

from playwright.sync_api import BrowserContext

from tools import commands, places
from tools.practice import Practice

COOKIE = "namens_session"
AWAY = timedelta(minutes=20)


def pass_time(practice: Practice, *, context: BrowserContext) -> None:
    """Let twenty minutes pass for the session in this browser."""
    cookies = context.cookies(practice.pages_address)
    key = next(cookie["value"] for cookie in cookies if cookie["name"] == COOKIE)
    commands.output([places.PYTHON, "-m", __name__, key], environment=practice.environment())


def _age(key: str) -> None:
    import django  # noqa: PLC0415 - only in the process of its own, with the settings of the practice

    django.setup()
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415 - as above

    from namens.signin.lasting import SEEN  # noqa: PLC0415 - as above

    session = SessionStore(session_key=key)
    session[SEEN] = (datetime.fromisoformat(session[SEEN]) - AWAY).isoformat()
    session.save()


if __name__ == "__main__":
    _age(sys.argv[1])
