"""The session: who is at the keyboard, for how long. Judged on the server, at every request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse

from namens.codes import actions as codes
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.parties.models import Party
from namens.signin import brokers, drafts, typed

PARTY, LEVEL, AUTH_TIME, SINCE, SEEN = "party", "level", "auth_time", "since", "seen"
MADE_FOR = "made-for"
SEEN_STEP = timedelta(seconds=10)

View = ParamSpec("View")
Page = Callable[Concatenate[HttpRequest, View], HttpResponse]


@dataclass(frozen=True)
class Visitor:
    """Somebody who is logged in. `auth_time` is when the broker saw this person, `made_for` the path they came for."""

    party: Party
    name: str
    level: AssuranceLevel
    auth_time: datetime
    made_for: str


class NobodyHere(Exception):
    """A page that needs a visitor was asked for without one: `signed_in` is missing on the view."""


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Give who is logged in, or None. Read once a request; an expired session counts as nobody."""
    if not hasattr(request, "_visitor"):
        request._visitor = _read(request)  # type: ignore[attr-defined]  # kept with the request, for this request only
    visitor: Visitor | None = request._visitor  # type: ignore[attr-defined]  # put there above
    return visitor


def present(request: HttpRequest) -> Visitor:
    """Give who is logged in, on a page behind `signed_in`. Raises NobodyHere."""
    visitor = visitor_of(request)
    if visitor is None:
        raise NobodyHere
    return visitor


def signed_in(view: Page[View]) -> Page[View]:
    """Let nobody through who is not logged in: they log in first and come back to the same page.

    What an expired person typed is kept for that same person, except BSN and code. Who sent a form gets a page first:
    a browser lets no form of ours lead to a broker, also not by a redirect (CSP `form-action`).
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: View.args, **kwargs: View.kwargs) -> HttpResponse:
        visitor = visitor_of(request)
        if visitor is None:
            typed.keep(request, party=expired_party(request), now=clock.now())
            step = "signin:again" if request.method == "POST" else "signin:start"
            return HttpResponseRedirect(login_url(next_path=request.path, step=step))
        return view(request, *args, **kwargs)

    return guarded


def login_url(*, next_path: str, level: AssuranceLevel | None = None, step: str = "signin:start") -> str:
    """Give the address where a login starts that comes back to `next_path`; with another `step`, of the page before."""
    wanted = {"next": next_path, **({"level": level.value} if level else {})}
    return f"{reverse(step, args=[brokers.first().key])}?{urlencode(wanted)}"


def login(
    request: HttpRequest, *, party: Party, level: AssuranceLevel, auth_time: datetime, now: datetime, made_for: str = ""
) -> None:
    """Begin a new session for this person. An older one in this browser ends first, whoever it was.

    `made_for` is the local path that this login leads to; a page may ask for a login that was made for itself.
    """
    before = expired_party(request)
    with transaction.atomic():
        if before is not None and before.id != party.id:
            _leave(before, now=now)
        request.session.flush()
        request.session.update(
            {
                PARTY: str(party.id),
                LEVEL: level.value,
                AUTH_TIME: auth_time.isoformat(),
                MADE_FOR: made_for,
                SINCE: now.isoformat(),
                SEEN: now.isoformat(),
            }
        )
        write(
            Event.SIGNED_IN,
            at=now,
            channel=Channel.PAGES,
            actor=party.id,
            subject=party.id,
            details={"level": level.value},
        )
    if before is None or before.id != party.id:
        # The one before could know the token; the same person may go on with a form in another tab.
        rotate_token(request)
    request.__dict__.pop("_visitor", None)


def logout(request: HttpRequest, *, now: datetime) -> None:
    """End the session and erase what was kept for this person: drafts, and codes that could be shown again."""
    party = expired_party(request)
    # Together: who reads that it went wrong is still logged in, and the journal does not say otherwise.
    with transaction.atomic():
        if party is not None:
            _leave(party, now=now)
        request.session.flush()
    request._visitor = None  # type: ignore[attr-defined]  # nobody, for the rest of this request


def forgetting(response: HttpResponse) -> HttpResponse:
    """Let the browser forget what it kept of us. Not its cookies: that would log people out of the whole domain."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def expired_party(request: HttpRequest) -> Party | None:
    """Give the party of this browser's session, also when it has expired. Proves nothing: only for what was theirs."""
    kept = request.session.get(PARTY)
    return Party.objects.filter(id=UUID(kept)).first() if kept else None


def seconds_left(request: HttpRequest) -> int:
    """Give in how many seconds this session ends when nothing is done."""
    since = request.session.get(SINCE)
    if since is None:
        return int(settings.SESSION_IDLE_SECONDS)
    until = datetime.fromisoformat(since) + timedelta(seconds=settings.SESSION_LONGEST_SECONDS)
    return max(0, min(int(settings.SESSION_IDLE_SECONDS), int((until - clock.now()).total_seconds())))


def is_alive(kept: SessionBase, now: datetime) -> bool:
    """Say whether a session has neither stood still nor lasted for too long."""
    since, seen = datetime.fromisoformat(kept[SINCE]), datetime.fromisoformat(kept[SEEN])
    idle, longest = settings.SESSION_IDLE_SECONDS, settings.SESSION_LONGEST_SECONDS
    return now - seen < timedelta(seconds=idle) and now - since < timedelta(seconds=longest)


def touch(kept: SessionBase, now: datetime) -> None:
    """Remember that its owner was here, though not for every click."""
    if now - datetime.fromisoformat(kept[SEEN]) >= SEEN_STEP:
        kept[SEEN] = now.isoformat()


def _read(request: HttpRequest) -> Visitor | None:
    kept, now = request.session, clock.now()
    if kept.get(PARTY) is None or not is_alive(kept, now):
        return None
    party = Party.objects.select_related("person").filter(id=UUID(kept[PARTY])).first()
    if party is None:
        return None
    touch(kept, now)
    return Visitor(
        party=party,
        name=party.person.name.full,
        level=AssuranceLevel(kept[LEVEL]),
        auth_time=datetime.fromisoformat(kept[AUTH_TIME]),
        made_for=kept.get(MADE_FOR, ""),
    )


def _leave(party: Party, *, now: datetime) -> None:
    codes.forget(giver=party.id)
    drafts.forget(party=party)
    write(Event.SIGNED_OUT, at=now, channel=Channel.PAGES, actor=party.id, subject=party.id)
