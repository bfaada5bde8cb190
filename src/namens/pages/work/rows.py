"""One client on the work list, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from namens.lib import clock
from namens.mandates.clients_of import ClientOf, Wanted
from namens.mandates.models import MandateService
from namens.organisations.models import Member
from namens.pages.mandates.wording import day

ENDS_SOON = timedelta(days=30)


@dataclass(frozen=True)
class ClientRow:
    """What a row says. Without a `state` there is nothing to say but whose client it is."""

    id: UUID
    url: str
    name: str
    birth_year: str
    services: list[str]
    last_day: str
    of_whom: list[str]
    state: str
    tone: str
    needs_reason: bool


def client_row(
    client: ClientOf,
    lines: Sequence[MandateService],
    *,
    member: Member,
    wanted: Wanted,
    renewals: frozenset[UUID] = frozenset(),
    now: datetime,
) -> ClientRow:
    """Give the words for one client. `renewals` are the clients who were asked for a renewal."""
    today = clock.day_of(now)
    if client.party in renewals:
        state, tone = _("Renewal asked"), "neutral"
    else:
        state, tone = _standing(client, lines, wanted, today)
    page = "pages:open-client" if client.needs_reason else "pages:work-client"
    return ClientRow(
        id=client.party,
        url=reverse(page, args=[client.party]),
        name=client.name,
        birth_year=client.birth_year,
        services=[line.service.name for line in lines],
        last_day=day(client.last_day) if client.last_day else "",
        of_whom=_of_whom(client, member),
        state=state,
        tone=tone,
        needs_reason=client.needs_reason,
    )


def _standing(client: ClientOf, lines: Sequence[MandateService], wanted: Wanted, today: date) -> tuple[str, str]:
    """Give the one thing that matters most, and its tone."""
    if client.needs_reason or client.last_day is None:
        return _("Reason needed"), "neutral"
    if client.last_day <= today + ENDS_SOON:
        return _ends(client.last_day, today), "warning"
    if lines and all(line.mandate.first_day > today for line in lines):
        return _("Starts later"), "neutral"
    if _is_new(client, wanted):
        return _("New"), "positive"
    return _("Active"), "positive"


def _ends(last_day: date, today: date) -> str:
    left = (last_day - today).days
    if left == 0:
        return _("Ends today")
    return _("Ends tomorrow") if left == 1 else _("Ends in %(days)s days") % {"days": left}


def _is_new(client: ClientOf, wanted: Wanted) -> bool:
    since = wanted.news_since
    moments = [moment for moment in (client.newest, client.since) if moment is not None]
    return isinstance(since, datetime) and any(moment >= since for moment in moments)


def _of_whom(client: ClientOf, member: Member) -> list[str]:
    keeper = _("You") if client.keeper == member.party_id else client.keeper_name or _("Nobody yet")
    return [keeper, *([client.team_name] if client.team_name else [])]
