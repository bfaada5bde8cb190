"""The session: who is at the keyboard, for how long. Judged on the server, at every request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse

from namens.codes import actions as codes
from namens.journal.events import Channel, Event
from namens.journal.write import write
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates.decision import Representative
from namens.organisations.models import Member
from namens.organisations.queries import at_work
from namens.parties.models import Kind, Party
from namens.signin import brokers, browsers, drafts, reading, typed, visits
from namens.signin.brokers import Broker
from namens.signin.lasting import SEEN, SINCE, is_alive, touch
from namens.signin.login import LoginKind

PARTY, LEVEL, AUTH_TIME = "party", "level", "auth_time"
MADE_FOR, WORLD = "made-for", "world"

View = ParamSpec("View")
Page = Callable[Concatenate[HttpRequest, View], HttpResponse]


@dataclass(frozen=True)
class Visitor:
    """Somebody who is logged in. `auth_time` is when the broker saw this person, `made_for` the path they came for.

    Who logged in as a `member` works in the name of an organisation, and is nobody else: what the same person gives or
    holds at home is out of sight.
    """

    party: Party
    name: str
    level: AssuranceLevel
    auth_time: datetime
    made_for: str
    member: Member | None = None

    @property
    def helper(self) -> Party:
        """Give in whose name this visitor helps others: the organisation of a member, else the person."""
        return self.member.organisation.party if self.member else self.party

    @property
    def representative(self) -> Representative:
        """Give who acts, as decisions ask for it."""
        return Representative(self.helper.id, member=self.member.party_id if self.member else None)

    @property
    def is_manager(self) -> bool:
        """Say whether this visitor gives and takes licences."""
        return self.member is not None and self.member.is_manager


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
    """Let only persons through who are here for themselves: others log in first and come back to the same page.

    What an expired person typed is kept for that same person, except BSN and code. Who sent a form gets a page first:
    a browser lets no form of ours lead to a broker, also not by a redirect (CSP `form-action`).
    """
    return _guarded(view, admits=lambda visitor: visitor.member is None)


def signed_in_helper(view: Page[View]) -> Page[View]:
    """Let everybody through who is logged in: as a private person, or as a member of an organisation."""
    return _guarded(view, admits=lambda _: True, door=_door_of_helpers)


def signed_in_member(view: Page[View]) -> Page[View]:
    """Let only members of an organisation through."""
    return _guarded(view, admits=lambda visitor: visitor.member is not None, door=_door_of_members)


def signed_in_manager(view: Page[View]) -> Page[View]:
    """Let only managers of an organisation through."""
    return _guarded(view, admits=lambda visitor: visitor.is_manager, door=_door_of_members)


def _guarded(
    view: Page[View], *, admits: Callable[[Visitor], bool], door: Callable[[HttpRequest], str] | None = None
) -> Page[View]:
    """Send who is not logged in to the door, and who is here as somebody else to a page that says so."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: View.args, **kwargs: View.kwargs) -> HttpResponse:
        visitor = visitor_of(request)
        if visitor is None:
            typed.keep(request, party=expired_party(request), now=clock.now())
            return HttpResponseRedirect((door or _login_url_of)(request))
        if not admits(visitor):
            return HttpResponseRedirect(reverse("signin:elsewhere"))
        return view(request, *args, **kwargs)

    return guarded


def _login_url_of(request: HttpRequest, *, kind: LoginKind = LoginKind.PERSON) -> str:
    step = "signin:again" if request.method == "POST" else "signin:start"
    return login_url(next_path=request.path, step=step, broker=brokers.first(kind=kind))


def _door_of_helpers(request: HttpRequest) -> str:
    """Give the login that the one before in this browser came through; else ask how somebody wants to log in."""
    before = expired_party(request)
    if before is not None and before.kind == Kind.PERSON:
        return _login_url_of(request)
    return _door_of_members(request)


def _door_of_members(request: HttpRequest) -> str:
    """Give the login for organisations after such a login; else the page that asks, where there is something to ask.

    It is a page, so a form may lead to it.
    """
    before, for_members = expired_party(request), brokers.every(kind=LoginKind.MEMBER)
    if not for_members:
        return _login_url_of(request)
    if before is not None and before.kind == Kind.MEMBER:
        return _login_url_of(request, kind=LoginKind.MEMBER)
    return f"{reverse('signin:which')}?{urlencode({'next': request.path})}"


def login_url(
    *, next_path: str, level: AssuranceLevel | None = None, step: str = "signin:start", broker: Broker | None = None
) -> str:
    """Give the address where a login starts that comes back to `next_path`; with another `step`, of the page before.

    Through the first broker for persons, unless another one is given.
    """
    wanted = {"next": next_path, **({"level": level.value} if level else {})}
    return f"{reverse(step, args=[(broker or brokers.first()).key])}?{urlencode(wanted)}"


def login(
    request: HttpRequest, *, party: Party, level: AssuranceLevel, auth_time: datetime, now: datetime, made_for: str = ""
) -> None:
    """Begin a new session for this person. An older one in this browser ends first, whoever it was.

    `made_for` is the local path that this login leads to; a page may ask for a login that was made for itself.
    During a visit the new session belongs to that visit.
    """
    before = expired_party(request)
    with transaction.atomic():
        visit = visits.arrived(request.session, party=party, now=now)
        if before is not None and before.id != party.id:
            _leave(before, now=now)
        browsers.note(request, parties=[one.id for one in (before, party) if one is not None], now=now)
        request.session.flush()
        request.session.update(
            {
                PARTY: str(party.id),
                LEVEL: level.value,
                AUTH_TIME: auth_time.isoformat(),
                MADE_FOR: made_for,
                WORLD: party.kind,
                SINCE: now.isoformat(),
                SEEN: now.isoformat(),
                **({visits.VISIT: visit} if visit else {}),
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
    """End the session and erase what was kept for this person: drafts, and codes that could be shown again.

    A visit ends with it; then `visits.over` says what can be next.
    """
    party = expired_party(request)
    # Together: who reads that it went wrong is still logged in, and the journal does not say otherwise.
    with transaction.atomic():
        if party is not None:
            _leave(party, now=now)
            browsers.note(request, parties=[party.id], now=now)
        over = visits.close(request.session, now=now)
        request.session.flush()
        if over is not None:
            visits.keep(request.session, over)
    request._visitor = None  # type: ignore[attr-defined]  # nobody, for the rest of this request


def forgetting(response: HttpResponse) -> HttpResponse:
    """Let the browser forget what it kept of us. Not its cookies: that would log people out of the whole domain."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def expired_party(request: HttpRequest) -> Party | None:
    """Give the party of this browser's session, also when it has expired. Proves nothing: only for what was theirs."""
    kept = request.session.get(PARTY)
    return Party.objects.filter(id=UUID(kept)).first() if kept else None


def _read(request: HttpRequest) -> Visitor | None:
    kept, now = request.session, clock.now()
    if kept.get(PARTY) is None or not is_alive(kept, now) or visits.is_over(kept, now=now):
        return None
    world = Kind(kept.get(WORLD, Kind.PERSON))
    party = reading.party_of(UUID(kept[PARTY]), world=world)
    member = party.member if party is not None and world is Kind.MEMBER else None
    if party is None or (member is not None and not at_work(member, now=now)):
        return None
    touch(kept, now)
    return Visitor(
        party=party,
        member=member,
        name=member.full_name if member else party.person.name.full,
        level=AssuranceLevel(kept[LEVEL]),
        auth_time=datetime.fromisoformat(kept[AUTH_TIME]),
        made_for=kept.get(MADE_FOR, ""),
    )


def _leave(party: Party, *, now: datetime) -> None:
    codes.forget(giver=party.id)
    drafts.forget(party=party)
    write(Event.SIGNED_OUT, at=now, channel=Channel.PAGES, actor=party.id, subject=party.id)
