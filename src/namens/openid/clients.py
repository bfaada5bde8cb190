"""The clients of a member at a portal: sought by name or birth year, 25 on a page, as far as a licence reaches them.

Words that are sought are names: they are kept with the session, and stand in no address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.translation import gettext as _

from namens.grants.models import AuthorizationRequest
from namens.grants.standing import Login, offered_to, standing
from namens.lib import assurance
from namens.lib.assurance import AssuranceLevel
from namens.mandates.clients_of import ClientOf, Wanted, clients_of, grounds_of
from namens.mandates.decision import Permit
from namens.mandates.queries import permits_among
from namens.openid.forms import LONGEST_SEARCH, ONESELF, Answer
from namens.openid.fresh import place_of
from namens.openid.wording import services_until
from namens.organisations.models import Member
from namens.services.models import Representation, Service

ON_A_PAGE = 25
_LONGEST_NUMBER = 4
_SOUGHT = "portal-sought"


@dataclass(frozen=True)
class OutsideTeam:
    """A client of another team: `url` is where the member gives a reason first."""

    name: str
    sentences: list[str]
    url: str


@dataclass(frozen=True)
class Found:
    """One page of clients: those who can be chosen, and those for whom a reason is needed."""

    answers: list[Answer]
    outside: list[OutsideTeam]
    page: int
    has_more: bool


def seek(session: SessionBase, *, words: str) -> None:
    """Keep the words that a member seeks. A login begins without any: it begins a new session."""
    session[_SOUGHT] = " ".join(words[:LONGEST_SEARCH].replace("\0", "").split())


def sought(session: SessionBase) -> str:
    """Give the words that a member seeks."""
    return str(session.get(_SOUGHT, ""))


def page_number(typed: str) -> int:
    """Give the number of a page; what is no such number is the first page."""
    sound = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_NUMBER
    return max(1, int(typed)) if sound else 1


def find(asked: AuthorizationRequest, *, login: Login, member: Member, words: str, page: int, now: datetime) -> Found:
    """Give one page of this member's clients by name, whom the portal meant before all others.

    However many clients: four statements, and one more when the portal meant somebody. What is listed was decided on.
    """
    if asked.portal.representation == Representation.SELF:
        return Found([], [], page=1, has_more=False)
    offered = [service for service in offered_to(login) if _is_usable(service, login.level)]
    grounds = grounds_of(member, now=now)
    wanted = Wanted(typed=words, services=frozenset(service.id for service in offered), begun=True)
    rows = clients_of(member, grounds=grounds, wanted=wanted, now=now, start=(page - 1) * ON_A_PAGE, most=ON_A_PAGE + 1)
    has_more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE]
    if asked.hinted is not None and page == 1 and not words:
        meant = clients_of(member, grounds=grounds, wanted=replace(wanted, among=[asked.hinted]), now=now, most=1)
        rows = meant + [row for row in rows if row.party != asked.hinted]
    permits = _permits([row.party for row in rows if not row.needs_reason], login, now)
    names = {service.key: service.name for service in offered}
    return Found(
        answers=[_answer(row, permits[row.party], names) for row in rows if row.party in permits],
        outside=[_outside(row, asked) for row in rows if row.needs_reason],
        page=page,
        has_more=has_more,
    )


def is_for_managers(asked: AuthorizationRequest) -> bool:
    """Say whether managers come to this portal for their organisation itself."""
    return asked.portal.organisations_themselves and asked.portal.representation != Representation.OTHERS


def itself(asked: AuthorizationRequest, *, login: Login, member: Member, now: datetime) -> list[Answer]:
    """Give the answer that is the organisation itself, for a member who may choose it. No statement where no
    organisation comes for itself; else three."""
    if not is_for_managers(asked) or standing(login, now=now) is None:
        return []
    label = _("For %(organisation)s itself") % {"organisation": member.organisation.name}
    kvk = _("KvK number %(number)s") % {"number": member.organisation.kvk_number}
    return [Answer(value=ONESELF, label=label, description=kvk)]


def page_url(asked: AuthorizationRequest, number: int) -> str:
    """Give the address of another page of the list."""
    return f"{place_of(asked)}?{urlencode({'page': number})}"


def _is_usable(service: Service, level: AssuranceLevel) -> bool:
    return service.active and assurance.meets(level, minimum=AssuranceLevel(service.minimum_level))


def _permits(clients: list[UUID], login: Login, now: datetime) -> dict[UUID, tuple[Permit, ...]]:
    if not clients:
        return {}
    return permits_among(
        portal=login.portal,
        representative=login.representative,
        assurance=login.level,
        services=login.services,
        at=now,
        among=clients,
    )


def _answer(row: ClientOf, permits: tuple[Permit, ...], names: Mapping[str, str]) -> Answer:
    what = services_until(permits, names=names)
    born = _born(row)
    return Answer(value=str(row.party), label=row.name, description=f"{born}. {what}" if born else what)


def _outside(row: ClientOf, asked: AuthorizationRequest) -> OutsideTeam:
    back = urlencode({"next": place_of(asked)})
    url = f"{reverse('pages:open-client', args=[row.party])}?{back}"
    return OutsideTeam(name=row.name, sentences=[one for one in (_born(row), row.team_name) if one], url=url)


def _born(row: ClientOf) -> str:
    return _("Born in %(year)s") % {"year": row.birth_year} if row.birth_year.strip("0") else ""
