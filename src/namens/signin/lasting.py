"""How long a session lasts: until nobody clicked for a while, and never for more than two hours."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from namens.lib import clock
from namens.signin import visits

SINCE, SEEN = "since", "seen"
SEEN_STEP = timedelta(seconds=10)


def seconds_left(request: HttpRequest) -> int:
    """Give in how many seconds this session ends when nothing is done."""
    since, idle = request.session.get(SINCE), _idle_seconds(request.session)
    if since is None:
        return idle
    until = datetime.fromisoformat(since) + timedelta(seconds=settings.SESSION_LONGEST_SECONDS)
    return max(0, min(idle, int((until - clock.now()).total_seconds())))


def is_alive(kept: SessionBase | Mapping[str, str], now: datetime) -> bool:
    """Say whether a session has neither stood still nor lasted for too long."""
    since, seen = datetime.fromisoformat(kept[SINCE]), datetime.fromisoformat(kept[SEEN])
    idle, longest = _idle_seconds(kept), settings.SESSION_LONGEST_SECONDS
    return now - seen < timedelta(seconds=idle) and now - since < timedelta(seconds=longest)


def touch(kept: SessionBase, now: datetime) -> None:
    """Remember that its owner was here, though not for every click."""
    if now - datetime.fromisoformat(kept[SEEN]) >= SEEN_STEP:
        kept[SEEN] = now.isoformat()


def _idle_seconds(kept: SessionBase | Mapping[str, str]) -> int:
    """Give after how long without a click a session ends: sooner at a helper's table."""
    return int(settings.VISIT_IDLE_SECONDS if visits.is_marked(kept) else settings.SESSION_IDLE_SECONDS)
