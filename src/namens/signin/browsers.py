"""Who logged in with the same browser in the last two hours. Somebody who helps can hold the mouse of who gives.

A random id stands in a cookie of its own, which survives a logout and goes when the browser closes. Here is only its
keyed digest, with who was there; both say nothing to a portal, and after two hours nothing is left.
"""

import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from namens.organisations.models import Member
from namens.parties import keys
from namens.parties.models import Kind, Party
from namens.signin.models import BrowserLogin

TOGETHER = timedelta(hours=2)
_PURPOSE = "browser"
_ID = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def note(request: HttpRequest, *, parties: list[UUID], now: datetime) -> None:
    """Remember that these parties are (or just were) at this browser, in the open transaction. One statement."""
    known = _id_of(request)
    browser = known or secrets.token_urlsafe(32)
    if known is None:
        request._new_browser = browser  # type: ignore[attr-defined]  # for `mark`, which has the answer
    digest = keys.digest_now(_PURPOSE, browser)
    BrowserLogin.objects.bulk_create(
        [BrowserLogin(browser=digest, party_id=party, at=now) for party in dict.fromkeys(parties)],
        update_conflicts=True,
        unique_fields=["browser", "party"],
        update_fields=["at"],
    )


def mark(request: HttpRequest, response: HttpResponse) -> None:
    """Give a browser its id, once somebody logged in there. Nobody else gets one."""
    browser = getattr(request, "_new_browser", None)
    if browser is not None:
        response.set_cookie(
            settings.BROWSER_COOKIE_NAME,
            browser,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def were_here_together(request: HttpRequest, *, one: Party, other: Party, now: datetime) -> bool:
    """Say whether both of these were at this browser in the last two hours; for an organisation, whoever works there.

    Two statements at most. False for a browser that was closed in between, or that hides: it tells that people sat
    together, and never proves that they did not.
    """
    here = _here(request, now)
    return len(here) > 1 and all(_is_among(here, party) for party in (one, other))


def shared_by(request: HttpRequest, *, one: Party, other: Party, now: datetime) -> str:
    """Give the keyed digest of this browser when both were here in the last two hours; empty otherwise."""
    return digest_of(request) if were_here_together(request, one=one, other=other, now=now) else ""


def digest_of(request: HttpRequest) -> str:
    """Give the keyed digest of this browser; empty for one in which nobody logged in."""
    browser = _id_of(request)
    return keys.digest_now(_PURPOSE, browser) if browser else ""


def forget_stale(*, now: datetime) -> None:
    """Erase what is older than two hours."""
    BrowserLogin.objects.filter(at__lte=now - _remembered()).delete()


def _here(request: HttpRequest, now: datetime) -> frozenset[UUID]:
    browser = _id_of(request)
    if browser is None:
        return frozenset()
    seen = BrowserLogin.objects.filter(browser__in=keys.digest_all(_PURPOSE, browser), at__gt=now - _remembered())
    return frozenset(seen.values_list("party", flat=True))


def _remembered() -> timedelta:
    """Give two hours, or as long as a session can last where that is more: who is logged in is always known."""
    return max(TOGETHER, timedelta(seconds=settings.SESSION_LONGEST_SECONDS))


def _is_among(here: frozenset[UUID], party: Party) -> bool:
    if party.kind != Kind.ORGANISATION:
        return party.id in here
    return Member.objects.filter(party__in=here, organisation=party.id).exists()


def _id_of(request: HttpRequest) -> str | None:
    """Give the id that this browser has, or gets with this answer; None without one that can be ours."""
    found = getattr(request, "_new_browser", None) or request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    return found if _ID.fullmatch(found) else None
